// UIShift: two screens of a trajectory, and the question which action leads from the
// first towards the second. No labels: the action taken is the answer.
#pragma once

#include "env/advice.h"

namespace paperphone::rl {

// 1 if `predicted` is the action taken in S_t on the way to S_{t+k}, else 0. Equal
// actions have the same kind and arguments; points are equal if they lie in the same
// element, swipes if they also go the same way (is_acceptable() of env/advice.h).
//
// taken  the action and the box of what it touched, as the recorded step has it
// Source: UIShift, arXiv:2505.12493 (the accuracy reward, without the format's).
float inverse_dynamics_reward(const AcceptableAction& taken, const Action& predicted);

}  // namespace paperphone::rl

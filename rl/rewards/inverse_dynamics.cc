#include "rl/rewards/inverse_dynamics.h"

namespace paperphone::rl {

float inverse_dynamics_reward(const AcceptableAction& taken, const Action& predicted) {
  Advice advice;
  advice.actions.push_back(taken);
  return is_acceptable(advice, predicted) ? 1.0f : 0.0f;
}

}  // namespace paperphone::rl

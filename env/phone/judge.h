// What a step was worth and whether it was the last. Private to env/phone.
#pragma once

#include "env/phone/episode.h"

namespace paperphone {

// Does the agent end the episode by this?
bool ends_episode(const Action& action);

// Fills what follows from the task: goal, progress, side effects (looked for at the last
// step only: `last`), end and reward. The action has been carried out and counted.
// earned: what the task's end wants to be seen was on a frame before this action.
void judge(PhoneEpisode& episode, const app::AppSet& apps, const Action& action,
           bool last, bool earned, float progress_weight, StepResult& result);

}  // namespace paperphone

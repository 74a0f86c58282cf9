// Stored trajectories, played again: their hashes prove that nothing has changed since.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "data/trajectory.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

// Plays the recorded decisions again, on phones of the trajectories' size, and hands
// over what comes out, in order. It ends where the record does, or earlier where the
// phone says so. Throws ConfigError if a task is unknown here.
void replay(RolloutRunner& runner, std::span<const data::Trajectory> recorded,
            const std::function<void(Rollout&&)>& on_done,
            const std::function<void(const EpisodeView&)>& observe = {});

// Empty if every hash, reward, outcome and the end are as recorded; else the first
// difference, in words. A hash that was not recorded differs from nothing.
std::string first_difference(const data::Trajectory& recorded,
                             const data::Trajectory& now);

}  // namespace paperphone::rl

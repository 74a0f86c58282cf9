#include "rl/selection/start_curriculum.h"

#include <algorithm>

#include "env/base/check.h"

namespace paperphone::rl {

int next_start(const StartCurriculum& curriculum, int steps_before_goal, int successes,
               int episodes) {
  CHECK_TRUE(successes >= 0 && successes <= episodes);
  CHECK_LE(curriculum.nearest, curriculum.farthest);
  int next = steps_before_goal;
  if (episodes >= std::max(1, curriculum.min_episodes)) {
    const double rate = double(successes) / episodes;
    if (rate > curriculum.high) next += curriculum.stride;
    if (rate < curriculum.low) next -= curriculum.stride;
  }
  return std::clamp(next, curriculum.nearest, curriculum.farthest);
}

}  // namespace paperphone::rl

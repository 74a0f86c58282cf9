// Episodes that begin some expert's steps before the goal, farther off as the policy
// gets better.
#pragma once

namespace paperphone::rl {

struct StartCurriculum {
  double low = 0.2;   // a success rate below it moves the start nearer
  double high = 0.6;  // one above it moves it farther off
  int nearest = 1;    // steps before the goal
  int farthest = 30;
  int stride = 1;        // steps at a time
  int min_episodes = 1;  // fewer say nothing
};

// Steps before the goal that a task's next episodes begin at.
//
// steps_before_goal  where the counted ones began
// successes          of `episodes`, begun there by the present policy
// Returns            in [nearest, farthest]; between low and high, both included, the
//                    start stays
// REQUIRES: 0 <= successes <= episodes, nearest <= farthest.
// Source: Florensa et al., reverse curriculum generation, arXiv:1707.05300 (starts
// whose success rate lies in a band are kept); one number for a task in the place of a
// set of states, because the expert's path orders them.
int next_start(const StartCurriculum& curriculum, int steps_before_goal, int successes,
               int episodes);

}  // namespace paperphone::rl

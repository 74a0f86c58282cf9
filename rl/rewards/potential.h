// Progress as a difference of potentials: how much nearer a turn came to the goal, in
// steps of the expert.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace paperphone::rl {

enum class LastState : std::uint8_t {
  kTerminal,  // the episode terminated: nothing follows, potential 0
  kOngoing,   // it was truncated and a value stands for what would have followed
};

struct PotentialConfig {
  double gamma = 1.0;         // the discount that returns are computed with
  double weight = 1.0;        // reward for a step nearer
  int unknown_distance = 40;  // steps; for states of distance -1
};

//   F_t = weight (gamma phi(s_{t+1}) - phi(s_t)),  phi(s) = -distance(s)
//
// Why it moves no optimum: along a trajectory the discounted sum telescopes,
//   sum of gamma^t F_t = weight (gamma^T phi(s_T) - phi(s_0)),
// and with phi(s_T) = 0 at the end every trajectory from s_0 gains the same
// -weight phi(s_0). So Q(s, a) becomes Q(s, a) - weight phi(s): the same for all
// actions, and the best one stays the best, whether or not the distance is right. What
// changes is when a turn hears of it: at once. A sum of positive parts only (progress
// made, none taken back) has no such property: going to and fro would pay. Hence also:
// undiscounted whole-episode rewards gain a constant, so this belongs to methods with
// an advantage for each turn.
//
// distances_S  [T + 1] expert's distance at the states before the turns and at the
// last,
//              steps; -1: unknown. A function of the state, not of the way to it.
// Returns      [T] shaping rewards, to be added to those of the turns
// REQUIRES: distances_S is not empty.
// Source: Ng, Harada, Russell, "Policy invariance under reward transformations", ICML
// 1999, theorem 1; potential 0 at the end: Grzes, AAMAS 2017.
std::vector<float> potential_rewards(std::span<const int> distances_S, LastState last,
                                     const PotentialConfig& config);

}  // namespace paperphone::rl

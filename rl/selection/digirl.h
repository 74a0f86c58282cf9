// DigiRL's two filters: trajectories that went better than the instruction let expect,
// and in them turns that made things better. What is left is imitated
// (rl/losses/digirl_loss.h). No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

namespace paperphone::rl {

// A turn with the probabilities of success that the step critic gives. Where it has two
// heads each value is the smaller one.
struct CriticTurn {
  double value = 0.0;       // before the turn, in [0, 1]
  double next_value = 0.0;  // behind it
  double reward = 0.0;      // of the turn
  double mc_return = 0.0;   // discounted sum of rewards from the turn on
};

//   A = clip(V(s') - V(s) - margin + r + return, 0, 1)
// The margin keeps turns that change nothing from counting as good ones.
// Source: arXiv:2406.11896; digirl/algorithms/digirl/trainer.py (actor_loss), margin
// 0.05.
double digirl_advantage(const CriticTurn& turn, double margin = 0.05);

// Weights of hard advantage-weighted regression: 1 where the advantage is positive,
// else 0. [N] as turns_N.
std::vector<float> positive_turns(std::span<const CriticTurn> turns_N,
                                  double margin = 0.05);

// Indices of the trajectories whose reward exceeds what the instruction critic expected
// by most, at or above the 1 - share quantile of R - V, in order.
//
// rewards_N  [N] final rewards
// values_N   [N] probability of success that the instruction critic gives; brought into
//            [1e-4, 1 - 1e-4]
// share      in (0, 1]; 0.1 at the source
// REQUIRES: both are equally long.
// Source: arXiv:2406.11896; digirl/algorithms/offpolicy_train_loop.py (filter_buffer).
std::vector<int> surprising_trajectories(std::span<const float> rewards_N,
                                         std::span<const float> values_N, double share);

}  // namespace paperphone::rl

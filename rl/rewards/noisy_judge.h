// A judge that errs at known rates, in the place of a model that judges success: what
// errors of the reward cost can be measured, because the truth is known.
#pragma once

#include <cstdint>

namespace paperphone::rl {

struct NoisyJudge {
  double false_positive_rate = 0.0;  // share of failures that it calls a success
  double false_negative_rate = 0.0;  // share of successes that it calls a failure
  std::uint64_t seed = 0;
};

// The verdict on an episode: the same for the same judge, number and truth, whenever
// and in whatever order it is asked.
//
// success  what the goal check says
// episode  its number in the run
// REQUIRES: both rates lie in [0, 1].
// Source: for the judge model of Mobile-R1's stage 3, arXiv:2506.20332.
bool judged_success(const NoisyJudge& judge, bool success, std::uint64_t episode);

}  // namespace paperphone::rl

// How the losses of tokens become one number. The formulas are aggregate()'s, in
// aggregate.cc. No torch: recipes choose by name.
#pragma once

#include "env/base/named.h"

namespace paperphone::rl {

enum class Aggregation {
  kTokenMean,  // sum over all tokens / number of tokens (DAPO)
  kSeqMean,    // mean over responses of the mean over their tokens (GRPO)
  kConstant,   // mean over responses of the sum / a constant length (Dr.GRPO)
  // Mean over trajectories of the mean over all tokens of their turns: a long failure
  // weighs no more than a short success.
  kTrajectoryMean,
};
inline constexpr Named<Aggregation> kAggregations[] = {
    {"token_mean", Aggregation::kTokenMean},
    {"seq_mean", Aggregation::kSeqMean},
    {"constant", Aggregation::kConstant},
    {"trajectory_mean", Aggregation::kTrajectoryMean},
};

}  // namespace paperphone::rl

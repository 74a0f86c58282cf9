#include "rl/losses/aggregate.h"

#include "env/base/check.h"

namespace paperphone::rl {

torch::Tensor aggregate(const TokenLosses& losses, Aggregation aggregation,
                        double constant_length, const BatchCount& whole) {
  const torch::Tensor& terms_NT = losses.terms_NT;
  switch (aggregation) {
    case Aggregation::kTokenMean:
      CHECK_TRUE(whole.tokens > 0);
      return terms_NT.sum() / whole.tokens;
    case Aggregation::kSeqMean:
      CHECK_TRUE(whole.responses > 0);
      return (terms_NT.sum(1) / losses.mask_NT.sum(1).clamp_min(1.0)).sum() /
             whole.responses;
    case Aggregation::kConstant:
      CHECK_TRUE(whole.responses > 0 && constant_length > 0);
      return terms_NT.sum() / (whole.responses * constant_length);
    case Aggregation::kTrajectoryMean:
      CHECK_TRUE(whole.trajectories > 0 && losses.trajectory_tokens_N.defined());
      return (terms_NT.sum(1) / losses.trajectory_tokens_N).sum() / whole.trajectories;
  }
  CHECK_TRUE(false);
  return {};
}

}  // namespace paperphone::rl

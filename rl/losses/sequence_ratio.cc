#include "rl/losses/sequence_ratio.h"

namespace paperphone::rl {

torch::Tensor sequence_log_ratio(const torch::Tensor& d_NT,
                                 const torch::Tensor& logprobs_NT,
                                 const torch::Tensor& mask_NT) {
  const auto mean_N = (d_NT * mask_NT).sum(1) / mask_NT.sum(1).clamp_min(1.0);
  return (mean_N.detach().unsqueeze(1) + (logprobs_NT - logprobs_NT.detach()))
      .clamp_max(10);
}

}  // namespace paperphone::rl

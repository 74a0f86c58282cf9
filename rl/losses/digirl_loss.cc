#include "rl/losses/digirl_loss.h"

#include "env/base/check.h"

namespace paperphone::rl {

SuccessLoss success_loss(const torch::Tensor& logits_N2, const torch::Tensor& returns_N,
                         double count) {
  CHECK_TRUE(count > 0);
  CHECK_EQ(logits_N2.size(1), 2);
  const auto class_N = (returns_N > 0).to(torch::kInt64);
  const auto chosen = logits_N2.log_softmax(1).gather(1, class_N.unsqueeze(1));
  return {.loss = -chosen.sum() / count,
          .correct = (logits_N2.argmax(1) == class_N).sum().item<double>()};
}

torch::Tensor hard_awr_loss(const torch::Tensor& logprobs_NT,
                            const torch::Tensor& mask_NT,
                            const torch::Tensor& weights_N, double count) {
  CHECK_TRUE(count > 0);
  const auto nll_N = -logprobs_NT.masked_fill(mask_NT == 0, 0).sum(1);
  return (nll_N * weights_N).sum() / count;
}

}  // namespace paperphone::rl

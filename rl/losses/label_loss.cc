#include "rl/losses/label_loss.h"

#include "env/base/check.h"

namespace paperphone::rl {

LabelLoss label_loss(const LabelBatch& batch, double weight, double count) {
  CHECK_TRUE(count > 0 && weight >= 0);
  // A masked place may hold -inf, and 0 times that is not a number.
  auto nll_N = -batch.logprobs_NT.masked_fill(batch.mask_NT == 0, 0).sum(1);
  if (batch.weights_N.defined()) nll_N = nll_N * batch.weights_N;
  const auto nll = nll_N.sum();
  return {.loss = weight * nll / count, .nll = nll.item<double>()};
}

}  // namespace paperphone::rl

#include "rl/losses/value_loss.h"

#include "env/base/check.h"

namespace paperphone::rl {

ValueLoss value_loss(const ValueBatch& batch, double clip, double count) {
  CHECK_TRUE(count > 0 && clip > 0);
  // A masked place may hold anything: silence it before it is squared.
  const auto silent = batch.mask == 0;
  const auto error = (batch.values - batch.returns).masked_fill(silent, 0);
  const auto moved = (batch.values - batch.old_values).masked_fill(silent, 0);
  const auto clipped_error =
      (batch.old_values + moved.clamp(-clip, clip) - batch.returns)
          .masked_fill(silent, 0);
  const auto plain = error.square();
  const auto clipped = clipped_error.square();

  ValueLoss out;
  out.loss = 0.5 * torch::max(plain, clipped).sum() / count;
  const torch::NoGradGuard no_grad;
  out.squared_error = plain.sum().item<double>();
  // Inside the clip both are the same but for rounding.
  out.clipped = ((moved.abs() > clip) * (clipped > plain)).sum().item<double>();
  return out;
}

}  // namespace paperphone::rl

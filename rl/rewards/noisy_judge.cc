#include "rl/rewards/noisy_judge.h"

#include "env/base/check.h"
#include "env/base/rng.h"

namespace paperphone::rl {

bool judged_success(const NoisyJudge& judge, bool success, std::uint64_t episode) {
  const double rate = success ? judge.false_negative_rate : judge.false_positive_rate;
  CHECK_TRUE(rate >= 0 && rate <= 1);
  const bool errs = Rng(judge.seed).fork("judge", episode).chance(rate);
  return success != errs;
}

}  // namespace paperphone::rl

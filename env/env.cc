#include "env/env.h"

#include "env/error.h"

namespace paperphone {

ResetResult Env::reset(std::optional<std::uint64_t> seed, const ResetOptions& options) {
  if (seed) rng_ = Rng(*seed);
  const Rng episode = rng_.fork("episode", rng_.next());
  running_ = false;  // a reset that throws leaves the environment waiting for one
  ResetResult result = do_reset(episode, options);
  running_ = true;
  return result;
}

StepResult Env::step(const Action& action) {
  if (!running_) {
    throw ConfigError("step() needs a running episode: call reset() first");
  }
  StepResult result = do_step(action);
  running_ = !result.terminated && !result.truncated;
  return result;
}

}  // namespace paperphone

#include "env/env.h"

#include <fmt/format.h>

#include "env/base/error.h"

namespace paperphone {

ResetResult Env::reset(std::optional<std::uint64_t> seed, const ResetOptions& options) {
  if (seed) state_.rng = Rng(*seed);
  const Rng episode = state_.rng.fork("episode", state_.rng.next());
  state_.running = false;  // a reset that throws leaves the environment waiting for one
  ResetResult result = do_reset(episode, options);
  state_.running = true;
  state_.length = 0;
  state_.episode_return = 0.0;
  return result;
}

StepResult Env::step(const Action& action) {
  if (!state_.running) {
    throw ConfigError("step() needs a running episode: call reset() first");
  }
  StepResult result = do_step(action);
  const bool at_limit = at_step_limit();
  ++state_.length;
  state_.episode_return += result.reward;
  if (at_limit) {
    result.truncated = true;
    if (result.info.end_reason == EndReason::kOngoing) {
      result.info.end_reason = EndReason::kStepLimit;
    }
  }
  state_.running = !result.terminated && !result.truncated;
  if (!state_.running) {
    result.info.episode = {.episode_return = state_.episode_return,
                           .length = state_.length,
                           .elapsed_ms = result.info.elapsed_ms};
  }
  return result;
}

void Env::set_max_episode_steps(int steps) {
  if (steps < 0) {
    throw ConfigError(fmt::format("max_episode_steps must be 0 or more, not {}", steps));
  }
  max_episode_steps_ = steps;
}

bool Env::at_step_limit() const {
  return max_episode_steps_ > 0 && state_.length + 1 >= max_episode_steps_;
}

}  // namespace paperphone

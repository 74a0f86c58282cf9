// A small environment whose every number can be foretold.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "env/base/error.h"
#include "env/env.h"

namespace paperphone::testing {

// Counts steps; its one pixel is the seed's draw plus the step number. Ends after
// `length` steps, each worth 1 and one second. Wait(13) throws, Wait(s) with s < 1
// takes real time.
class CountingEnv : public Env, public Snapshotable {
 public:
  explicit CountingEnv(int length) : length_(length) {}
  const BoxSpace& observation_space() const override { return box_; }
  const ActionSpace& action_space() const override { return actions_; }

  Snapshot snapshot() const override {
    return Snapshot(std::make_shared<const Copy>(Copy{episode_state(), first_, step_}));
  }
  ResetResult restore(const Snapshot& snapshot) override {
    const auto* copy = snapshot.get<Copy>();
    if (copy == nullptr) throw ConfigError("not a counting environment's snapshot");
    set_episode_state(copy->state);
    first_ = copy->first;
    step_ = copy->step;
    return {observe(), {}};
  }

 protected:
  ResetResult do_reset(Rng rng, const ResetOptions& options) override {
    if (options.task_id == "unknown") throw ConfigError("unknown task 'unknown'");
    first_ = std::uint8_t(rng.below(100));
    step_ = 0;
    ResetResult result;
    result.observation = observe();
    return result;
  }
  StepResult do_step(const Action& action) override {
    if (const auto* wait = std::get_if<Wait>(&action)) {
      if (wait->seconds == 13) throw DataError("out of luck");
      if (wait->seconds < 1) {
        std::this_thread::sleep_for(std::chrono::duration<double>(wait->seconds));
      }
    }
    ++step_;
    StepResult result;
    result.observation = observe();
    result.reward = result.info.reward_breakdown.task = 1.0f;
    result.terminated = step_ == length_;
    if (result.terminated) result.info.end_reason = EndReason::kGoalReached;
    result.info.elapsed_ms = step_ * 1000;
    return result;
  }
  Observation observe() {
    pixels_[0] = std::uint8_t(first_ + step_);
    return {.screen = {pixels_, 1, 1}, .instruction = "count", .step = step_};
  }

  const int length_;
  BoxSpace box_{1, 1, 3};
  ActionSpace actions_{1, 1, {}};
  std::vector<std::uint8_t> pixels_ = std::vector<std::uint8_t>(3);
  std::uint8_t first_ = 0;
  int step_ = 0;

 private:
  struct Copy {
    EpisodeState state;
    std::uint8_t first = 0;
    int step = 0;
  };
};

// What a call says that is refused.
template <class Function>
std::string error_of(Function&& f) {
  try {
    f();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

}  // namespace paperphone::testing

// One phone showing one task, with Gymnasium's reset/step.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "env/advice.h"
#include "env/rng.h"
#include "env/space.h"
#include "env/types.h"

namespace paperphone {

// Variation of the phone around the task; a part of the episode's identity.
struct Variation {
  int width = 360;             // screenshot, pixels: 360x800, 540x1200, 1080x2400
  int height = 800;
  bool dark = false;
  int font_percent = 100;      // 85..130
  bool shuffle_icons = false;  // launcher order from the seed
  std::string suite = "clean"; // nuisances: clean, everyday, hostile
  bool folders = false;        // half of the launcher's apps lie in folders
  bool nav_buttons = false;    // three buttons instead of gestures
  bool locked = false;         // the episode begins on the lock screen
  bool operator==(const Variation&) const = default;
};

struct ResetOptions {
  std::string task_id;                        // "settings/dark_mode"; empty: drawn from the seed
  std::string split;                          // train, validation, test...; empty: any
  std::map<std::string, std::string> params;  // override sampled task parameters
  std::optional<Variation> variation;         // nullopt: the environment's default
};

// Not thread-safe; different Envs may run on different threads.
class Env {
 public:
  virtual ~Env() = default;
  virtual const BoxSpace& observation_space() const = 0;
  virtual const ActionSpace& action_space() const = 0;

  // Starts an episode. A seed fixes it completely (task, parameters, world,
  // clock); without one the environment's own generator continues.
  // Throws ConfigError if options name an unknown task, split or parameter.
  ResetResult reset(std::optional<std::uint64_t> seed = std::nullopt,
                    const ResetOptions& options = {});

  // Applies one action. A tap on nothing is not an error: see Info::outcome.
  // REQUIRES: reset() was called and the episode has not ended (throws
  // ConfigError otherwise).
  StepResult step(const Action& action);

  // What an expert would do now. Environments without an expert return an empty
  // Advice with distance -1.
  virtual Advice advice() {
    Advice none;
    none.distance = -1;
    return none;
  }

 protected:
  // For restore(): the episode goes on, or had already ended.
  void set_running(bool running) { running_ = running; }
  bool running() const { return running_; }
  const Rng& rng() const { return rng_; }
  void set_rng(const Rng& rng) { rng_ = rng; }

 private:
  virtual ResetResult do_reset(Rng rng, const ResetOptions& options) = 0;
  virtual StepResult do_step(const Action& action) = 0;

  Rng rng_{0};
  bool running_ = false;
};

// A whole episode in mid-flight, as a value. Opaque; cheap to copy.
class Snapshot {
 public:
  Snapshot() = default;
  explicit Snapshot(std::shared_ptr<const void> data) : data_(std::move(data)) {}
  const void* data() const { return data_.get(); }

 private:
  std::shared_ptr<const void> data_;  // immutable, so sharing is safe
};

// Environments that can be copied in mid-episode: the simulator can, a real
// device cannot. GRPO starts every rollout of a group from one Snapshot.
class Snapshotable {
 public:
  virtual ~Snapshotable() = default;
  virtual Snapshot snapshot() const = 0;
  // The observation after restore() equals the one at snapshot().
  virtual ResetResult restore(const Snapshot& snapshot) = 0;
};

}  // namespace paperphone

// One phone showing one task, with Gymnasium's reset/step.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <typeinfo>

#include "env/advice.h"
#include "env/base/rng.h"
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
  // This class's share of an episode, for snapshots.
  struct EpisodeState {
    Rng rng{0};            // where the next reset() without a seed continues
    bool running = false;
    int length = 0;        // steps taken
    double episode_return = 0.0;
  };

  virtual ~Env() = default;
  virtual const BoxSpace& observation_space() const = 0;
  virtual const ActionSpace& action_space() const = 0;

  // Starts an episode. A seed (0 is one like any other) fixes it completely: task,
  // parameters, world, clock; and so all episodes after it that are reset without
  // one, for those continue the environment's own generator.
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

  // What observations hold from the next reset(), step() or restore() on. kPixels
  // at first. An environment leaves empty what it cannot give.
  void observe(Modality modality) { modality_ = modality; }

  // Keeps the observation's pixels in this memory from the next reset() on, as long as
  // the screen has its size; the memory outlives the environment, and nobody else
  // writes to it. false: not supported, the observation lies elsewhere.
  virtual bool keep_pixels_in(std::span<std::uint8_t> pixels_HWC) {
    (void)pixels_HWC;
    return false;
  }

  // Truncates episodes at this many steps, beside the environment's own limits; 0:
  // no such limit. As in Gymnasium, a step that terminates may be truncated too.
  // Throws ConfigError for negative numbers.
  void set_max_episode_steps(int steps);

  bool running() const { return state_.running; }  // step() would be accepted

 protected:
  const EpisodeState& episode_state() const { return state_; }
  void set_episode_state(const EpisodeState& state) { state_ = state; }

  Modality modality() const { return modality_; }
  // For do_step(): the step being taken is the last that max_episode_steps allows.
  bool at_step_limit() const;

 private:
  virtual ResetResult do_reset(Rng rng, const ResetOptions& options) = 0;
  virtual StepResult do_step(const Action& action) = 0;

  EpisodeState state_;
  Modality modality_ = Modality::kPixels;
  int max_episode_steps_ = 0;
};

// A whole episode in mid-flight, as a value. Opaque; cheap to copy.
class Snapshot {
 public:
  Snapshot() = default;
  template <class T>
  explicit Snapshot(std::shared_ptr<const T> data)
      : data_(std::move(data)), type_(&typeid(T)) {}

  bool empty() const { return data_ == nullptr; }
  // nullptr if it is empty or of another kind of environment.
  template <class T>
  const T* get() const {
    return type_ != nullptr && *type_ == typeid(T) ? static_cast<const T*>(data_.get())
                                                   : nullptr;
  }

 private:
  std::shared_ptr<const void> data_;  // immutable, so sharing is safe
  const std::type_info* type_ = nullptr;
};

// Environments that can be copied in mid-episode: the simulator can, a real
// device cannot. GRPO starts every rollout of a group from one Snapshot.
class Snapshotable {
 public:
  virtual ~Snapshotable() = default;
  // The episode, and the generator that later resets without a seed continue.
  virtual Snapshot snapshot() const = 0;
  // The observation after restore() equals the one at snapshot(). Throws ConfigError
  // if the snapshot is empty or of another kind of environment.
  virtual ResetResult restore(const Snapshot& snapshot) = 0;
};

}  // namespace paperphone

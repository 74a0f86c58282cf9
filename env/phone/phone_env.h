// The simulated phone as an Env: apps + machine + layout + renderer + task.
#pragma once

#include <filesystem>
#include <memory>

#include "env/env.h"
#include "env/thought_language.h"

// Their own headers say more; whoever only steps needs none of them.
namespace paperphone::app {
struct AppSet;
struct Finding;
}  // namespace paperphone::app
namespace paperphone::sim {
class Machine;
struct PhoneState;
}  // namespace paperphone::sim
namespace paperphone::layout {
struct Fonts;
struct Frame;
class Layout;
}  // namespace paperphone::layout
namespace paperphone::render {
class PieceStore;
struct PieceStoreConfig;
}  // namespace paperphone::render
namespace paperphone::task {
struct TaskInstance;
}  // namespace paperphone::task

namespace paperphone {

struct PhoneEnvConfig {
  std::filesystem::path apps_dir;   // empty: default_apps_dir()
  std::vector<std::string> app_ids; // tasks of these apps only; empty: all
  Variation variation;
  bool pixels = true;               // false: logic only, Observation::screen is empty
  bool hashes = true;               // fill Info::state_hash and frame_hash
  bool advice = true;               // keep what frames showed, for advice()
  bool distance = true;             // Advice::distance: the expert plays on to the end
  ThoughtLanguage thoughts = ThoughtLanguage::kChinese;  // of advice: thought, sentence, note
  float progress_weight = 0.0f;     // RewardBreakdown::progress
  int max_episode_steps = 0;        // beside the task's own limit; 0: none
};

// Apps, fonts and pieces: loaded once, shared const by all environments.
class PhoneShared;
// With `warnings`, unfinished apps that run will do (env/app/loader.h); what lint says of
// them goes there, else it is thrown.
std::shared_ptr<const PhoneShared> load_phone_shared(
    const std::filesystem::path& apps_dir, bool pixels,
    std::vector<app::Finding>* warnings = nullptr);
// With pixels, and caches of other sizes (env/render/renderer.h).
std::shared_ptr<const PhoneShared> load_phone_shared(
    const std::filesystem::path& apps_dir, const render::PieceStoreConfig& caches);
const app::AppSet& shared_apps(const PhoneShared& shared);
const sim::Machine& shared_machine(const PhoneShared& shared);
const layout::Layout& shared_layout(const PhoneShared& shared);
const layout::Fonts& shared_fonts(const PhoneShared& shared);
std::shared_ptr<render::PieceStore> shared_pieces(const PhoneShared& shared);

// Gives what Env::want asks for: pixels and frames if it was made with pixels, the
// accessibility tree always.
class PhoneEnv : public Env, public Snapshotable {
 public:
  PhoneEnv(std::shared_ptr<const PhoneShared> shared, const PhoneEnvConfig& config);
  ~PhoneEnv() override;

  const BoxSpace& observation_space() const override;
  const ActionSpace& action_space() const override;
  Advice advice() override;
  // What the action would be worth now, played out on a copy. advice()'s needs hold.
  Verdict verdict(const Action& action);
  // Everything that can be done here and would be acceptable, best first; advice() alone
  // says what the expert would do.
  std::vector<AcceptableAction> acceptable();
  bool keep_pixels_in(std::span<std::uint8_t> pixels_HWC) override;
  // What the expert would do now if the task were this one; how far it is, nobody asks.
  Advice advice_for(const task::TaskInstance& task) const;
  // Throws ConfigError before the first reset(). See env/phone/snapshot.h.
  Snapshot snapshot() const override;
  // Of any PhoneEnv with the same apps; throws DataError if it has others.
  ResetResult restore(const Snapshot& snapshot) override;

  // Another task (of the same apps) on the phone as it stands: its steps are counted
  // from here. Throws ConfigError before the first reset().
  void set_task(task::TaskInstance task);

  // For tools, tests and the viewer.
  const app::AppSet& apps() const;
  const sim::PhoneState& state() const;
  const task::TaskInstance& task() const;
  const layout::Frame& frame();  // of the present state
  const std::string& task_id() const;
  ThoughtLanguage thoughts() const;  // of its advice

 private:
  ResetResult do_reset(Rng rng, const ResetOptions& options) override;
  StepResult do_step(const Action& action) override;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::unique_ptr<PhoneEnv> make_phone_env(const PhoneEnvConfig& config = {});

}  // namespace paperphone

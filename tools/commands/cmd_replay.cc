#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "data/store.h"
#include "env/app/spec.h"
#include "env/base/error.h"
#include "env/base/file.h"
#include "env/base/progress.h"
#include "env/render/renderer.h"
#include "tools/commands/command.h"
#include "tools/replay.h"
#include "tools/screens/annotate.h"

namespace paperphone::tools {

using data::Trajectory;
using data::TrajectoryStore;
using render::write_png;

namespace {

struct Options {
  std::string file;
  std::optional<std::int64_t> episode;
  bool verify = false;
  std::string frames;
};

void print_list(const TrajectoryStore& store) {
  for (const std::int64_t id : store.ids()) {
    const Trajectory t = store.read(id);
    fmt::print("{:>6} {:<12} {:>3} steps  {:<14} {:<32} {}\n", id, t.policy,
               t.steps.size(), end_reason_name(t.end_reason), t.task_id, t.instruction);
  }
}

void print_steps(const Trajectory& t) {
  fmt::print("{} {} (seed {}, {})\n{}\n", t.id, t.task_id, t.seed, t.policy,
             t.instruction);
  for (std::size_t i = 0; i < t.steps.size(); ++i) {
    const data::TrajectoryStep& step = t.steps[i];
    fmt::print("{:>3} {:<72} {:<10} {}\n", i + 1,
               step.outcome == ActionOutcome::kInvalid ? "(could not be read)"
                                                       : action_to_json(step.action),
               outcome_name(step.outcome), step.screen_id);
    if (!step.sentence.empty()) fmt::print("      {}\n", step.sentence);
    if (!step.thought.empty()) fmt::print("      {}\n", step.thought);
  }
  fmt::print("end: {}\n", end_reason_name(t.end_reason));
}

// One picture a step: the screen the policy saw, with its action drawn upon it.
void write_frames(PhoneEnv& env, const Trajectory& trajectory,
                  const std::filesystem::path& folder) {
  make_folder(folder);
  replay(env, trajectory, [&](std::size_t step, const ImageView& screen) {
    const auto path = folder / fmt::format("{:03}.png", step);
    if (step == trajectory.steps.size() ||
        trajectory.steps[step].outcome == ActionOutcome::kInvalid) {
      write_png(path, screen);
    } else {
      const auto pixels = with_action(screen, trajectory.steps[step].action);
      write_png(path, {pixels, screen.height, screen.width});
    }
  });
  fmt::print("{} pictures in {}\n", trajectory.steps.size() + 1, folder.string());
}

int verify(PhoneEnv& env, const std::string& app_set_hash, const TrajectoryStore& store,
           const std::vector<std::int64_t>& ids) {
  int wrong = 0;
  std::int64_t steps = 0;
  std::string other_apps;
  {
    Progress progress("verify", static_cast<std::int64_t>(ids.size()), "episodes");
    for (const std::int64_t id : ids) {
      const Trajectory trajectory = store.read(id);
      steps += static_cast<std::int64_t>(trajectory.steps.size());
      if (trajectory.app_set_hash != app_set_hash) other_apps = trajectory.app_set_hash;
      const std::string difference = replay(env, trajectory);
      if (!difference.empty()) {
        fmt::print("episode {}: {}\n", id, difference);
        ++wrong;
      }
      progress.add();
    }
  }
  if (wrong > 0 && !other_apps.empty())
    fmt::print("recorded with other apps: app set {}, here {}\n", other_apps,
               app_set_hash);
  fmt::print("{} of {} episodes equal ({} steps)\n", ids.size() - std::size_t(wrong),
             ids.size(), steps);
  return wrong == 0 ? 0 : 1;
}

int run(const Options& options) {
  const TrajectoryStore store(options.file, TrajectoryStore::Mode::kRead);
  if (!options.verify && !options.episode) {
    print_list(store);
    return 0;
  }
  if (!options.episode && !options.frames.empty())
    throw ConfigError("--frames needs the EPISODE to draw");
  if (options.episode && !options.verify) print_steps(store.read(*options.episode));
  if (!options.verify && options.frames.empty()) return 0;
  const auto shared = load_phone_shared({}, /*pixels=*/true);
  PhoneEnv env(shared, {});
  if (!options.frames.empty())
    write_frames(env, store.read(*options.episode), options.frames);
  if (!options.verify) return 0;
  return verify(
      env, shared_apps(*shared).content_hash.hex(), store,
      options.episode ? std::vector<std::int64_t>{*options.episode} : store.ids());
}

}  // namespace

void add_replay_command(CLI::App& app, Invocation& invocation) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "replay", "list trajectories, show one, play them again and compare");
  command->add_option("FILE", options->file, "SQLite file of trajectories")->required();
  command->add_option("EPISODE", options->episode, "its number in the list");
  command->add_flag("--verify", options->verify,
                    "play again and compare every state and frame; exit code 1 if "
                    "anything differs");
  command->add_option("--frames", options->frames,
                      "write the episode's screens into this folder");
  command->callback([options, &invocation] { invocation.exit_code = run(*options); });
}

}  // namespace paperphone::tools

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

#include "data/store.h"
#include "env/app/spec.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/owned_folder.h"
#include "env/base/host/progress.h"
#include "env/base/host/report.h"
#include "env/render/renderer.h"
#include "rl/rollout/replay.h"
#include "tools/commands/command.h"
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
  int threads = 0;
};

void print_list(const TrajectoryStore& store) {
  for (const std::int64_t id : store.ids()) {
    const Trajectory t = store.read(id);
    print_result("{:>6} {:<12} {:>3} steps  {:<14} {:<32} {}\n", id, t.policy,
                 t.steps.size(), end_reason_name(t.end_reason), t.task_id,
                 t.instruction);
  }
}

void print_steps(const Trajectory& t) {
  print_result("{} {} (seed {}, {})\n{}\n", t.id, t.task_id, t.seed, t.policy,
               t.instruction);
  for (std::size_t i = 0; i < t.steps.size(); ++i) {
    const data::TrajectoryStep& step = t.steps[i];
    print_result("{:>3} {:<72} {:<10} {}\n", i + 1,
                 step.outcome == ActionOutcome::kInvalid ? "(could not be read)"
                                                         : action_to_json(step.action),
                 outcome_name(step.outcome), step.screen_id);
    if (!step.sentence.empty()) print_result("      {}\n", step.sentence);
    if (!step.thought.empty()) print_result("      {}\n", step.thought);
  }
  print_result("end: {}\n", end_reason_name(t.end_reason));
}

Variation variation_of(const Trajectory& trajectory) {
  return trajectory.options.variation.value_or(Variation{});
}

// One picture a step: the screen the policy saw, with its action drawn upon it.
void write_frames(const std::shared_ptr<const PhoneShared>& shared,
                  const Trajectory& trajectory, const std::filesystem::path& folder) {
  check_folder_to_write(folder);
  const auto picture = [&](std::size_t step) {
    return folder / fmt::format("{:03}.png", step);
  };
  for (std::size_t step = 0; step <= trajectory.steps.size(); ++step)
    check_replaceable_file(picture(step));
  make_folder(folder);
  rl::RolloutRunner runner(rl::Phones(shared, {.variation = variation_of(trajectory)}),
                           {.num_rows = 1});
  std::size_t pictures = 0;
  const auto write = [&](const rl::EpisodeView& view) {
    const std::size_t step = view.history.size();
    const auto path = picture(step);
    ++pictures;
    if (view.over || step >= trajectory.steps.size() ||
        trajectory.steps[step].outcome == ActionOutcome::kInvalid) {
      write_png(path, view.screen);
    } else {
      const auto pixels = with_action(view.screen, trajectory.steps[step].action);
      write_png(path, {pixels, view.screen.height, view.screen.width});
    }
  };
  rl::replay(
      runner, {&trajectory, 1}, [](rl::Rollout&&) {}, write);
  print_result("{} pictures in {}\n", pictures, folder.string());
}

// Plays trajectories again, some hundred at a time, and says which differ.
class Verification {
 public:
  Verification(std::shared_ptr<const PhoneShared> shared, int num_threads)
      : shared_(std::move(shared)), num_threads_(num_threads) {}

  int run(const TrajectoryStore& store, const std::vector<std::int64_t>& ids) {
    {
      Progress progress("verify", std::int64_t(ids.size()), "episodes");
      constexpr std::size_t kAtOnce = 256;
      for (std::size_t first = 0; first < ids.size(); first += kAtOnce)
        play(store,
             std::span(ids).subspan(first, std::min(kAtOnce, ids.size() - first)),
             progress);
    }
    const std::string app_set_hash = shared_apps(*shared_).content_hash.hex();
    if (wrong_ > 0 && !other_apps_.empty())
      print_result("recorded with other apps: app set {}, here {}\n", other_apps_,
                   app_set_hash);
    print_result("{} of {} episodes equal ({} steps)\n", ids.size() - wrong_,
                 ids.size(), steps_);
    return wrong_ == 0 ? 0 : 1;
  }

 private:
  using Size = std::pair<int, int>;

  void play(const TrajectoryStore& store, std::span<const std::int64_t> ids,
            Progress& progress) {
    std::map<Size, std::vector<Trajectory>> by_size;
    for (const std::int64_t id : ids) {
      Trajectory trajectory = store.read(id);
      steps_ += std::int64_t(trajectory.steps.size());
      if (trajectory.app_set_hash != shared_apps(*shared_).content_hash.hex())
        other_apps_ = trajectory.app_set_hash;
      const Variation variation = variation_of(trajectory);
      by_size[{variation.width, variation.height}].push_back(std::move(trajectory));
    }
    std::map<std::int64_t, std::string> differences;  // by id
    for (const auto& [size, recorded] : by_size)
      rl::replay(runner(size), recorded, [&, &recorded = recorded](rl::Rollout&& now) {
        const Trajectory& then = recorded[now.episode];
        differences[then.id] = rl::first_difference(then, now.trajectory);
        progress.add();
      });
    for (const auto& [id, difference] : differences) {
      if (difference.empty()) continue;
      print_result("episode {}: {}\n", id, difference);
      ++wrong_;
    }
  }

  // All rows of a runner have screens of one size.
  rl::RolloutRunner& runner(const Size& size) {
    auto& runner = runners_[size];
    if (runner == nullptr) {
      const Variation variation{.width = size.first, .height = size.second};
      runner = std::make_unique<rl::RolloutRunner>(
          rl::Phones(shared_, {.variation = variation}),
          rl::RunnerConfig{.num_threads = num_threads_});
    }
    return *runner;
  }

  const std::shared_ptr<const PhoneShared> shared_;
  const int num_threads_;
  std::map<Size, std::unique_ptr<rl::RolloutRunner>> runners_;
  std::size_t wrong_ = 0;
  std::int64_t steps_ = 0;
  std::string other_apps_;
};

int run(const Options& options) {
  if (!options.episode && !options.frames.empty())
    throw ConfigError("--frames needs the EPISODE to draw");
  const TrajectoryStore store(options.file, TrajectoryStore::Mode::kRead);
  if (!options.verify && !options.episode) {
    print_list(store);
    return 0;
  }
  if (options.episode && !options.verify) print_steps(store.read(*options.episode));
  if (!options.verify && options.frames.empty()) return 0;
  const auto shared = load_phone_shared({}, /*pixels=*/true);
  if (!options.frames.empty())
    write_frames(shared, store.read(*options.episode), options.frames);
  if (!options.verify) return 0;
  return Verification(shared, thread_count(options.threads))
      .run(store,
           options.episode ? std::vector<std::int64_t>{*options.episode} : store.ids());
}

}  // namespace

void add_replay_command(CLI::App& app, Invocation& invocation) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "replay", "list trajectories, show one, play them again and compare");
  command->add_option("FILE", options->file, "SQLite file of trajectories")->required();
  // A number past all 64 bits would be read as the largest.
  command->add_option("EPISODE", options->episode, "its number in the list")
      ->check(CLI::Range(std::int64_t(1), std::int64_t(1'000'000'000'000)));
  command->add_flag("--verify", options->verify,
                    "play again and compare every state and frame; exit code 1 if "
                    "anything differs");
  command->add_option("--frames", options->frames,
                      "write the episode's screens into this folder");
  command->add_option("--threads", options->threads, "of --verify; 0: all cores")
      ->check(is_thread_count());
  command->callback([options, &invocation] { invocation.exit_code = run(*options); });
}

}  // namespace paperphone::tools

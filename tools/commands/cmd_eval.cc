#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "data/store.h"
#include "env/base/error.h"
#include "env/base/progress.h"
#include "tools/commands/eval_flags.h"
#include "tools/commands/torch_sibling.h"
#include "tools/episodes.h"
#include "tools/eval_report.h"

namespace paperphone::tools {

using data::TrajectoryStore;

namespace {

void run(const EvalFlags& flags, const Invocation& invocation) {
  const PolicyFactory policy = builtin_policy(flags.policy, flags.noise);
  if (!policy) {
    if (!std::filesystem::is_directory(flags.policy))
      throw ConfigError(
          fmt::format("unknown policy '{}' (known: {}, or the folder of a model)",
                      flags.policy, kBuiltinPolicies));
    if (flags.random_first > 0)
      throw ConfigError("--random-first is for built-in policies only");
    become_torch(invocation.argv, "eval --policy DIR");
  }
  if (flags.random_first > 0 && !flags.out.empty())
    throw ConfigError(
        "--out does not go with --random-first: replays begin at the reset");
  std::optional<TrajectoryStore> store;
  if (!flags.out.empty()) store.emplace(flags.out, TrajectoryStore::Mode::kCreate);
  const bool pixels = store.has_value();
  const auto shared = load_phone_shared({}, pixels);
  const auto jobs =
      make_jobs(shared_apps(*shared), flags.job_filter(), flags.seed, flags.episodes);
  const EpisodesConfig config{.threads = thread_count(flags.threads),
                              .pixels = pixels,
                              .labels = false,
                              .policy_name = flags.policy,
                              .random_first = flags.random_first};
  EvalReport report(flags.policy);
  {
    Progress progress("eval", flags.episodes, "episodes");
    run_episodes(shared, jobs, policy, config, [&](Episode&& episode) {
      if (episode.data_changed_first) report.count_disturbed();
      if (episode.prelude == Prelude::kNone) {
        report.add(episode.trajectory, episode.progress);
      } else {
        report.leave_out(episode.trajectory.task_id, episode.prelude == Prelude::kDone);
      }
      if (store) store->append(episode.trajectory);
      progress.add();
    });
  }
  if (flags.json) {
    fmt::print("{}\n", report.to_json().dump());
  } else {
    fmt::print("{}", report.to_text());
  }
}

}  // namespace

void add_eval_command(CLI::App& app, Invocation& invocation) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto flags = std::make_shared<EvalFlags>();
  CLI::App* command = app.add_subcommand("eval", "judge a policy on held-out episodes");
  add_eval_flags(*command, *flags);
  command->callback([flags, &invocation] { run(*flags, invocation); });
}

}  // namespace paperphone::tools

// Success on held-out episodes, by app, split and reason of the end.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "rl/recipe/recipe.h"
#include "rl/rollout/episodes.h"
#include "rl/rollout/phones.h"

namespace paperphone::rl {

struct EvalCount {
  int episodes = 0;
  int successes = 0;
  double success_rate() const { return episodes ? double(successes) / episodes : 0; }
};

struct EvalReport {
  std::string policy;
  EvalCount all;
  std::map<std::string, EvalCount> by_app;
  std::map<std::string, EvalCount> by_split;
  std::map<std::string, EvalCount> by_task;
  std::map<std::string, int> by_end;  // end_reason_name() -> episodes
  int turns = 0;
  int format_errors = 0;    // turns whose response was not well formed
  double progress = 0;      // mean share of milestones
  double success_steps = 0; // mean turns of the successful episodes
  double format_error_rate() const { return turns ? double(format_errors) / turns : 0; }
  double mean_steps() const {
    return all.episodes ? double(turns) / all.episodes : 0;
  }
};

EvalReport summarize(const std::string& policy, std::span<const EpisodeRun> runs);
// Keys: policy, episodes, success_rate, by_app and by_split (name -> {episodes,
// success_rate}), format_error_rate, mean_steps, progress, by_task, ends.
nlohmann::ordered_json to_json(const EvalReport& report);
// A few lines for people.
std::string to_text(const EvalReport& report);

struct EvalOptions {
  std::string split = "validation";
  int episodes = 50;
  int num_envs = 16;
  int max_turns = 0;
  std::uint64_t seed = 1;
  int threads = 1;
  std::string app_set_hash = {};
  std::filesystem::path store = {};  // SQLite file for the trajectories; empty: none
};

// Shows progress on stderr. Throws ConfigError (unknown split), DataError (store).
EvalReport evaluate(const Phones& phones, agent::Policy& policy, const EvalOptions& options);

}  // namespace paperphone::rl

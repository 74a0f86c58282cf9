// The flags of `paperphone eval`, which both executables read.
#pragma once

#include "rl/rollout/rollout.h"
#include "tools/commands/command.h"
#include "tools/commands/variation_flags.h"

namespace paperphone::tools {

struct EvalFlags {
  std::string policy;
  std::string split;
  std::vector<std::string> apps;
  std::string task;
  int episodes = 100;
  std::uint64_t seed = 1;
  double noise = 0.15;
  int random_first = 0;
  double temperature = 0;  // of a model's sampling; 0: greedy
  int threads = 0;
  std::string torch_device = "cpu";  // of a model
  std::string out;
  bool json = false;
  VariationFlags phone;
  rl::JobFilter job_filter() const {
    return {.split = split, .apps = apps, .task = task, .variation = phone.variation()};
  }
};

void add_eval_flags(CLI::App& command, EvalFlags& flags);

// Judges the policy on the episodes that the flags ask for, stores them if they say so,
// and prints the report.
void run_eval(const EvalFlags& flags, const app::AppSet& apps, rl::RolloutRunner& runner,
              agent::Policy& policy, double noise);

}  // namespace paperphone::tools

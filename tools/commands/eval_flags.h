// The flags of `paperphone eval`, which both executables read.
#pragma once

#include "tools/commands/command.h"
#include "tools/commands/variation_flags.h"
#include "tools/episodes.h"

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
  JobFilter job_filter() const {
    return {.split = split, .apps = apps, .task = task, .variation = phone.variation()};
  }
};

void add_eval_flags(CLI::App& command, EvalFlags& flags);

}  // namespace paperphone::tools

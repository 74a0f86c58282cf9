// Which episodes are played. A job fixes one completely: task, parameters, world,
// clock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "env/app/spec.h"
#include "env/env.h"

namespace paperphone::rl {

struct EpisodeJob {
  std::uint64_t seed = 0;
  ResetOptions options;
  int max_turns = 0;  // beside the task's own limit; 0: that one alone
};

struct JobFilter {
  std::string split;                   // empty: every task
  std::vector<std::string> apps = {};  // ids, "cross" among them; empty: all
  std::string task;                    // empty: all
  Variation variation;
};
// Templates in turn, so that `count` episodes cover them evenly; job i is the same
// whatever the policy. Throws ConfigError: unknown split, app or task; nothing left.
std::vector<EpisodeJob> make_jobs(const app::AppSet& apps, const JobFilter& filter,
                                  std::uint64_t seed, int count);

// Jobs `first` to `first + count - 1` of an endless stream, whose tasks the seeds draw.
// Streams of different names never meet the same episode in the same order.
struct JobStream {
  std::string split;
  std::uint64_t seed = 1;
  std::string name;  // "eval", a stage's name
  int max_turns = 0;
};
std::vector<EpisodeJob> stream_jobs(const JobStream& stream, std::uint64_t first,
                                    int count);

// "train" ... as asked for; without a split "seen" or "unseen", by the template.
std::string split_of_job(const app::AppSet& apps, const ResetOptions& options,
                         std::string_view task_id);

// "settings" of "settings/dark_mode".
std::string app_of_task(std::string_view task_id);

}  // namespace paperphone::rl

#include "tools/episodes.h"

#include <gtest/gtest.h>

#include <set>

#include "env/app/spec.h"
#include "env/base/error.h"
#include "env/task/task.h"
#include "tests/tools/phone_data.h"

namespace paperphone::tools {

using data::Trajectory;

namespace {

using paperphone::testing::without_pixels;

const app::AppSet& apps() { return shared_apps(*without_pixels()); }

std::vector<Trajectory> run(const std::string& policy, int episodes, int threads,
                            bool labels = false) {
  const auto jobs = make_jobs(apps(), {}, 5, episodes);
  std::vector<Trajectory> all;
  run_episodes(
      without_pixels(), jobs, builtin_policy(policy, 0.3),
      {.threads = threads, .pixels = false, .labels = labels, .policy_name = policy},
      [&](Episode&& episode) { all.push_back(std::move(episode.trajectory)); });
  return all;
}

TEST(Jobs, CoverAllTemplatesEvenly) {
  const int tasks = int(apps().tasks().size());
  std::map<std::string, int> episodes;
  for (const EpisodeJob& job : make_jobs(apps(), {}, 1, 2 * tasks))
    ++episodes[job.options.task_id];
  EXPECT_EQ(int(episodes.size()), tasks);
  for (const auto& [task, count] : episodes) EXPECT_EQ(count, 2) << task;
}

TEST(Jobs, OfTwoSplitsShareNoSeed) {
  std::set<std::uint64_t> seeds;
  for (const char* split : {"train", "test"})
    for (const EpisodeJob& job : make_jobs(
             apps(), {.split = split, .apps = {}, .task = "", .variation = {}}, 1, 50))
      EXPECT_TRUE(seeds.insert(job.seed).second);
}

TEST(Jobs, OfOneAppOrTaskOnly) {
  for (const EpisodeJob& job :
       make_jobs(apps(), {.split = "", .apps = {"settings"}, .task = "", .variation = {}},
                 1, 20))
    EXPECT_TRUE(job.options.task_id.starts_with("settings/"));
  std::set<std::string> seen;
  for (const EpisodeJob& job :
       make_jobs(apps(), {.apps = {"settings", "cross"}}, 1, 60))
    seen.insert(job.options.task_id.substr(0, job.options.task_id.find('/')));
  EXPECT_EQ(seen, (std::set<std::string>{"settings", "cross"}));
  EXPECT_THROW(
      make_jobs(apps(), {.split = "", .apps = {"nope"}, .task = "", .variation = {}}, 1,
                1),
      ConfigError);
  EXPECT_THROW(
      make_jobs(apps(), {.split = "", .apps = {}, .task = "a/b", .variation = {}}, 1, 1),
      ConfigError);
}

TEST(Episodes, AreTheSameForAnyNumberOfThreads) {
  const auto one = run("noisy-expert", 6, 1);
  const auto three = run("noisy-expert", 6, 3);
  ASSERT_EQ(one.size(), three.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].task_id, three[i].task_id);
    ASSERT_EQ(one[i].steps.size(), three[i].steps.size());
    EXPECT_EQ(one[i].steps.back().state_hash, three[i].steps.back().state_hash);
  }
}

TEST(Episodes, AfterRandomActionsTheTaskIsPosedAnew) {
  int disturbed = 0, reached = 0, posed = 0;
  run_episodes(without_pixels(), make_jobs(apps(), {}, 5, 40),
               builtin_policy("expert", 0.0),
               {.pixels = false, .policy_name = "expert", .random_first = 30},
               [&](Episode&& episode) {
                 disturbed += episode.data_changed_first;
                 if (episode.prelude != Prelude::kNone) return;
                 ++posed;
                 reached += episode.trajectory.success;
                 // All steps are the expert's; the random ones left it its whole budget.
                 const app::TaskSpec& task = *apps().task(episode.trajectory.task_id);
                 EXPECT_LE(int(episode.trajectory.steps.size()), task.max_steps);
               });
  EXPECT_GT(disturbed, 10);
  EXPECT_GE(reached, posed - 1);
}

TEST(Episodes, RecordEverythingAReplayNeeds) {
  for (const Trajectory& record : run("expert", 4, 1, /*labels=*/true)) {
    EXPECT_TRUE(record.success) << record.task_id;
    EXPECT_FALSE(record.instruction.empty());
    EXPECT_EQ(record.policy, "expert");
    EXPECT_EQ(record.app_set_hash, apps().content_hash.hex());
    EXPECT_NE(record.initial_state_hash, Hash128{});
    EXPECT_TRUE(record.options.variation.has_value());
    for (const data::TrajectoryStep& step : record.steps) {
      EXPECT_TRUE(step.acceptable);
      EXPECT_GT(step.expert_distance, 0);
      EXPECT_FALSE(step.thought.empty());
      EXPECT_FALSE(step.sentence.empty());
    }
    EXPECT_TRUE(record.steps.back().terminated);
  }
}

TEST(Episodes, AnErrorIsRethrownAfterTheJobsBeforeIt) {
  auto jobs = make_jobs(apps(), {}, 5, 4);
  jobs[2].options.params = {{"no_such_parameter", "1"}};
  int finished = 0;
  EXPECT_THROW(run_episodes(without_pixels(), jobs, builtin_policy("noop", 0),
                            {.threads = 2, .pixels = false, .policy_name = "noop"},
                            [&](Episode&&) { ++finished; }),
               ConfigError);
  EXPECT_EQ(finished, 2);
}

TEST(Policies, AreKnownByName) {
  for (const char* name : {"random", "expert", "noisy-expert", "noop"})
    EXPECT_TRUE(builtin_policy(name, 0.1)) << name;
  EXPECT_FALSE(builtin_policy("runs/x", 0.1));
}

}  // namespace
}  // namespace paperphone::tools

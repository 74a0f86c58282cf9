#include "rl/rollout/jobs.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "env/base/error.h"
#include "tests/phone_data.h"

namespace paperphone::rl {

using app::AppSet;

namespace {

const AppSet& apps() { return shared_apps(*testing::without_pixels()); }

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
    for (const EpisodeJob& job : make_jobs(apps(), {.split = split}, 1, 50))
      EXPECT_TRUE(seeds.insert(job.seed).second);
}

TEST(Jobs, OfOneAppOrTaskOnly) {
  for (const EpisodeJob& job : make_jobs(apps(), {.apps = {"settings"}}, 1, 20))
    EXPECT_TRUE(job.options.task_id.starts_with("settings/"));
  std::set<std::string> seen;
  for (const EpisodeJob& job :
       make_jobs(apps(), {.apps = {"settings", "cross"}}, 1, 60))
    seen.insert(app_of_task(job.options.task_id));
  EXPECT_EQ(seen, (std::set<std::string>{"settings", "cross"}));
  EXPECT_THROW(make_jobs(apps(), {.apps = {"nope"}}, 1, 1), ConfigError);
  EXPECT_THROW(make_jobs(apps(), {.task = "a/b"}, 1, 1), ConfigError);
}

TEST(Jobs, OfAStreamGoOnWhereTheLastOnesEnded) {
  const JobStream stream{.split = "train", .seed = 3, .name = "sft", .max_turns = 7};
  const auto all = stream_jobs(stream, 0, 6), rest = stream_jobs(stream, 4, 2);
  ASSERT_EQ(all.size(), 6u);
  EXPECT_EQ(all[4].seed, rest[0].seed);
  EXPECT_EQ(all[5].seed, rest[1].seed);
  EXPECT_EQ(all[0].max_turns, 7);
  JobStream other = stream;
  other.name = "grpo";
  EXPECT_NE(stream_jobs(other, 0, 1)[0].seed, all[0].seed);
}

TEST(Jobs, BelongToTheSplitThatWasAskedForOrToTheirTemplates) {
  EXPECT_EQ(split_of_job(apps(), {.split = "test"}, "settings/x"), "test");
  EXPECT_EQ(split_of_job(apps(), {}, apps().tasks().front()->id),
            apps().tasks().front()->split == "unseen" ? "unseen" : "seen");
}

}  // namespace
}  // namespace paperphone::rl

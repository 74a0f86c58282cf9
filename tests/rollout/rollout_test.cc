#include "rl/rollout/rollout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>

#include "env/app/spec.h"
#include "env/base/error.h"
#include "env/task/task.h"
#include "rl/rollout/builtin_policy.h"
#include "tests/phone_data.h"

namespace paperphone::rl {

using agent::make_expert_policy;
using agent::make_noop_policy;
using agent::make_random_policy;
using agent::Policy;
using agent::PolicyInput;
using agent::PolicyOutput;
using app::AppSet;
using data::Trajectory;
using data::TrajectoryStep;

namespace {

Phones phones() { return Phones(testing::without_pixels(), {}); }
const AppSet& apps() { return shared_apps(*testing::without_pixels()); }

// Waits, then gives up: episode e after lengths[e % size] decisions. Notes who was
// asked.
class Waiter : public Policy {
 public:
  explicit Waiter(std::vector<std::size_t> lengths) : lengths_(std::move(lengths)) {}
  std::string name() const override { return "waiter"; }
  std::vector<std::vector<std::size_t>> batches;  // episodes

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    std::vector<PolicyOutput> outputs;
    std::vector<std::size_t>& batch = batches.emplace_back();
    for (const PolicyInput& input : inputs) {
      batch.push_back(input.episode);
      PolicyOutput& output = outputs.emplace_back();
      const std::size_t length = lengths_[input.episode % lengths_.size()];
      if (input.history.size() + 1 < length)
        output.action = Wait{};
      else
        output.action = Terminate{TerminateStatus::kFailure};
    }
    return outputs;
  }
  const std::vector<std::size_t> lengths_;
};

std::vector<Rollout> play(const std::vector<EpisodeJob>& jobs, Policy& policy,
                          const RunnerConfig& config,
                          const RolloutOptions& options = {}) {
  RolloutRunner runner(phones(), config);
  std::vector<Rollout> all;
  runner.run(jobs, policy, options,
             [&](Rollout&& rollout) { all.push_back(std::move(rollout)); });
  return all;
}

void expect_equal(const Trajectory& a, const Trajectory& b) {
  EXPECT_EQ(a.task_id, b.task_id);
  EXPECT_EQ(a.instruction, b.instruction);
  EXPECT_EQ(a.initial_state_hash, b.initial_state_hash);
  EXPECT_EQ(a.end_reason, b.end_reason);
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) {
    const TrajectoryStep &x = a.steps[i], &y = b.steps[i];
    EXPECT_EQ(x.action, y.action);
    EXPECT_EQ(x.response, y.response);
    EXPECT_EQ(x.outcome, y.outcome);
    EXPECT_EQ(x.reward_breakdown, y.reward_breakdown);
    EXPECT_EQ(x.state_hash, y.state_hash);
    EXPECT_EQ(x.thought, y.thought);
    EXPECT_EQ(x.acceptable, y.acceptable);
  }
}

TEST(Rollouts, AreTheSameForAnyNumberOfThreadsAndRows) {
  const auto jobs = make_jobs(apps(), {}, 5, 8);
  const auto policy = make_expert_policy();
  const RolloutOptions options{.noise = 0.3, .labels = true};
  const auto expected = play(jobs, *policy, {.num_rows = 1, .pixels = false}, options);
  ASSERT_EQ(expected.size(), jobs.size());
  for (const int threads : {1, 2, 3})
    for (const int rows : {0, 2, 3, 8, 11}) {  // 0: each thread by itself
      const auto now =
          play(jobs, *policy,
               {.num_rows = rows, .num_threads = threads, .pixels = false}, options);
      ASSERT_EQ(now.size(), expected.size());
      for (std::size_t i = 0; i < now.size(); ++i) {
        EXPECT_EQ(now[i].episode, i);
        expect_equal(now[i].trajectory, expected[i].trajectory);
      }
    }
}

TEST(Rollouts, BatchesStayFullAsLongAsEpisodesRemain) {
  Waiter waiter({1, 5, 2});
  play(make_jobs(apps(), {}, 5, 11), waiter, {.num_rows = 4, .pixels = false});
  std::size_t left = 0;
  for (std::size_t episode = 0; episode < 11; ++episode)
    left += std::vector<std::size_t>{1, 5, 2}[episode % 3];
  const std::size_t decisions = left;
  std::size_t made = 0;
  bool refilled = true;
  for (const auto& batch : waiter.batches) {
    made += batch.size();
    if (batch.size() < 4) refilled = false;  // from here on no episode begins
    for (const std::size_t episode : batch) EXPECT_TRUE(refilled || episode >= 7);
    EXPECT_LE(batch.size(), 4u);
  }
  EXPECT_EQ(made, decisions);
  // Lowest row first: rows 0 to 3 begin with 0 to 3, and row 0 goes on with 4.
  EXPECT_EQ(waiter.batches[0], (std::vector<std::size_t>{0, 1, 2, 3}));
  EXPECT_EQ(waiter.batches[1], (std::vector<std::size_t>{4, 1, 2, 5}));
  EXPECT_EQ(waiter.batches[2], (std::vector<std::size_t>{4, 1, 6, 5}));
}

TEST(Rollouts, SkippedEpisodesLeaveNoGapInABatch) {
  Waiter waiter({2});
  RolloutOptions options;
  options.prepare = [](std::size_t episode, const EpisodeJob&, PhoneEnv&) {
    return episode % 2 == 0;
  };
  const auto all = play(make_jobs(apps(), {}, 5, 8), waiter,
                        {.num_rows = 2, .pixels = false}, options);
  ASSERT_EQ(all.size(), 8u);
  for (const Rollout& rollout : all) {
    EXPECT_EQ(rollout.skipped, rollout.episode % 2 == 1);
    EXPECT_EQ(rollout.trajectory.steps.size(), rollout.skipped ? 0u : 2u);
    EXPECT_FALSE(rollout.trajectory.task_id.empty());
  }
  EXPECT_EQ(waiter.batches,
            (std::vector<std::vector<std::size_t>>{{0, 2}, {0, 2}, {6, 4}, {6, 4}}));
}

TEST(Rollouts, AreHandedOverInTheOrderOfTheJobs) {
  Waiter waiter({9, 1, 3, 1, 6});
  const auto jobs = make_jobs(apps(), {}, 5, 10);
  const auto all =
      play(jobs, waiter, {.num_rows = 3, .num_threads = 2, .pixels = false});
  ASSERT_EQ(all.size(), jobs.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(all[i].episode, i);
    EXPECT_EQ(all[i].trajectory.seed, jobs[i].seed);
  }
}

TEST(Rollouts, ARunnerBeginsEveryRunAnew) {
  RolloutRunner runner(phones(), {.num_rows = 3, .pixels = false});
  const auto jobs = make_jobs(apps(), {}, 5, 4);
  const auto policy = make_expert_policy();
  std::vector<Trajectory> first, second;
  runner.run(jobs, *policy, {},
             [&](Rollout&& r) { first.push_back(std::move(r.trajectory)); });
  runner.run(jobs, *policy, {.noise = 1},
             [&](Rollout&& r) { EXPECT_FALSE(r.trajectory.success); });
  runner.run(jobs, *policy, {},
             [&](Rollout&& r) { second.push_back(std::move(r.trajectory)); });
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) expect_equal(first[i], second[i]);
}

std::string error_of(const std::vector<EpisodeJob>& jobs, Policy& policy, int rows,
                     const RolloutOptions& options,
                     std::vector<std::size_t>* handed_over) {
  RolloutRunner runner(phones(), {.num_rows = rows, .num_threads = 2, .pixels = false});
  try {
    runner.run(jobs, policy, options,
               [&](Rollout&& rollout) { handed_over->push_back(rollout.episode); });
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Rollouts, AnErrorNamesItsJobAndComesAfterTheEpisodesBeforeIt) {
  auto jobs = make_jobs(apps(), {}, 5, 6);
  jobs[2].options.params = {{"no_such_parameter", "1"}};
  jobs[4].options.task_id = "no/such_task";
  Waiter waiter({7, 5, 1});
  for (const int rows : {3, 0}) {
    std::vector<std::size_t> handed_over;
    const std::string error = error_of(jobs, waiter, rows, {}, &handed_over);
    EXPECT_TRUE(error.starts_with("job 2 (" + jobs[2].options.task_id + ", seed " +
                                  std::to_string(jobs[2].seed) + "): "))
        << error;
    EXPECT_NE(error.find("no_such_parameter"), std::string::npos) << error;
    EXPECT_EQ(handed_over, (std::vector<std::size_t>{0, 1}));
  }
}

TEST(Rollouts, AnErrorInMidEpisodeIsNamedToo) {
  const auto jobs = make_jobs(apps(), {}, 5, 5);
  Waiter waiter({4});
  RolloutOptions options;
  options.observe = [](const EpisodeView& view) {
    // Episode 1 fails after episode 2 has.
    if (view.episode == 2 && view.history.size() == 1) throw ConfigError("two");
    if (view.episode == 1 && view.history.size() == 2) throw ConfigError("one");
  };
  for (const int rows : {3, 0}) {
    std::vector<std::size_t> handed_over;
    EXPECT_EQ(error_of(jobs, waiter, rows, options, &handed_over),
              "job 1 (" + jobs[1].options.task_id + ", seed " +
                  std::to_string(jobs[1].seed) + "): one");
    EXPECT_EQ(handed_over, (std::vector<std::size_t>{0}));
  }
}

TEST(Rollouts, WhatTheReceiverThrowsEndsTheRun) {
  const auto jobs = make_jobs(apps(), {}, 5, 6);
  Waiter waiter({2});
  for (const int rows : {3, 0}) {
    RolloutRunner runner(phones(), {.num_rows = rows, .num_threads = 2, .pixels = false});
    std::size_t received = 0;
    const auto refuse = [&](Rollout&&) {
      if (++received == 2) throw DataError("the disk is full");
    };
    try {
      runner.run(jobs, waiter, {}, refuse);
      ADD_FAILURE() << "no error";
    } catch (const DataError& error) {
      EXPECT_STREQ(error.what(), "the disk is full");
    }
    EXPECT_EQ(received, 2u);
    received = 10;  // and the next one begins anew
    runner.run(jobs, waiter, {}, refuse);
    EXPECT_EQ(received, 16u);
  }
}

TEST(Rollouts, OfAGroupStartAlikeAndDecideApart) {
  const auto policy = make_random_policy(phones().make(false)->action_space());
  const auto jobs = make_jobs(apps(), {}, 5, 3);
  for (const int rows : {12, 5, 1, 0}) {  // whole groups at once, and in pieces
    const auto all = play(jobs, *policy, {.num_rows = rows, .pixels = false},
                          {.seed = 3, .group_size = 4});
    ASSERT_EQ(all.size(), 12u);
    int different = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Trajectory &own = all[i].trajectory, &first = all[i / 4 * 4].trajectory;
      EXPECT_EQ(own.seed, jobs[i / 4].seed);
      EXPECT_EQ(own.task_id, first.task_id);
      EXPECT_EQ(own.instruction, first.instruction);
      EXPECT_EQ(own.initial_state_hash, first.initial_state_hash);
      different += own.steps.back().state_hash != first.steps.back().state_hash ||
                   own.steps.size() != first.steps.size();
    }
    EXPECT_GT(different, 6);
    // A snapshot is as good as a reset.
    expect_equal(all[5].trajectory,
                 play(jobs, *policy, {.num_rows = 2, .pixels = false},
                      {.seed = 3, .group_size = 4})[5]
                     .trajectory);
  }
}

TEST(Rollouts, EndWhereTheJobSaysSo) {
  auto jobs = make_jobs(apps(), {}, 5, 2);
  jobs[1].max_turns = 2;
  const auto policy = make_noop_policy();
  const auto all = play(jobs, *policy, {.num_rows = 2, .pixels = false});
  const int own = apps().task(jobs[0].options.task_id)->max_steps;
  EXPECT_EQ(int(all[0].trajectory.steps.size()), own);
  EXPECT_EQ(all[0].max_turns, own);
  EXPECT_EQ(all[1].trajectory.steps.size(), 2u);
  EXPECT_EQ(all[1].max_turns, 2);
  EXPECT_EQ(all[1].trajectory.end_reason, EndReason::kStepLimit);
  EXPECT_TRUE(all[1].trajectory.steps.back().truncated);
}

class Speechless : public Policy {
 public:
  std::string name() const override { return "speechless"; }

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    PolicyOutput output;
    output.response = "?";
    output.well_formed = false;
    return std::vector<PolicyOutput>(inputs.size(), output);
  }
};

TEST(Rollouts, AResponseThatCannotBeReadCostsATurnAndChangesNothing) {
  Speechless speechless;
  const auto all =
      play(make_jobs(apps(), {}, 5, 1), speechless, {.num_rows = 1, .pixels = false});
  const Trajectory& record = all[0].trajectory;
  EXPECT_EQ(int(record.steps.size()), all[0].max_turns);
  EXPECT_EQ(record.end_reason, EndReason::kStepLimit);
  for (const TrajectoryStep& step : record.steps) {
    EXPECT_EQ(step.outcome, ActionOutcome::kInvalid);
    EXPECT_EQ(step.state_hash, record.initial_state_hash);
  }
}

// Waits, opens an app, waits again; looks at what it is told of it.
class Watcher : public Policy {
 public:
  std::string name() const override { return "watcher"; }
  bool wants_pixels() const override { return true; }
  int earlier_screens() const override { return 2; }
  std::vector<std::size_t> earlier;  // screens, by decision
  std::vector<bool> changed;         // by step
  bool first_screens_differ = false;

 private:
  std::vector<PolicyOutput> do_act(std::span<const PolicyInput> inputs) override {
    const PolicyInput& input = inputs[0];
    earlier.push_back(input.earlier.size());
    if (!input.history.empty()) changed.push_back(input.history.back().changed);
    if (input.history.size() == 3) {
      const ImageView &opened = input.earlier[1], &before = input.earlier[0];
      first_screens_differ = !std::ranges::equal(opened.pixels_HWC, before.pixels_HWC);
      EXPECT_TRUE(std::ranges::equal(opened.pixels_HWC, input.screen.pixels_HWC));
    }
    std::vector<PolicyOutput> outputs(1);
    if (input.history.size() == 1) outputs[0].action = OpenApp{"设置"};
    else outputs[0].action = Wait{0.1};
    return outputs;
  }
};

TEST(Rollouts, TellWhatChangedAndShowEarlierScreens) {
  for (const int num_rows : {0, 1}) {
    Watcher watcher;
    RolloutRunner runner(Phones(PhoneEnvConfig{}), {.num_rows = num_rows});
    runner.run(stream_jobs({.split = "train", .name = "watch", .max_turns = 4}, 0, 1),
               watcher, {}, [](Rollout&&) {});
    EXPECT_EQ(watcher.earlier, (std::vector<std::size_t>{0, 1, 2, 2}));
    EXPECT_EQ(watcher.changed, (std::vector<bool>{false, true, false}));
    EXPECT_TRUE(watcher.first_screens_differ);
  }
}

TEST(Rollouts, ShowTheObserverEveryStateOnce) {
  const auto jobs = make_jobs(apps(), {}, 5, 4);
  const auto policy = make_expert_policy();
  std::vector<std::vector<Hash128>> seen(jobs.size());
  std::vector<int> ends(jobs.size());
  RolloutOptions options{.noise = 0.3};
  options.observe = [&](const EpisodeView& view) {
    EXPECT_EQ(view.history.size(), seen[view.episode].size());
    seen[view.episode].push_back(hash_state(view.phone.state()));
    EXPECT_EQ(view.advice == nullptr, view.over);
    ends[view.episode] += view.over;
  };
  const auto all =
      play(jobs, *policy, {.num_rows = 3, .num_threads = 2, .pixels = false}, options);
  for (const Rollout& rollout : all) {
    const Trajectory& record = rollout.trajectory;
    ASSERT_EQ(seen[rollout.episode].size(), record.steps.size() + 1);
    EXPECT_EQ(seen[rollout.episode][0], record.initial_state_hash);
    for (std::size_t i = 0; i < record.steps.size(); ++i)
      EXPECT_EQ(seen[rollout.episode][i + 1], record.steps[i].state_hash);
    EXPECT_EQ(ends[rollout.episode], 1);
  }
}

TEST(Rollouts, RecordEverythingAReplayNeeds) {
  const auto policy = make_expert_policy();
  for (const Rollout& rollout :
       play(make_jobs(apps(), {}, 5, 4), *policy, {.num_rows = 2, .pixels = false},
            {.labels = true, .policy_name = "teacher"})) {
    const Trajectory& record = rollout.trajectory;
    EXPECT_TRUE(record.success) << record.task_id;
    EXPECT_EQ(rollout.progress, 1.0f);
    EXPECT_FALSE(record.instruction.empty());
    EXPECT_EQ(record.policy, "teacher");
    EXPECT_EQ(record.app_set_hash, apps().content_hash.hex());
    EXPECT_FALSE(record.paperphone_version.empty());
    EXPECT_NE(record.initial_state_hash, Hash128{});
    EXPECT_TRUE(record.options.variation.has_value());
    for (const TrajectoryStep& step : record.steps) {
      EXPECT_TRUE(step.acceptable);
      EXPECT_GT(step.expert_distance, 0);
      EXPECT_FALSE(step.thought.empty());
      EXPECT_FALSE(step.sentence.empty());
    }
    EXPECT_TRUE(record.steps.back().terminated);
  }
}

}  // namespace
}  // namespace paperphone::rl

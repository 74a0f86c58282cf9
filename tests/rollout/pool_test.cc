#include "rl/rollout/pool.h"

#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <set>

#include "env/base/error.h"
#include "tests/phone_data.h"

namespace paperphone::rl {
namespace {

Phones phones() { return Phones(testing::with_pixels(), {}); }

PoolConfig config_of(int threads = 1) {
  return {.seed = 4,
          .stream = "pool test",
          .num_rows = 4,
          .num_threads = threads,
          .max_turns = 6,
          .noise = 0.2};
}

// Everything that a pool shows, in a fixed order.
struct Seen {
  std::map<std::pair<std::uint64_t, std::size_t>, std::string> states;  // episode, step
  std::vector<std::string> done;
  std::map<Driver, int> drivers;
};

void play(ExperiencePool& pool, agent::Policy& policy, int rounds, Seen& seen) {
  std::mutex mutex;
  const auto visit = [&](const PoolState& state) {
    const std::lock_guard lock(mutex);
    const auto& steps = state.view.trajectory.steps;
    ASSERT_NE(state.view.advice, nullptr);
    seen.states[{state.episode, steps.size()}] =
        state.view.trajectory.task_id + " " + state.view.advice->sentence + " " +
        (steps.empty() ? state.view.trajectory.initial_frame_hash : steps.back().frame_hash)
            .hex();
    if (steps.empty()) ++seen.drivers[state.driver];
  };
  for (int i = 0; i < rounds; ++i)
    pool.advance(policy,
                 {.visit = visit, .on_done = [&](Driver driver, Rollout&& rollout) {
                    seen.done.push_back(std::to_string(rollout.episode) + " " +
                                        std::to_string(int(driver)) + " " +
                                        std::to_string(rollout.trajectory.steps.size()));
                  }});
}

std::unique_ptr<agent::Policy> random_policy() {
  const auto phone = phones().make(false);
  return agent::make_random_policy(phone->action_space());
}

TEST(ExperiencePool, GoesOnFromOneRoundToTheNext) {
  const auto policy = random_policy();
  ExperiencePool pool(phones(), config_of());
  Seen seen;
  play(pool, *policy, 20, seen);
  // Every row was visited before each of its decisions, and none waited for another.
  EXPECT_EQ(seen.states.size(), 80u);
  EXPECT_GT(seen.done.size(), 10u);
  std::set<std::string> lengths;
  for (const std::string& done : seen.done) lengths.insert(done.substr(done.rfind(' ')));
  EXPECT_GT(lengths.size(), 1u);
  EXPECT_GT(seen.drivers[Driver::kPolicy], 2);
  EXPECT_GT(seen.drivers[Driver::kExpert], 2);
}

TEST(ExperiencePool, IsTheSameForAnyNumberOfThreads) {
  const auto policy = random_policy();
  Seen seen[2];
  for (int i = 0; i < 2; ++i) {
    ExperiencePool pool(phones(), config_of(1 + i));
    play(pool, *policy, 12, seen[i]);
  }
  EXPECT_EQ(seen[0].states, seen[1].states);
  EXPECT_EQ(seen[0].done, seen[1].done);
}

TEST(ExperiencePool, ARestoredPoolIsTheSamePool) {
  const auto policy = random_policy();
  ExperiencePool whole(phones(), config_of());
  Seen before, expected, found;
  play(whole, *policy, 9, before);
  const std::string state = whole.state();
  play(whole, *policy, 9, expected);
  ExperiencePool again(phones(), config_of());
  again.restore(state, *policy);
  EXPECT_EQ(again.state(), state);
  play(again, *policy, 9, found);
  EXPECT_EQ(found.states, expected.states);
  EXPECT_EQ(found.done, expected.done);
}

TEST(ExperiencePool, RefusesTheStateOfAnother) {
  const auto policy = random_policy();
  ExperiencePool pool(phones(), config_of());
  PoolConfig other = config_of();
  other.num_rows = 2;
  EXPECT_THROW(pool.restore(ExperiencePool(phones(), other).state(), *policy), DataError);
  EXPECT_THROW(pool.restore("{}", *policy), DataError);
  EXPECT_THROW(pool.restore("no", *policy), DataError);
}

TEST(ExperiencePool, DriversAreShared) {
  const auto policy = random_policy();
  for (const double share : {0.0, 1.0}) {
    PoolConfig config = config_of();
    config.expert_share = share;
    ExperiencePool pool(phones(), config);
    Seen seen;
    play(pool, *policy, 8, seen);
    EXPECT_EQ(seen.drivers[Driver::kExpert] == 0, share == 0);
    EXPECT_EQ(seen.drivers[Driver::kPolicy] == 0, share == 1);
  }
}

}  // namespace
}  // namespace paperphone::rl

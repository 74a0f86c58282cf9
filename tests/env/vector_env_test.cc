#include "env/vector_env.h"

#include <gtest/gtest.h>

#include "tests/env/counting_env.h"

namespace paperphone {
namespace {

using testing::CountingEnv;
using testing::error_of;

constexpr AutoresetMode kModes[] = {AutoresetMode::kDisabled, AutoresetMode::kNextStep,
                                    AutoresetMode::kSameStep};

VectorEnv make(int envs, int threads, AutoresetMode mode = AutoresetMode::kDisabled,
               int length = 3) {
  return VectorEnv([=](int) { return std::make_unique<CountingEnv>(length); },
                   {.num_envs = envs, .num_threads = threads, .autoreset_mode = mode});
}

std::vector<std::uint64_t> seeds(int n) {
  std::vector<std::uint64_t> out(n);
  for (int i = 0; i < n; ++i) out[i] = std::uint64_t(i);
  return out;
}

std::vector<Action> waits(int n) { return std::vector<Action>(n, Wait{1}); }

// The first pixels of the episodes that a seed starts, the first one first.
std::vector<int> episodes_of(std::uint64_t seed, int count) {
  CountingEnv env(3);
  std::vector<int> firsts{env.reset(seed).observation.screen.pixels_HWC[0]};
  while (int(firsts.size()) < count)
    firsts.push_back(env.reset().observation.screen.pixels_HWC[0]);
  return firsts;
}

int pixel(const EnvBatch& batch, int row) { return batch.screens_BHWC[3 * row]; }

// ---- seeds --------------------------------------------------------------------------

TEST(VectorSeeds, OneBaseSeedGivesRowIItsSum) {
  VectorEnv envs = make(3, 2);
  EnvBatch batch(envs), listed(envs);
  envs.reset(7, {}, batch.view());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pixel(batch, i), episodes_of(7 + i, 1)[0]);
  envs.reset(std::vector<std::uint64_t>{7, 8, 9}, {}, listed.view());
  EXPECT_EQ(batch.screens_BHWC, listed.screens_BHWC);
}

TEST(VectorSeeds, ZeroIsASeed) {
  VectorEnv envs = make(2, 1);
  EnvBatch batch(envs);
  envs.reset(7, {}, batch.view());
  envs.reset(0, {}, batch.view());
  EXPECT_EQ(pixel(batch, 0), episodes_of(0, 1)[0]);
  EXPECT_EQ(pixel(batch, 1), episodes_of(1, 1)[0]);
}

TEST(VectorSeeds, AMissingEntryContinuesTheRowsStream) {
  VectorEnv envs = make(2, 1);
  EnvBatch batch(envs);
  envs.reset(7, {}, batch.view());
  const std::vector<std::optional<std::uint64_t>> some{std::nullopt, 0};
  envs.reset(some, {}, batch.view());
  EXPECT_EQ(pixel(batch, 0), episodes_of(7, 2)[1]);
  EXPECT_EQ(pixel(batch, 1), episodes_of(0, 1)[0]);
  envs.reset({}, {}, batch.view());
  EXPECT_EQ(pixel(batch, 0), episodes_of(7, 3)[2]);
  EXPECT_EQ(pixel(batch, 1), episodes_of(0, 2)[1]);
}

TEST(VectorSeeds, AutoresetContinuesTheRowsStream) {
  for (const auto mode : {AutoresetMode::kNextStep, AutoresetMode::kSameStep}) {
    VectorEnv envs = make(1, 1, mode, 1);
    EnvBatch batch(envs);
    envs.reset(5, {}, batch.view());
    const auto firsts = episodes_of(5, 4);
    for (int episode = 1; episode < 4; ++episode) {
      envs.step(waits(1), batch.view());
      if (mode == AutoresetMode::kNextStep) envs.step(waits(1), batch.view());
      EXPECT_EQ(pixel(batch, 0), firsts[episode]);
    }
  }
}

// ---- autoreset ----------------------------------------------------------------------

TEST(VectorEnv, RowsDoNotDependOnTheNumberOfThreads) {
  std::vector<std::uint8_t> reference;
  for (const int threads : {1, 2, 3, 8}) {
    VectorEnv envs = make(8, threads);
    EnvBatch batch(envs);
    std::vector<std::uint8_t> seen;
    envs.reset(seeds(8), {}, batch.view());
    seen.insert(seen.end(), batch.screens_BHWC.begin(), batch.screens_BHWC.end());
    envs.step(waits(8), batch.view());
    seen.insert(seen.end(), batch.screens_BHWC.begin(), batch.screens_BHWC.end());
    if (reference.empty()) reference = seen;
    EXPECT_EQ(seen, reference) << threads << " threads";
  }
}

TEST(VectorEnv, SteppingAnEndedRowIsAnErrorThatNamesTheRowAndItsSeed) {
  VectorEnv envs = make(2, 2, AutoresetMode::kDisabled, 1);
  EnvBatch batch(envs);
  envs.reset(5, {}, batch.view());
  envs.step(waits(2), batch.view());
  EXPECT_EQ(batch.terminations_B[1], 1);
  EXPECT_EQ(error_of([&] { envs.step(waits(2), batch.view()); }),
            "environment 0 (seed 5, episode 1): step() needs a running episode: call "
            "reset() first");
}

TEST(VectorEnv, AStepBeforeTheFirstResetIsRefusedInEveryMode) {
  for (const auto mode : kModes) {
    VectorEnv envs = make(2, 1, mode);
    EnvBatch batch(envs);
    EXPECT_EQ(error_of([&] { envs.step(waits(2), batch.view()); }),
              "environment 0: step() needs a running episode: call reset() first");
  }
}

TEST(VectorEnv, NextStepModeResetsOnTheStepAfterTheEnd) {
  VectorEnv envs = make(1, 1, AutoresetMode::kNextStep, 1);
  EnvBatch batch(envs);
  envs.reset(seeds(1), {}, batch.view());
  const int first = pixel(batch, 0);
  envs.step(waits(1), batch.view());
  EXPECT_EQ(batch.terminations_B[0], 1);
  EXPECT_EQ(batch.rewards_B[0], 1.0f);
  EXPECT_EQ(pixel(batch, 0), first + 1);  // the terminal observation
  EXPECT_EQ(batch.infos_B[0].end_reason, EndReason::kGoalReached);
  // The action is ignored: this one would throw.
  envs.step(std::vector<Action>{Wait{13}}, batch.view());
  EXPECT_EQ(batch.terminations_B[0], 0);
  EXPECT_EQ(batch.truncations_B[0], 0);
  EXPECT_EQ(batch.rewards_B[0], 0.0f);
  EXPECT_EQ(pixel(batch, 0), episodes_of(0, 2)[1]);
  EXPECT_EQ(batch.infos_B[0], Info{});
}

TEST(VectorEnv, SameStepModeKeepsTheFinalObservationAndInfo) {
  VectorEnv envs = make(2, 1, AutoresetMode::kSameStep, 2);
  EnvBatch batch(envs);
  envs.reset(seeds(2), {}, batch.view());
  const int first = pixel(batch, 0), other = pixel(batch, 1);
  envs.step(waits(2), batch.view(), std::vector<std::uint8_t>{1, 0});
  envs.step(waits(2), batch.view());
  EXPECT_EQ(batch.terminations_B, (std::vector<std::uint8_t>{1, 0}));
  EXPECT_EQ(batch.rewards_B[0], 1.0f);
  EXPECT_EQ(batch.final_screens_BHWC[0], first + 2);
  EXPECT_EQ(batch.final_infos_B[0].end_reason, EndReason::kGoalReached);
  EXPECT_EQ(pixel(batch, 0), episodes_of(0, 2)[1]);
  EXPECT_EQ(batch.infos_B[0], Info{});
  // The row that goes on has neither.
  EXPECT_EQ(batch.final_screens_BHWC[3], 0);
  EXPECT_EQ(batch.final_infos_B[1], Info{});
  EXPECT_EQ(pixel(batch, 1), other + 1);
}

// ---- masks --------------------------------------------------------------------------

TEST(VectorEnv, MaskedRowsAreNotTouchedInAnyMode) {
  for (const auto mode : kModes) {
    VectorEnv envs = make(2, 1, mode);
    EnvBatch batch(envs);
    envs.reset(seeds(2), {}, batch.view());
    envs.step(waits(2), batch.view());
    const auto before = batch.screens_BHWC;
    envs.reset_where(std::vector<std::uint8_t>{1, 0}, seeds(2), {}, batch.view());
    EXPECT_EQ(batch.screens_BHWC[0] + 1, before[0]);
    EXPECT_EQ(batch.screens_BHWC[3], before[3]);
    EXPECT_EQ(batch.rewards_B, (std::vector<float>{0, 1}));
    envs.step(waits(2), batch.view());  // and row 1 goes on from where it was
    EXPECT_EQ(batch.screens_BHWC[3], before[3] + 1);
  }
}

TEST(VectorEnv, AMaskedResetForestallsTheAutoreset) {
  VectorEnv envs = make(1, 1, AutoresetMode::kNextStep, 1);
  EnvBatch batch(envs);
  envs.reset(3, {}, batch.view());
  envs.step(waits(1), batch.view());
  envs.reset_where(std::vector<std::uint8_t>{1}, 3, {}, batch.view());
  envs.step(waits(1), batch.view());
  EXPECT_EQ(batch.rewards_B[0], 1.0f);  // a step, not another reset
}

TEST(VectorEnv, AMaskWithoutRowsIsRefused) {
  VectorEnv envs = make(2, 1);
  EnvBatch batch(envs);
  EXPECT_EQ(error_of([&] {
              envs.reset_where(std::vector<std::uint8_t>{0, 0}, {}, {}, batch.view());
            }),
            "mask_B selects no row to reset");
}

// ---- limits and statistics ------------------------------------------------------------

TEST(VectorEnv, TheStepLimitTruncatesAndDoesNotTerminate) {
  VectorEnv envs([](int) { return std::make_unique<CountingEnv>(5); },
                 {.num_envs = 1, .num_threads = 1, .max_episode_steps = 2});
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  envs.step(waits(1), batch.view());
  EXPECT_EQ(batch.truncations_B[0], 0);
  envs.step(waits(1), batch.view());
  EXPECT_EQ(batch.truncations_B[0], 1);
  EXPECT_EQ(batch.terminations_B[0], 0);
  EXPECT_EQ(batch.infos_B[0].end_reason, EndReason::kStepLimit);
}

TEST(VectorEnv, AStepThatReachesGoalAndLimitKeepsBothFlags) {
  VectorEnv envs([](int) { return std::make_unique<CountingEnv>(2); },
                 {.num_envs = 1, .num_threads = 1, .max_episode_steps = 2});
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  envs.step(waits(1), batch.view());
  envs.step(waits(1), batch.view());
  EXPECT_EQ(batch.truncations_B[0], 1);
  EXPECT_EQ(batch.terminations_B[0], 1);
  EXPECT_EQ(batch.infos_B[0].end_reason, EndReason::kGoalReached);
}

TEST(VectorEnv, StatisticsComeWithTheLastStepAndLeaveTheResetStepOut) {
  const EpisodeStatistics expected{
      .episode_return = 2.0, .length = 2, .elapsed_ms = 2000};
  VectorEnv next = make(1, 1, AutoresetMode::kNextStep, 2);
  EnvBatch batch(next);
  next.reset(1, {}, batch.view());
  for (int episode = 0; episode < 3; ++episode) {
    next.step(waits(1), batch.view());
    EXPECT_FALSE(batch.infos_B[0].episode);
    next.step(waits(1), batch.view());
    EXPECT_EQ(batch.infos_B[0].episode, expected);
    next.step(waits(1), batch.view());  // resets
    EXPECT_FALSE(batch.infos_B[0].episode);
  }
  VectorEnv same = make(1, 1, AutoresetMode::kSameStep, 2);
  EnvBatch finals(same);
  same.reset(1, {}, finals.view());
  for (int i = 0; i < 4; ++i) same.step(waits(1), finals.view());
  EXPECT_EQ(finals.final_infos_B[0].episode, expected);
  EXPECT_FALSE(finals.infos_B[0].episode);
}

// ---- errors -------------------------------------------------------------------------

TEST(VectorEnv, WorkerExceptionsReachTheCallerAndTheOthersFinish) {
  VectorEnv envs = make(4, 2);
  EnvBatch batch(envs);
  envs.reset(seeds(4), {}, batch.view());
  std::vector<Action> actions = waits(4);
  actions[2] = Wait{13};
  try {
    envs.step(actions, batch.view());
    FAIL();
  } catch (const DataError& e) {
    EXPECT_STREQ(e.what(), "environment 2 (seed 2, episode 1): out of luck");
  }
  EXPECT_EQ(batch.rewards_B, (std::vector<float>{1, 1, 0, 1}));
}

TEST(VectorEnv, ErrorsGoToTheirRowsWhereAskedFor) {
  VectorEnv envs = make(4, 2);
  EnvBatch batch(envs);
  std::vector<std::exception_ptr> errors_B(4);
  BatchView view = batch.view();
  view.errors_B = errors_B;
  const auto told = [&](int row) {
    return error_of([&] { rethrow_with("row", errors_B[std::size_t(row)]); });
  };
  std::vector<ResetOptions> options(4);
  options[1].task_id = "unknown";
  envs.reset(seeds(4), options, view);
  EXPECT_EQ(told(1), "row: unknown task 'unknown'");
  EXPECT_EQ(errors_B[0], nullptr);
  envs.reset(seeds(4), {}, view);
  EXPECT_EQ(errors_B[1], nullptr);  // it does not remember
  std::vector<Action> actions = waits(4);
  actions[0] = actions[2] = Wait{13};
  envs.step(actions, view, std::vector<std::uint8_t>{1, 1, 1, 0});
  EXPECT_EQ(told(0), "row: out of luck");
  EXPECT_EQ(told(2), "row: out of luck");
  EXPECT_EQ(errors_B[1], nullptr);
  EXPECT_EQ(batch.rewards_B, (std::vector<float>{0, 1, 0, 0}));
  envs.restore(2, Snapshot(), view);
  EXPECT_EQ(told(2), "row: not a counting environment's snapshot");
}

TEST(VectorEnv, CallReachesTheNamedRowsOnTheThreads) {
  for (const int threads : {1, 3}) {
    VectorEnv envs = make(5, threads);
    EnvBatch batch(envs);
    envs.reset(seeds(5), {}, batch.view());
    std::vector<Env*> called(5);
    envs.call(std::vector<int>{4, 0, 2},
              [&](int row, Env& env) { called[std::size_t(row)] = &env; });
    for (int row = 0; row < 5; ++row)
      EXPECT_EQ(called[std::size_t(row)], row % 2 == 0 ? &envs.env(row) : nullptr);
  }
}

TEST(VectorEnv, WhatACallThrowsReachesTheCallerOrItsRow) {
  VectorEnv envs = make(3, 2);
  EnvBatch batch(envs);
  envs.reset(seeds(3), {}, batch.view());
  const std::vector<int> rows = {0, 1, 2};
  const auto fail = [](int row, Env&) {
    if (row > 0) throw DataError(row == 1 ? "one" : "two");
  };
  EXPECT_EQ(error_of([&] { envs.call(rows, fail); }),
            "environment 1 (seed 1, episode 1): one");
  std::vector<std::exception_ptr> errors_B(3);
  envs.call(rows, fail, errors_B);
  EXPECT_EQ(errors_B[0], nullptr);
  EXPECT_EQ(error_of([&] { rethrow_with("row", errors_B[2]); }), "row: two");
  EXPECT_EQ(error_of([&] { envs.call(std::vector<int>{3}, fail); }),
            "there is no row 3 (rows: 0 to 2)");
  EXPECT_EQ(error_of([&] { envs.call(rows, fail, std::span(errors_B).first(1)); }),
            "errors_B has 1 rows, but there are 3 environments");
}

TEST(VectorEnv, AnythingThrownReachesTheCaller) {
  struct ThrowsANumber : CountingEnv {
    using CountingEnv::CountingEnv;
    StepResult do_step(const Action&) override { throw 7; }
  };
  VectorEnv envs([](int) { return std::make_unique<ThrowsANumber>(3); },
                 {.num_envs = 2, .num_threads = 2});
  EnvBatch batch(envs);
  envs.reset({}, {}, batch.view());
  EXPECT_EQ(error_of([&] { envs.step(waits(2), batch.view()); }),
            "environment 0: threw something that is no std::exception");
}

TEST(VectorEnv, AResetThatFailsInAutoresetIsTriedAgain) {
  VectorEnv envs = make(2, 1);
  EnvBatch batch(envs);
  const std::vector<ResetOptions> options{{}, {.task_id = "unknown"}};
  EXPECT_EQ(error_of([&] { envs.reset(1, options, batch.view()); }),
            "environment 1 (seed 2, episode 1): unknown task 'unknown'");
  envs.reset_where(std::vector<std::uint8_t>{0, 1}, 1, {}, batch.view());
  envs.step(waits(2), batch.view());
  EXPECT_EQ(batch.rewards_B, (std::vector<float>{1, 1}));
}

TEST(VectorEnv, SpansOfAWrongLengthAreNamed) {
  VectorEnv envs = make(2, 1);
  EnvBatch batch(envs);
  const auto view = batch.view();
  EXPECT_EQ(error_of([&] { envs.reset(seeds(3), {}, view); }),
            "seeds_B has 3 rows, but there are 2 environments");
  EXPECT_EQ(error_of([&] { envs.reset(1, std::vector<ResetOptions>(1), view); }),
            "options_B has 1 rows, but there are 2 environments");
  EXPECT_EQ(error_of([&] {
              envs.reset_where(std::vector<std::uint8_t>(3, 1), {}, {}, view);
            }),
            "mask_B has 3 rows, but there are 2 environments");
  envs.reset(1, {}, view);
  EXPECT_EQ(error_of([&] { envs.step(waits(1), view); }),
            "actions_B has 1 rows, but there are 2 environments");
  EXPECT_EQ(error_of([&] { envs.step(waits(2), view, std::vector<std::uint8_t>(1)); }),
            "mask_B has 1 rows, but there are 2 environments");
  BatchView narrow = view;
  narrow.rewards_B = narrow.rewards_B.first(1);
  EXPECT_EQ(error_of([&] { envs.step(waits(2), narrow); }),
            "rewards_B has 1 rows, but there are 2 environments");
  narrow = view;
  narrow.screens_BHWC = narrow.screens_BHWC.first(5);
  EXPECT_EQ(error_of([&] { envs.step(waits(2), narrow); }),
            "screens_BHWC has 5 bytes, but 2 environments of Box(0, 255, (1, 1, 3), "
            "uint8) need 6");
  EXPECT_EQ(batch.rewards_B, (std::vector<float>{0, 0}));  // nothing was stepped
}

TEST(VectorEnv, AScreenOfAnotherSizeIsRefusedNotMisplaced) {
  struct Wider : CountingEnv {
    using CountingEnv::CountingEnv;
    StepResult do_step(const Action& action) override {
      StepResult result = CountingEnv::do_step(action);
      wide_.resize(6);
      result.observation.screen = {wide_, 1, 2};
      return result;
    }
    std::vector<std::uint8_t> wide_;
  };
  VectorEnv envs([](int) { return std::make_unique<Wider>(3); },
                 {.num_envs = 1, .num_threads = 1});
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  EXPECT_EQ(error_of([&] { envs.step(waits(1), batch.view()); }),
            "environment 0 (seed 1, episode 1): its screen is 2x1, but the batch holds "
            "1x1: all rows of one pool have one size");
}

TEST(VectorEnv, ConfigurationsThatCannotBeAreNamed) {
  const auto with = [](VectorEnvConfig config) {
    return error_of([&] {
      VectorEnv([](int) { return std::make_unique<CountingEnv>(3); }, config);
    });
  };
  EXPECT_EQ(with({.num_envs = 0}), "num_envs must be at least 1, not 0");
  EXPECT_EQ(with({.num_threads = -1}), "num_threads must be 0 or more, not -1");
  EXPECT_EQ(with({.num_envs = 4, .batch_size = 5}),
            "batch_size must be 0 to num_envs (4), not 5");
  EXPECT_EQ(with({.max_episode_steps = -1}),
            "max_episode_steps must be 0 or more, not -1");
  EXPECT_EQ(error_of([] {
              VectorEnv([](int) { return std::unique_ptr<Env>(); }, {.num_envs = 1});
            }),
            "the factory made no environment 0");
}

TEST(VectorEnv, AfterCloseEveryCallIsRefusedAndCloseMayBeRepeated) {
  VectorEnv envs = make(2, 2);
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  envs.close();
  envs.close();
  EXPECT_TRUE(envs.closed());
  EXPECT_EQ(envs.num_envs(), 2);
  EXPECT_EQ(error_of([&] { envs.step(waits(2), batch.view()); }),
            "step() needs an open vector environment: close() was called");
  EXPECT_EQ(error_of([&] { envs.reset(1, {}, batch.view()); }),
            "reset() needs an open vector environment: close() was called");
  EXPECT_EQ(error_of([&] { envs.send({}, {}, batch.view()); }),
            "send() needs an open vector environment: close() was called");
  EXPECT_EQ(error_of([&] { envs.recv(); }),
            "recv() needs an open vector environment: close() was called");
  EXPECT_EQ(error_of([&] { (void)envs.snapshot(0); }),
            "snapshot() needs an open vector environment: close() was called");
}

// ---- snapshots ------------------------------------------------------------------------

TEST(VectorEnv, ForkedRowsGoOnAsTheirOriginalDoes) {
  VectorEnv envs = make(4, 2, AutoresetMode::kNextStep, 3);
  EnvBatch batch(envs);
  envs.reset(9, {}, batch.view());
  envs.step(waits(4), batch.view());
  envs.fork(1, std::vector<int>{0, 3}, batch.view());
  EXPECT_EQ(pixel(batch, 0), pixel(batch, 1));
  EXPECT_EQ(batch.rewards_B, (std::vector<float>{0, 1, 1, 0}));
  for (int i = 0; i < 8; ++i) {  // into the next episodes too: the stream was copied
    envs.step(waits(4), batch.view());
    EXPECT_EQ(pixel(batch, 0), pixel(batch, 1));
    EXPECT_EQ(pixel(batch, 3), pixel(batch, 1));
    EXPECT_EQ(batch.terminations_B[0], batch.terminations_B[1]);
  }
}

TEST(VectorEnv, SnapshotsGoIntoAnyRowOfAnyPoolAndKeepTheStatistics) {
  VectorEnv one = make(2, 1), other = make(3, 2);
  EnvBatch batch(one), others(other);
  one.reset(9, {}, batch.view());
  one.step(waits(2), batch.view());
  const Snapshot snapshot = one.snapshot(1);
  other.reset(100, {}, others.view());
  other.restore(2, snapshot, others.view());
  EXPECT_EQ(pixel(others, 2), pixel(batch, 1));
  other.step(waits(3), others.view());
  other.step(waits(3), others.view());
  EXPECT_EQ(others.terminations_B, (std::vector<std::uint8_t>{0, 0, 1}));
  EXPECT_EQ(others.infos_B[2].episode->length, 3);
}

TEST(VectorEnv, AnEndedEpisodesSnapshotIsResetNextInNextStepMode) {
  VectorEnv envs = make(2, 1, AutoresetMode::kNextStep, 1);
  EnvBatch batch(envs);
  envs.reset(9, {}, batch.view());
  envs.step(waits(2), batch.view(), std::vector<std::uint8_t>{1, 0});
  envs.fork(0, std::vector<int>{1}, batch.view());
  envs.step(waits(2), batch.view());
  EXPECT_EQ(batch.rewards_B, (std::vector<float>{0, 0}));
  EXPECT_EQ(pixel(batch, 0), pixel(batch, 1));
}

TEST(VectorEnv, WhatCannotBeCopiedSaysSo) {
  struct Plain : Env {
    const BoxSpace& observation_space() const override { return box_; }
    const ActionSpace& action_space() const override { return actions_; }
    ResetResult do_reset(Rng, const ResetOptions&) override { return {}; }
    StepResult do_step(const Action&) override { return {}; }
    BoxSpace box_{1, 1, 3};
    ActionSpace actions_{1, 1, {}};
  };
  VectorEnv envs([](int) { return std::make_unique<Plain>(); }, {.num_envs = 1});
  EXPECT_EQ(error_of([&] { (void)envs.snapshot(0); }),
            "it cannot be copied: only simulated phones have snapshots");
  VectorEnv counting = make(2, 1);
  EXPECT_EQ(error_of([&] { counting.restore(0, Snapshot(), {}); }),
            "environment 0: not a counting environment's snapshot");
  EXPECT_EQ(error_of([&] { counting.restore(2, Snapshot(), {}); }),
            "there is no row 2 (rows: 0 to 1)");
  EXPECT_EQ(error_of([&] { counting.fork(0, std::vector<int>{1, 1}, {}); }),
            "row 1 is named twice");
}

TEST(Env, AnExplicitSeedRestartsTheStreamAndNoneContinuesIt) {
  CountingEnv a(5), b(5);
  const auto first = [](CountingEnv& env, std::optional<std::uint64_t> seed) {
    return int(env.reset(seed).observation.screen.pixels_HWC[0]);
  };
  const int a1 = first(a, 4), a2 = first(a, std::nullopt), a3 = first(a, std::nullopt);
  EXPECT_EQ(first(b, 4), a1);
  EXPECT_EQ(first(b, std::nullopt), a2);
  EXPECT_EQ(first(b, std::nullopt), a3);
  EXPECT_FALSE(a1 == a2 && a2 == a3);
}

}  // namespace
}  // namespace paperphone

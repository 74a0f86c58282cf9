// send() and recv(): the same results as step(), in whatever order they come.
#include <gtest/gtest.h>

#include <numeric>
#include <set>

#include "env/vector_env.h"
#include "tests/env/counting_env.h"

namespace paperphone {
namespace {

using testing::CountingEnv;
using testing::error_of;

VectorEnv make(int envs, int threads, int batch_size,
               AutoresetMode mode = AutoresetMode::kDisabled, int length = 3) {
  return VectorEnv([=](int) { return std::make_unique<CountingEnv>(length); },
                   {.num_envs = envs,
                    .num_threads = threads,
                    .autoreset_mode = mode,
                    .batch_size = batch_size});
}

std::vector<int> all_rows(int n) {
  std::vector<int> rows(n);
  std::iota(rows.begin(), rows.end(), 0);
  return rows;
}

std::vector<Action> waits(std::size_t n, double seconds = 1) {
  return std::vector<Action>(n, Wait{seconds});
}

// All that `steps` steps of each row give, row by row.
std::vector<std::vector<int>> sync_walk(AutoresetMode mode, int num_envs, int steps) {
  VectorEnv envs = make(num_envs, 1, 0, mode);
  EnvBatch batch(envs);
  std::vector<std::vector<int>> seen(num_envs);
  const auto note = [&](int row) {
    seen[row].insert(seen[row].end(),
                     {batch.screens_BHWC[3 * row], int(batch.rewards_B[row]),
                      batch.terminations_B[row], batch.truncations_B[row]});
  };
  envs.reset(20, {}, batch.view());
  for (int row = 0; row < num_envs; ++row) note(row);
  for (int t = 0; t < steps; ++t) {
    envs.step(waits(num_envs), batch.view());
    for (int row = 0; row < num_envs; ++row) note(row);
  }
  return seen;
}

std::vector<std::vector<int>> async_walk(AutoresetMode mode, int num_envs, int steps,
                                         int threads, int batch_size) {
  VectorEnv envs = make(num_envs, threads, batch_size, mode);
  EnvBatch batch(envs);
  std::vector<std::vector<int>> seen(num_envs);
  std::vector<int> taken(num_envs, -1);
  envs.send_reset(all_rows(num_envs), 20, {}, batch.view());
  while (envs.num_in_flight() > 0) {
    std::vector<int> again;
    const auto rows = envs.recv();
    EXPECT_LE(rows.size(), std::size_t(envs.batch_size()));
    for (const int row : rows) {
      seen[row].insert(seen[row].end(),
                       {batch.screens_BHWC[3 * row], int(batch.rewards_B[row]),
                        batch.terminations_B[row], batch.truncations_B[row]});
      if (++taken[row] < steps) again.push_back(row);
    }
    envs.send(again, waits(again.size()), batch.view());
  }
  return seen;
}

TEST(VectorAsync, RowsGoThroughTheSameAsInSyncMode) {
  for (const auto mode : {AutoresetMode::kNextStep, AutoresetMode::kSameStep}) {
    const auto expected = sync_walk(mode, 6, 20);
    for (const int threads : {1, 2, 3, 8})
      for (const int batch_size : {6, 3, 1})
        EXPECT_EQ(async_walk(mode, 6, 20, threads, batch_size), expected)
            << threads << " threads, batch size " << batch_size;
  }
}

TEST(VectorAsync, RecvNamesTheFirstRowsAndDoesNotWaitForTheSlowOne) {
  VectorEnv envs = make(3, 2, 2);
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  envs.send(all_rows(3), std::vector<Action>{Wait{0.3}, Wait{1}, Wait{1}}, batch.view());
  EXPECT_EQ(envs.num_in_flight(), 3);
  const auto first = envs.recv();
  EXPECT_EQ(std::set<int>(first.begin(), first.end()), (std::set<int>{1, 2}));
  EXPECT_EQ(envs.num_in_flight(), 1);
  EXPECT_EQ(envs.recv()[0], 0);  // fewer than batch_size: all that are left
  EXPECT_EQ(batch.rewards_B, (std::vector<float>{1, 1, 1}));
}

TEST(VectorAsync, AnExceptionNamesItsRowAndLosesNoOther) {
  VectorEnv envs = make(3, 1, 3);
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  envs.send(all_rows(3), std::vector<Action>{Wait{1}, Wait{13}, Wait{1}}, batch.view());
  EXPECT_EQ(error_of([&] { envs.recv(); }),
            "environment 1 (seed 2, episode 1): out of luck");
  EXPECT_EQ(envs.num_in_flight(), 2);
  const auto rows = envs.recv();
  EXPECT_EQ(std::set<int>(rows.begin(), rows.end()), (std::set<int>{0, 2}));
  envs.step(waits(3), batch.view());  // all three go on
}

TEST(VectorAsync, AnExceptionGoesToItsRowWhereAskedFor) {
  VectorEnv envs = make(3, 2, 3);
  EnvBatch batch(envs);
  std::vector<std::exception_ptr> errors_B(3);
  BatchView view = batch.view();
  view.errors_B = errors_B;
  envs.reset(1, {}, view);
  envs.send(all_rows(3), std::vector<Action>{Wait{1}, Wait{13}, Wait{1}}, view);
  EXPECT_EQ(envs.recv().size(), 3u);
  EXPECT_EQ(error_of([&] { rethrow_with("row", errors_B[1]); }), "row: out of luck");
  EXPECT_EQ(errors_B[0], nullptr);
  EXPECT_EQ(errors_B[2], nullptr);
}

TEST(VectorAsync, MisuseIsNamed) {
  VectorEnv envs = make(2, 2, 1);
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  EXPECT_EQ(error_of([&] { envs.recv(); }),
            "recv() waits for rows in flight, but none is: send() them first");
  EXPECT_EQ(error_of([&] { envs.send(std::vector<int>{2}, waits(1), batch.view()); }),
            "there is no row 2 (rows: 0 to 1)");
  EXPECT_EQ(error_of([&] { envs.send(std::vector<int>{0}, waits(2), batch.view()); }),
            "send() was given 2 actions for 1 rows");
  EXPECT_EQ(error_of([&] { envs.send(std::vector<int>{1, 1}, waits(2), batch.view()); }),
            "row 1 is named twice");
  envs.send(std::vector<int>{0}, waits(1), batch.view());
  EXPECT_EQ(error_of([&] { envs.send(std::vector<int>{0}, waits(1), batch.view()); }),
            "row 0 is in flight already: recv() it first");
  EXPECT_EQ(error_of([&] { envs.step(waits(2), batch.view()); }),
            "step() cannot be called while 1 rows are in flight: recv() them first");
  EXPECT_EQ(error_of([&] { envs.reset(1, {}, batch.view()); }),
            "reset() cannot be called while 1 rows are in flight: recv() them first");
  EXPECT_EQ(error_of([&] { (void)envs.snapshot(0); }),
            "row 0 is in flight already: recv() it first");
  EXPECT_EQ(error_of([&] { (void)envs.env(0); }),
            "row 0 is in flight already: recv() it first");
  (void)envs.snapshot(1);  // that one is not
  EXPECT_EQ(envs.recv().size(), 1u);
}

TEST(VectorAsync, CloseWithWorkInFlightReturns) {
  for (const int threads : {1, 2}) {
    VectorEnv envs = make(8, threads, 1);
    EnvBatch batch(envs);
    envs.reset(1, {}, batch.view());
    envs.send(all_rows(8), waits(8, 0.02), batch.view());
    envs.close();
    envs.close();
    EXPECT_EQ(error_of([&] { envs.recv(); }),
              "recv() needs an open vector environment: close() was called");
  }
  EnvBatch batch(4, {.height = 1, .width = 1});  // outlives the rows in flight
  VectorEnv dropped = make(4, 2, 1);             // the destructor closes too
  dropped.reset(1, {}, batch.view());
  dropped.send(all_rows(4), waits(4, 0.02), batch.view());
}

TEST(VectorAsync, CloseWakesAWaitingRecv) {
  VectorEnv envs = make(2, 1, 2);
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  envs.send(all_rows(2), waits(2, 0.2), batch.view());
  std::thread closer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    envs.close();
  });
  EXPECT_EQ(error_of([&] { envs.recv(); }), "recv() was waiting when close() was called");
  closer.join();
}

}  // namespace
}  // namespace paperphone

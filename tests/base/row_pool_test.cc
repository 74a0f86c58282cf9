#include "env/base/host/row_pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace paperphone {
namespace {

TEST(RowPool, CallsEveryNumberOnce) {
  for (const int threads : {1, 2, 3, 8}) {
    RowPool pool(threads);
    for (const int count : {0, 1, 2, 7, 32, 33}) {
      std::vector<std::atomic<int>> calls(std::size_t(count) + 1);
      pool.run(count, [&](int i) { ++calls[std::size_t(i)]; });
      for (int i = 0; i < count; ++i)
        EXPECT_EQ(calls[std::size_t(i)], 1) << threads << " threads, " << i << "/" << count;
    }
  }
}

TEST(RowPool, AThreadTakesOverWhatAnotherIsLateWith) {
  RowPool pool(2);
  std::mutex mutex;
  std::map<std::thread::id, int> calls;
  std::condition_variable changed;
  int begun = 0;
  // Number 0 returns only when all others have begun: the other thread must take them.
  pool.run(8, [&](int i) {
    std::unique_lock lock(mutex);
    ++calls[std::this_thread::get_id()];
    ++begun;
    changed.notify_all();
    changed.wait(lock, [&] { return calls.size() == 2; });
    if (i == 0) changed.wait(lock, [&] { return begun == 8; });
  });
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(std::min(calls.begin()->second, calls.rbegin()->second), 1);
}

TEST(RowPool, ARowStaysWithItsThread) {
  RowPool pool(2);
  std::vector<std::thread::id> first(8), second(8);
  for (auto* seen : {&first, &second}) {
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::thread::id, int> calls;
    pool.run(8, [&](int i) {
      (*seen)[std::size_t(i)] = std::this_thread::get_id();
      // Both are as fast as each other: neither begins its next before the other's.
      std::unique_lock lock(mutex);
      const int mine = ++calls[std::this_thread::get_id()];
      changed.notify_all();
      changed.wait(lock, [&] {
        return calls.size() == 2 && calls.begin()->second >= mine &&
               calls.rbegin()->second >= mine;
      });
    });
  }
  EXPECT_EQ(first, second);
}

TEST(RowPool, QueuedRowsComeBackOneByOne) {
  RowPool pool(3);
  std::atomic<int> sum{0};
  const RowPool::Job job = [&](int row) { sum += row; };
  const std::vector<int> rows{4, 1, 7};
  pool.start(rows, job);
  std::vector<int> back;
  for (std::size_t i = 0; i < rows.size(); ++i) back.push_back(*pool.wait_for_one());
  std::sort(back.begin(), back.end());
  EXPECT_EQ(back, (std::vector<int>{1, 4, 7}));
  EXPECT_EQ(sum, 12);
  pool.run(5, job);  // with the thread that start() added
  EXPECT_EQ(sum, 22);
}

}  // namespace
}  // namespace paperphone

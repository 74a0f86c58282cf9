#include "env/base/host/parallel.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace paperphone {
namespace {

TEST(ParallelFor, CallsEachIndexOnceWhateverTheThreads) {
  for (const int threads : {0, 1, 2, 3, 8, 100}) {
    std::vector<std::atomic<int>> calls(50);
    std::atomic<int> wrong = 0;
    parallel_for(50, threads, [&](int worker, int index) {
      if (worker < 0 || worker >= std::max(threads, 1)) ++wrong;
      ++calls[std::size_t(index)];
    });
    for (const auto& n : calls) EXPECT_EQ(n, 1);
    EXPECT_EQ(wrong, 0);
  }
}

TEST(ParallelFor, DoesNothingWithoutItems) {
  parallel_for(0, 4, [](int, int) { FAIL(); });
}

TEST(ParallelFor, RethrowsAnErrorAndBeginsNothingMore) {
  std::atomic<int> calls = 0;
  EXPECT_THROW(parallel_for(100000, 2,
                            [&](int, int index) {
                              ++calls;
                              if (index == 3) throw std::runtime_error("three");
                            }),
               std::runtime_error);
  EXPECT_LT(calls, 100000);
}

}  // namespace
}  // namespace paperphone

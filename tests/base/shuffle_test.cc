#include "env/base/shuffle.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace paperphone {
namespace {

TEST(Shuffle, EveryEpochVisitsEachItemOnce) {
  for (std::size_t n : {1u, 2u, 3u, 7u, 16u, 100u}) {
    for (std::int64_t epoch = 0; epoch < 3; ++epoch) {
      std::set<std::size_t> seen;
      for (std::size_t i = 0; i < n; ++i)
        seen.insert(shuffled_index(Rng(5), n, epoch * std::int64_t(n) + std::int64_t(i)));
      EXPECT_EQ(seen.size(), n);
      EXPECT_LT(*seen.rbegin(), n);
    }
  }
}

TEST(Shuffle, EpochsDifferAndSeedsDiffer) {
  const auto order = [](std::uint64_t seed, std::int64_t epoch) {
    std::vector<std::size_t> out;
    for (std::int64_t i = 0; i < 50; ++i)
      out.push_back(shuffled_index(Rng(seed), 50, epoch * 50 + i));
    return out;
  };
  EXPECT_EQ(order(1, 0), order(1, 0));
  EXPECT_NE(order(1, 0), order(1, 1));
  EXPECT_NE(order(1, 0), order(2, 0));
}

}  // namespace
}  // namespace paperphone

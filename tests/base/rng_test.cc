#include "env/base/rng.h"

#include <gtest/gtest.h>

#include <set>

#include "env/base/hash.h"

namespace paperphone {
namespace {

TEST(Rng, KeepsItsSequenceForEver) {
  Rng rng(0);
  // Trajectories are stored as seeds: a change here would orphan them all.
  EXPECT_EQ(rng.next(), 12035550249420947055ull);
  EXPECT_EQ(Rng(7).fork("task").next(), 17874810968418511204ull);
}

TEST(Rng, SeedZeroIsASeedLikeAnyOther) {
  std::set<std::uint64_t> firsts;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) firsts.insert(Rng(seed).next());
  EXPECT_EQ(firsts.size(), 1000u);
}

TEST(Rng, ForksByNameAndDoesNotMoveTheParent) {
  Rng a(7), b(7);
  Rng task = a.fork("task");
  task.next();
  EXPECT_EQ(a.next(), b.next());
  EXPECT_NE(Rng(7).fork("task").next(), Rng(7).fork("ads").next());
  EXPECT_NE(Rng(7).fork(0).next(), Rng(7).fork(1).next());
}

TEST(Rng, BelowIsUniform) {
  Rng rng(3);
  int counts[7] = {};
  for (int i = 0; i < 70000; ++i) ++counts[rng.below(7)];
  for (const int count : counts) EXPECT_NEAR(count, 10000, 500);
}

TEST(Rng, BetweenIncludesBothEnds) {
  Rng rng(3);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(rng.between(-2, 2));
  EXPECT_EQ(seen, (std::set<std::int64_t>{-2, -1, 0, 1, 2}));
}

TEST(Rng, ContinuesFromItsState) {
  Rng rng(9);
  rng.next();
  Rng copy = Rng::from_state(rng.key(), rng.counter());
  EXPECT_EQ(rng.next(), copy.next());
}

TEST(Hash, KeepsItsValuesForEver) {
  EXPECT_EQ(hash_bytes(std::string_view("paperphone")).hex(),
            "5cc45ae7898d362f149cb3258c7c4345");
  EXPECT_NE(Hasher().add("ab").add("c").finish(), Hasher().add("a").add("bc").finish());
}

}  // namespace
}  // namespace paperphone

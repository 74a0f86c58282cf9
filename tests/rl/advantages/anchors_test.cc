#include "rl/advantages/anchors.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

const Hash128 kA = {.high = 1, .low = 0};
const Hash128 kB = {.high = 0, .low = 1};
const Hash128 kC = {.high = 1, .low = 1};

TEST(Anchors, ClusterInTheOrderOfTheirFirstMembers) {
  const std::vector<std::vector<Hash128>> anchors = {{kC, kA}, {}, {kA, kB, kA}};
  const auto clusters = anchor_clusters(anchors);
  ASSERT_EQ(clusters.size(), 3u);
  EXPECT_EQ(clusters[0], (AnchorCluster{{0, 0}}));
  EXPECT_EQ(clusters[1], (AnchorCluster{{0, 1}, {2, 0}, {2, 2}}));
  EXPECT_EQ(clusters[2], (AnchorCluster{{2, 1}}));
}

TEST(Anchors, CountWhatCanBeCompared) {
  const std::vector<std::vector<Hash128>> anchors = {{kC, kA}, {}, {kA, kB, kA}};
  AnchorCounts counts = count_anchors(anchor_clusters(anchors));
  EXPECT_EQ(counts.turns, 5);
  EXPECT_EQ(counts.anchors, 3);
  EXPECT_EQ(counts.repeated_anchors, 1);
  EXPECT_EQ(counts.turns_at_repeated, 3);
  counts.add(counts);
  EXPECT_EQ(counts.turns, 10);
  EXPECT_EQ(counts.repeated_anchors, 2);
}

TEST(Anchors, OfNoTurnsAreNone) {
  const std::vector<std::vector<Hash128>> anchors = {{}, {}};
  EXPECT_TRUE(anchor_clusters(anchors).empty());
  EXPECT_EQ(count_anchors({}).anchors, 0);
}

}  // namespace
}  // namespace paperphone::rl

#include "rl/selection/success_replay.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace paperphone::rl {
namespace {

using Rewards = std::vector<float>;

TEST(SuccessReplay, ReplacesTheFirstOfAGroupThatFailed) {
  EXPECT_EQ(replay_for(Rewards{0, 0, 0, 0}, 1, Rng(1)), (Replay{0, 0}));
  EXPECT_EQ(replay_for(Rewards{0}, 1, Rng(1)), (Replay{0, 0}));
  // Deviation 0.02 / sqrt(2) and mean 0.11: still as good as failed.
  EXPECT_EQ(replay_for(Rewards{0.1f, 0.12f}, 1, Rng(1)), (Replay{0, 0}));
}

TEST(SuccessReplay, LeavesGroupsAloneThatTeachOrSucceed) {
  EXPECT_FALSE(replay_for(Rewards{0, 0, 0, 1}, 1, Rng(1)));  // spread 0.5
  EXPECT_FALSE(replay_for(Rewards{1, 1}, 1, Rng(1)));        // mean 1
  EXPECT_FALSE(replay_for(Rewards{0.25f, 0.25f}, 1, Rng(1)));
  EXPECT_FALSE(replay_for(Rewards{0, 0}, 0, Rng(1)));  // nothing is stored
  EXPECT_FALSE(replay_for(Rewards{}, 1, Rng(1)));
}

TEST(SuccessReplay, DrawsAmongWhatIsStored) {
  std::set<int> drawn;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const auto replay = replay_for(Rewards{0, 0}, 8, Rng(seed));
    EXPECT_EQ(replay, replay_for(Rewards{0, 0}, 8, Rng(seed)));
    drawn.insert(replay->stored);
  }
  EXPECT_EQ(drawn, (std::set<int>{0, 1, 2, 3, 4, 5, 6, 7}));
}

}  // namespace
}  // namespace paperphone::rl

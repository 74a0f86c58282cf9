#include "rl/rewards/inverse_dynamics.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

TEST(InverseDynamics, TakesPointsInTheSameElementForEqual) {
  const AcceptableAction taken = {Click{{50, 50}}, Rect{40, 40, 20, 20}, "app.button"};
  EXPECT_EQ(inverse_dynamics_reward(taken, Click{{41, 59}}), 1);
  EXPECT_EQ(inverse_dynamics_reward(taken, Click{{60, 50}}), 0);  // half-open
  EXPECT_EQ(inverse_dynamics_reward(taken, LongPress{{50, 50}}), 0);
}

TEST(InverseDynamics, WantsTheSameWayOfASwipe) {
  const AcceptableAction taken = {Swipe{{50, 90}, {50, 20}}, Rect{0, 0, 100, 100}, ""};
  EXPECT_EQ(inverse_dynamics_reward(taken, Swipe{{10, 80}, {20, 50}}), 1);
  EXPECT_EQ(inverse_dynamics_reward(taken, Swipe{{50, 20}, {50, 90}}), 0);
}

TEST(InverseDynamics, WantsTheSameArguments) {
  const AcceptableAction taken = {TypeText{"面条"}, {}, ""};
  EXPECT_EQ(inverse_dynamics_reward(taken, TypeText{"面条"}), 1);
  EXPECT_EQ(inverse_dynamics_reward(taken, TypeText{"面"}), 0);
}

}  // namespace
}  // namespace paperphone::rl

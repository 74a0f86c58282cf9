#include "env/advice.h"

#include <gtest/gtest.h>

namespace paperphone {
namespace {

Advice advice_of(Action action, Rect box = {}) {
  Advice advice;
  advice.actions.push_back({std::move(action), box, ""});
  return advice;
}

TEST(IsAcceptable, AnyPointOfTheBoxWillDo) {
  const Advice advice = advice_of(Click{{50, 50}}, {40, 40, 20, 20});
  EXPECT_TRUE(is_acceptable(advice, Click{{40, 40}}));
  EXPECT_TRUE(is_acceptable(advice, Click{{59, 59}}));
  EXPECT_FALSE(is_acceptable(advice, Click{{60, 50}}));  // half-open
  EXPECT_FALSE(is_acceptable(advice, LongPress{{50, 50}, 1}));
}

TEST(IsAcceptable, SwipesNeedTheStartBoxAndTheDirection) {
  const Advice advice = advice_of(Swipe{{50, 80}, {50, 20}}, {0, 0, 100, 100});
  EXPECT_TRUE(is_acceptable(advice, Swipe{{10, 90}, {20, 30}}));
  EXPECT_FALSE(is_acceptable(advice, Swipe{{10, 30}, {10, 90}}));
  EXPECT_FALSE(is_acceptable(advice, Swipe{{10, 90}, {99, 80}}));
  EXPECT_FALSE(is_acceptable(advice, Swipe{{150, 90}, {150, 30}}));
  EXPECT_FALSE(is_acceptable(advice, Swipe{{10, 10}, {10, 10}}));
}

TEST(IsAcceptable, OtherActionsMatchExactly) {
  EXPECT_TRUE(is_acceptable(advice_of(TypeText{"你好"}), TypeText{"你好"}));
  EXPECT_FALSE(is_acceptable(advice_of(TypeText{"你好"}), TypeText{"你好 "}));
  EXPECT_TRUE(is_acceptable(advice_of(Wait{1}), Wait{3}));
  EXPECT_FALSE(is_acceptable(Advice{}, Wait{1}));
}

}  // namespace
}  // namespace paperphone

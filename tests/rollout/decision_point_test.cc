#include "rl/rollout/decision_point.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/phone_data.h"

namespace paperphone::rl {

using agent::PolicyInput;

namespace {

std::vector<DecisionPoint> collect(int other_tasks, int threads) {
  const Phones phones(testing::with_pixels(), {.app_ids = {"settings"}});
  return collect_decision_points(phones, {.seed = 3,
                                          .stream = "test",
                                          .episodes = 4,
                                          .noise = 0.2,
                                          .other_tasks = other_tasks,
                                          .threads = threads});
}

TEST(DecisionPoints, OtherTasksShareScreenAndHistoryAndHaveAdviceOfTheirOwn) {
  const auto plain = collect(0, 1);
  const auto asked = collect(3, 1);
  ASSERT_GT(plain.size(), 4u);
  EXPECT_GT(asked.size(), 3 * plain.size());
  std::set<std::string> instructions;
  std::size_t own = 0;  // points of the episodes' tasks: as without other tasks
  const DecisionPoint* last = nullptr;
  for (const DecisionPoint& point : asked) {
    EXPECT_FALSE(point.advice.actions.empty());
    instructions.insert(point.instruction);
    if (!point.other) {
      ASSERT_LT(own, plain.size());
      EXPECT_EQ(point.instruction, plain[own].instruction);
      EXPECT_EQ(point.advice.sentence, plain[own].advice.sentence);
      ++own;
      last = &point;
    } else {
      ASSERT_NE(last, nullptr);
      EXPECT_EQ(point.screen, last->screen);
      EXPECT_EQ(point.history.size(), last->history.size());
    }
  }
  EXPECT_EQ(own, plain.size());
  EXPECT_GT(instructions.size(), 8u);
}

TEST(DecisionPoints, AreTheSameForAnyNumberOfThreads) {
  const auto one = collect(2, 1), two = collect(2, 2);
  ASSERT_EQ(one.size(), two.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].instruction, two[i].instruction);
    EXPECT_EQ(one[i].advice.sentence, two[i].advice.sentence);
    EXPECT_EQ(one[i].screen->pixels_HWC(), two[i].screen->pixels_HWC());
  }
}

TEST(DecisionPoints, InputsShowTheScreenThatWasKept) {
  const auto points = collect(0, 1);
  ScreenPixels pixels;
  const agent::PolicyInput input = points[0].input(7, pixels);
  EXPECT_EQ(input.screen.width, 360);
  EXPECT_EQ(input.screen.height, 800);
  EXPECT_EQ(pixels.bytes[0].size(), 360u * 800u * 3u);
  EXPECT_EQ(input.screen.pixels_HWC.data(), pixels.bytes[0].data());
  EXPECT_EQ(input.seed, 7u);
}

}  // namespace
}  // namespace paperphone::rl

#include "rl/rollout/exploration.h"

#include <gtest/gtest.h>

#include <map>

#include "agent/text/response.h"
#include "rl/rollout/builtin_policy.h"

namespace paperphone::rl {

using agent::parse_response;
using agent::PolicyOutput;
using agent::Response;
using agent::ThoughtStyle;
using layout::Frame;
using layout::Node;
using sim::Target;

namespace {

constexpr int kTurns = 2000;

Frame two_buttons() {
  Frame frame;
  Node node;
  node.rect = {10, 20, 40, 20};
  node.text = "付款";
  node.target.where = Target::Where::kWidget;
  frame.nodes.push_back(node);
  node.rect = {100, 200, 20, 20};
  node.text = "";
  frame.nodes.push_back(node);
  node.target.where = Target::Where::kNone;  // a text that cannot be touched
  node.text = "标题";
  frame.nodes.push_back(node);
  return frame;
}

TEST(WrongTurn, TouchesWhatCanBeTouchedThreeTimesInFour) {
  const BoxSpace screen{.height = 1600, .width = 720};
  Rng rng(1);
  std::map<std::string, int> kinds;
  for (int i = 0; i < kTurns; ++i) {
    const WrongTurn turn = wrong_turn(two_buttons(), screen, rng);
    ++kinds[std::string(action_name(turn.action))];
    EXPECT_FALSE(turn.sentence.empty());
    const auto* click = std::get_if<Click>(&turn.action);
    if (click == nullptr) continue;
    // In pixels: twice the dp.
    EXPECT_TRUE(click->point == (Point{60, 60}) || click->point == (Point{220, 420}));
    EXPECT_EQ(turn.sentence, click->point.x == 60 ? "点击“付款”" : "点击屏幕");
  }
  EXPECT_NEAR(kinds["click"], 0.75 * kTurns, 0.05 * kTurns);
  EXPECT_NEAR(kinds["swipe"], 0.12 * kTurns, 0.04 * kTurns);
  EXPECT_NEAR(kinds["system_button"], 0.13 * kTurns, 0.04 * kTurns);
  EXPECT_EQ(kinds.size(), 3u);  // none ends an episode
}

TEST(WrongTurn, WaitsWhereNothingCanBeTouched) {
  Rng rng(1);
  std::map<std::string, int> kinds;
  for (int i = 0; i < 100; ++i)
    ++kinds[std::string(
        action_name(wrong_turn({}, {.height = 800, .width = 360}, rng).action))];
  EXPECT_GT(kinds["wait"], 50);
  EXPECT_EQ(kinds["click"], 0);
}

TEST(WrongTurn, IsADecisionWithAWellFormedResponse) {
  const PolicyOutput output = as_decision({Click{{3, 4}}, "点击“付款”"});
  const Response response = parse_response(output.response, ThoughtStyle::kFull);
  EXPECT_TRUE(response.well_formed) << response.error;
  EXPECT_EQ(response.sentence, "点击“付款”");
  EXPECT_EQ(output.sentence, "点击“付款”");
  EXPECT_EQ(output.action, Action(Click{{3, 4}}));
}

// In another language the finger does the same.
TEST(WrongTurn, SpeaksAsTheExpertDoes) {
  const BoxSpace screen{.height = 800, .width = 360};
  Rng one(1), two(1);
  for (int i = 0; i < 100; ++i) {
    const WrongTurn chinese = wrong_turn(two_buttons(), screen, one);
    const WrongTurn english =
        wrong_turn(two_buttons(), screen, two, ThoughtLanguage::kEnglish);
    EXPECT_EQ(english.action, chinese.action);
    if (chinese.sentence == "点击“付款”") {
      EXPECT_EQ(english.sentence, "Tap “付款”");
    } else if (chinese.sentence == "返回上一页") {
      EXPECT_EQ(english.sentence, "Go back to the page before");
    }
  }
  const PolicyOutput output =
      as_decision({Wait{1.0}, "Wait for the page"}, ThoughtLanguage::kEnglish);
  EXPECT_EQ(parse_response(output.response, ThoughtStyle::kFull).thought, "A wrong turn.");
}

TEST(Exploration, StrikesAboutAsOftenAsAsked) {
  Exploration exploration(5);
  int strikes = 0;
  for (int i = 0; i < kTurns; ++i) strikes += exploration.strikes(0.15);
  EXPECT_NEAR(strikes, 0.15 * kTurns, 0.03 * kTurns);
  EXPECT_TRUE(exploration.strikes(1));
  EXPECT_FALSE(exploration.strikes(0));
}

TEST(Exploration, IsAStreamOfTheEpisodesSeed) {
  Exploration one(5), again(5), other(6);
  int different = 0;
  for (int i = 0; i < 50; ++i) {
    const Action action = one.turn(two_buttons(), {.height = 800, .width = 360}).action;
    EXPECT_EQ(again.turn(two_buttons(), {.height = 800, .width = 360}).action, action);
    different +=
        other.turn(two_buttons(), {.height = 800, .width = 360}).action != action;
  }
  EXPECT_GT(different, 5);
}

TEST(BuiltinPolicies, AreKnownByName) {
  for (const char* name : {"random", "expert", "noisy-expert", "noop", "give-up",
                           "succeed", "answer-yes", "answer-no", "answer-0", "answer-1"}) {
    const auto builtin = builtin_policy(name, 0.1);
    ASSERT_TRUE(builtin) << name;
    const auto policy = builtin->make({.width = 360, .height = 800});
    EXPECT_EQ(builtin->noise, name == std::string("noisy-expert") ? 0.1 : 0.0);
    EXPECT_EQ(policy->wants_advice(), std::string(name).ends_with("expert"));
  }
  EXPECT_FALSE(builtin_policy("runs/x", 0.1));
}

}  // namespace
}  // namespace paperphone::rl

#include "agent/policy.h"

#include <gtest/gtest.h>

#include "agent/text/response.h"

namespace paperphone::agent {
namespace {

ActionSpace space() {
  ActionSpace space;
  space.width = 360;
  space.height = 800;
  space.apps = {"信聊"};
  return space;
}

PolicyOutput act(Policy& policy, const Advice& advice, std::uint64_t seed) {
  PolicyInput input;
  input.instruction = "打开信聊";
  input.advice = &advice;
  input.seed = seed;
  return policy.act(std::span(&input, 1)).at(0);
}

Advice advice() {
  Advice advice;
  advice.actions = {{Click{{30, 60}}, {20, 50, 20, 20}, "launcher.icon"}};
  advice.thought = "在桌面";
  advice.sentence = "点击信聊";
  advice.distance = 2;
  return advice;
}

TEST(ExpertPolicy, WritesAWholeResponse) {
  const auto policy = make_expert_policy();
  EXPECT_TRUE(policy->wants_advice());
  const PolicyOutput output = act(*policy, advice(), 1);
  EXPECT_EQ(output.action, Action(Click{{30, 60}}));
  const Response response = parse_response(output.response, ThoughtStyle::kFull);
  EXPECT_TRUE(response.well_formed) << response.error;
  EXPECT_EQ(response.sentence, "点击信聊");
}

TEST(ExpertPolicy, WritesDownWhatNoNoteHoldsYet) {
  Advice with_facts = advice();
  with_facts.facts = {"版本号是3", "日期是5月2日"};
  const auto policy = make_expert_policy();
  EXPECT_EQ(act(*policy, with_facts, 1).note, "版本号是3; 日期是5月2日");
  std::vector<HistoryStep> history = {{"返回", Wait{1}}};
  history[0].note = "版本号是3";
  EXPECT_EQ(new_note(with_facts.facts, history), "日期是5月2日");
  history[0].note += "; 日期是5月2日";
  EXPECT_EQ(new_note(with_facts.facts, history), "");
}

TEST(RandomPolicy, DependsOnTheSeedOnly) {
  const auto policy = make_random_policy(space());
  EXPECT_EQ(act(*policy, advice(), 5).action, act(*policy, advice(), 5).action);
  int different = 0;
  for (int seed = 0; seed < 20; ++seed) {
    const auto output = act(*policy, advice(), std::uint64_t(seed));
    ASSERT_TRUE(output.action.has_value());
    EXPECT_TRUE(space().contains(*output.action));
    different += output.action != act(*policy, advice(), 99).action;
  }
  EXPECT_GT(different, 10);
}

TEST(NoopPolicy, Waits) {
  const auto policy = make_noop_policy();
  EXPECT_TRUE(std::holds_alternative<Wait>(*act(*policy, advice(), 1).action));
}

}  // namespace
}  // namespace paperphone::agent

#include "rl/rollout/recorder.h"

#include <gtest/gtest.h>

namespace paperphone::rl {

using agent::PolicyOutput;
using data::Trajectory;

namespace {

Info info_of(std::uint64_t state, EndReason end = EndReason::kOngoing) {
  Info info;
  info.state_hash.low = state;
  info.frame_hash.low = state + 100;
  info.screen_id = "shop/" + std::to_string(state);
  info.progress = 0.5f;
  info.end_reason = end;
  return info;
}

PolicyOutput decision(std::optional<Action> action) {
  PolicyOutput output;
  output.action = std::move(action);
  output.response = "response";
  output.sentence = "sentence";
  output.well_formed = output.action.has_value();
  return output;
}

TEST(Recorder, KeepsWhatWasDecidedAndWhatCameOfIt) {
  Recorder recorder;
  recorder.begin({.seed = 7}, info_of(1), 5);
  const Info after = info_of(2);
  recorder.add(decision(Click{{3, 4}}), {.reward = 0.25f, .info = &after});
  EXPECT_FALSE(recorder.over());
  EXPECT_EQ(recorder.history().size(), 1u);
  EXPECT_EQ(recorder.history()[0].sentence, "sentence");
  const Info end = info_of(3, EndReason::kGoalReached);
  recorder.add(decision(Terminate{}),
               {.reward = 1.0f, .terminated = true, .info = &end});
  EXPECT_TRUE(recorder.over());
  EXPECT_EQ(recorder.progress(), 1.0f);  // of a success
  const Trajectory record = recorder.take();
  EXPECT_EQ(record.seed, 7u);
  EXPECT_EQ(record.initial_state_hash.low, 1u);
  ASSERT_EQ(record.steps.size(), 2u);
  EXPECT_EQ(record.steps[0].action, Action(Click{{3, 4}}));
  EXPECT_EQ(record.steps[0].state_hash.low, 2u);
  EXPECT_EQ(record.steps[0].frame_hash.low, 102u);
  EXPECT_EQ(record.steps[0].screen_id, "shop/2");
  EXPECT_FLOAT_EQ(record.steps[0].reward, 0.25f);
  EXPECT_TRUE(record.success);
}

TEST(Recorder, RemembersNotesAndWhatChangedNothing) {
  Recorder recorder;
  recorder.begin({}, info_of(1), 5);
  PolicyOutput output = decision(Wait{1});
  output.note = "版本号是3";
  const Info after = info_of(2);
  recorder.add(std::move(output), {.changed = false, .info = &after});
  output = decision(std::nullopt);
  output.note = "日期是5月2日";
  recorder.add_lost(std::move(output));
  ASSERT_EQ(recorder.history().size(), 2u);
  EXPECT_EQ(recorder.history()[0].note, "版本号是3");
  EXPECT_FALSE(recorder.history()[0].changed);
  EXPECT_EQ(recorder.history()[1].note, "日期是5月2日");
  EXPECT_FALSE(recorder.history()[1].changed);
}

TEST(Recorder, ATurnThatCouldNotBeReadChangesNothingAndCounts) {
  Recorder recorder;
  recorder.begin({}, info_of(1), 2);
  recorder.add_lost(decision(std::nullopt));
  const Info after = info_of(2);
  EXPECT_FALSE(recorder.over());
  recorder.add(decision(Click{}), {.info = &after});
  EXPECT_TRUE(recorder.over());
  const Trajectory record = recorder.take();
  EXPECT_EQ(record.steps[0].outcome, ActionOutcome::kInvalid);
  EXPECT_FALSE(record.steps[0].well_formed);
  EXPECT_EQ(record.steps[0].state_hash.low, 1u);
  EXPECT_EQ(record.steps[0].screen_id, "shop/1");
  EXPECT_TRUE(record.steps[1].truncated);
  EXPECT_EQ(record.end_reason, EndReason::kStepLimit);
  EXPECT_FALSE(record.success);
}

TEST(Recorder, LabelsAStepWithWhatTheExpertSaidBeforeIt) {
  Advice advice;
  advice.actions = {{Click{{50, 50}}, Rect{40, 40, 20, 20}, "app.button"}};
  advice.thought = "thought";
  advice.distance = 3;
  Recorder recorder;
  recorder.begin({}, info_of(1), 9);
  const Info after = info_of(2);
  recorder.label(advice);
  recorder.add(decision(Click{{45, 45}}), {.info = &after});
  recorder.add(decision(Click{{45, 45}}), {.info = &after});
  const Trajectory record = recorder.take();
  EXPECT_EQ(record.steps[0].thought, "thought");
  EXPECT_EQ(record.steps[0].expert_distance, 3);
  EXPECT_TRUE(record.steps[0].acceptable);
  EXPECT_EQ(record.steps[1].expert_distance, -1);  // nobody asked again
}

TEST(Recorder, BeginsAnew) {
  Recorder recorder;
  recorder.begin({}, info_of(1), 1);
  recorder.add_lost(decision(std::nullopt));
  recorder.begin({.seed = 2}, info_of(5), 1);
  EXPECT_FALSE(recorder.over());
  EXPECT_TRUE(recorder.history().empty());
  EXPECT_TRUE(recorder.trajectory().steps.empty());
  EXPECT_EQ(recorder.progress(), 0.0f);
}

}  // namespace
}  // namespace paperphone::rl

#include "rl/run/warnings.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <sstream>

#include "env/base/host/file.h"
#include "env/base/rng.h"

namespace paperphone::rl {
namespace {

constexpr int kUpdates = 60;

// By update: from `start` to `end`, with noise that is a share of the value.
std::function<double(int)> line(double start, double end, double noise = 0.05) {
  return [=](int update) {
    const double value = start + (end - start) * update / (kUpdates - 1);
    return value * (1 + noise * std::sin(7.3 * update));
  };
}
// The same, but from update 40 on.
std::function<double(int)> then(std::function<double(int)> before, double after) {
  return [=](int update) { return update < 40 ? before(update) : after; };
}

using Course = std::map<std::string, std::function<double(int)>>;

Course healthy_grpo() {
  return {{"reward", line(0.5, 1.2)},
          {"group_reward_std", line(0.4, 0.25)},
          {"grad_norm", line(1.0, 0.7, 0.4)},
          {"equal_group_share", line(0.2, 0.7)},
          {"entropy", line(0.5, 0.2)},
          {"truncated_share", line(0.1, 0.02)},
          {"format", line(0.9, 0.95)},
          {"clip_fraction_low", line(0.05, 0.1)},
          {"clip_fraction_high", line(0.05, 0.1)},
          {"response_tokens", line(30, 40)},
          {"loss", line(-0.2, 0.3)},
          {"rollout_logprob_diff_max", line(0.02, 0.03, 0.3)}};
}
Course healthy_sft() {
  return {{"loss", line(2, 0.5, 0.1)}, {"grad_norm", line(1, 1, 0.5)}};
}

// Rules in the order in which their warnings begin.
std::vector<std::string> begun(const Course& course, StageKind kind) {
  EarlyWarnings warnings(kind);
  std::vector<std::string> out;
  for (int update = 0; update < kUpdates; ++update) {
    Metrics metrics;
    for (const auto& [name, value] : course) metrics[name] = value(update);
    for (const Warning& warning : warnings.add(metrics)) out.push_back(warning.rule);
  }
  return out;
}

std::map<std::string, Course> sick_courses() {
  std::map<std::string, Course> out;
  for (const std::string_view rule : warning_rules())
    out[std::string(rule)] = rule == "loss_rising" ? healthy_sft() : healthy_grpo();
  out["entropy_collapse"]["entropy"] = then(line(0.5, 0.4), 0.02);
  Course& trap = out["echo_trap"];
  trap["group_reward_std"] = line(0.4, 0.01);
  trap["reward"] = line(0.5, 0.4);
  trap["grad_norm"] = [](int update) { return update == 55 ? 30.0 : 1.0; };
  out["equal_groups"]["equal_group_share"] = then(line(0.2, 0.5), 0.9);
  out["truncated_responses"]["truncated_share"] = line(0.05, 0.4);
  out["format_falling"]["format"] = line(0.95, 0.5);
  out["clipping"]["clip_fraction_high"] = then(line(0.1, 0.1), 0.28);
  out["length_runaway"]["response_tokens"] = line(30, 200);
  out["length_runaway"]["reward"] = line(0.5, 0.4, 0.01);
  out["loss_rising"]["loss"] = [](int update) {
    return (update < 40 ? 2 - update / 40.0 : 1 + (update - 40) / 15.0) *
           (1 + 0.05 * std::sin(7.3 * update));
  };
  out["rollout_drift"]["rollout_logprob_diff_max"] = then(line(0.02, 0.02), 0.5);
  return out;
}

StageKind kind_of(const std::string& rule) {
  return rule == "loss_rising" ? StageKind::kSft : StageKind::kGrpoTask;
}

TEST(Warnings, EachRuleFindsItsOwnCourseAndNoOtherRuleDoes) {
  for (const auto& [rule, course] : sick_courses())
    EXPECT_EQ(begun(course, kind_of(rule)), std::vector<std::string>{rule});
}

TEST(Warnings, HealthyCoursesHaveNone) {
  EXPECT_EQ(begun(healthy_grpo(), StageKind::kGrpoAction), std::vector<std::string>());
  EXPECT_EQ(begun(healthy_grpo(), StageKind::kGrpoTask), std::vector<std::string>());
  EXPECT_EQ(begun(healthy_sft(), StageKind::kSft), std::vector<std::string>());
}

TEST(Warnings, ALossThatIsNoImitationMayRise) {
  Course course = sick_courses()["loss_rising"];
  EXPECT_EQ(begun(course, StageKind::kGrpoTask), std::vector<std::string>());
}

// Every tenth update of the training that made the reader.
TEST(Warnings, ATrainingThatWentWellHasNone) {
  for (const StageKind kind : {StageKind::kPerception, StageKind::kSft}) {
    std::map<std::string, EarlyWarnings> stages;
    std::istringstream in(read_file("rl/weights/reader/metrics.jsonl"));
    int updates = 0;
    for (std::string text; std::getline(in, text); ++updates) {
      const auto record = record_of(text);
      ASSERT_TRUE(record);
      EarlyWarnings& warnings = stages.try_emplace(record->stage, kind).first->second;
      for (const Warning& warning : warnings.add(record->metrics))
        ADD_FAILURE() << record->stage << " " << record->step << ": " << warning.text;
    }
    EXPECT_GT(updates, 300);
  }
}

// A loss that stands still for 2,000 updates and is noise for the rest.
TEST(Warnings, NoiseIsNoRise) {
  EarlyWarnings warnings(StageKind::kSft);
  Rng rng(1);
  for (int update = 0; update < 2000; ++update) {
    const Metrics metrics = {{"loss", 0.5 + 0.4 * rng.uniform()}};
    for (const Warning& warning : warnings.add(metrics))
      ADD_FAILURE() << update << ": " << warning.text;
  }
}

TEST(Warnings, OneThatHoldsIsSaidOnceAndCountedAlways) {
  EarlyWarnings warnings(StageKind::kGrpoTask);
  const auto add = [&](double share) {
    return int(warnings.add({{"truncated_share", share}}).size());
  };
  int said = 0;
  for (int update = 0; update < 40; ++update) said += add(0.5);
  EXPECT_EQ(said, 1);
  EXPECT_EQ(warnings.num_active(), 1);
  for (int update = 0; update < 10; ++update) said += add(0);
  EXPECT_EQ(warnings.num_active(), 0);
  for (int update = 0; update < 10; ++update) said += add(0.5);
  EXPECT_EQ(said, 1) << "it was away for too short a time";
  for (int update = 0; update < 30; ++update) said += add(0);
  for (int update = 0; update < 10; ++update) said += add(0.5);
  EXPECT_EQ(said, 2);
}

TEST(Warnings, SayWhatWasSeenAndWhatMayMendIt) {
  MetricSeries series;
  series["truncated_share"] = {0.25, 0.25, 0.25, 0.25, 0.5};
  const auto found = warnings_of(series, StageKind::kGrpoTask);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "truncated_responses");
  EXPECT_EQ(found[0].text, "30 % of responses are cut; raise max_new_tokens");
}

TEST(Warnings, WhatIsNotANumberIsLeftOut) {
  EarlyWarnings warnings(StageKind::kSft);
  for (int update = 0; update < 40; ++update)
    EXPECT_TRUE(warnings.add({{"loss", update % 2 ? NAN : 1.0}}).empty());
}

}  // namespace
}  // namespace paperphone::rl

#include "rl/stages/screen_labels.h"

#include <gtest/gtest.h>

#include "env/app/loader.h"

namespace paperphone::rl {

using layout::Draw;
using layout::Frame;

namespace {

Frame frame_with_text(const std::string& text) {
  Frame frame;
  Draw draw;
  draw.shape = layout::Shape::kText;
  draw.rect = {100, 200, 100, 24};
  draw.clip = {0, 0, 360, 800};
  draw.size = 16;
  draw.text = text;
  frame.draws.push_back(draw);
  return frame;
}

class ScreenLabelsTest : public ::testing::Test {
 protected:
  layout::Fonts fonts_ = layout::load_fonts(app::default_apps_dir());
};

TEST_F(ScreenLabelsTest, GlyphsStandAtTheirCentresInPixels) {
  // Chinese characters are one em wide: centres at 108 and 124 dp.
  const ScreenLabels labels = label_screen(frame_with_text("设置"), fonts_, 720);
  ASSERT_EQ(labels.glyphs.size(), 2u);
  EXPECT_EQ(labels.glyphs[0].code_point, U'设');
  EXPECT_NEAR(labels.glyphs[0].x, 216, 2);
  EXPECT_NEAR(labels.glyphs[1].x, 248, 2);
  EXPECT_NEAR(labels.glyphs[0].y, 424, 2);
}

TEST_F(ScreenLabelsTest, WhatIsPaintedOverOrClippedAwayIsNotLabelled) {
  Frame frame = frame_with_text("设置");
  frame.draws[0].clip = {0, 0, 116, 800};
  EXPECT_EQ(label_screen(frame, fonts_, 360).glyphs.size(), 1u);
  Draw sheet;
  sheet.rect = {0, 150, 360, 650};
  sheet.clip = {0, 0, 360, 800};
  frame.draws.push_back(sheet);
  EXPECT_TRUE(label_screen(frame, fonts_, 360).glyphs.empty());
}

TEST_F(ScreenLabelsTest, QuestionsNameTextsPointsAndRoles) {
  ScreenLabels labels;
  labels.labels.push_back({"设置", Role::kButton, {100, 200, 40, 20}});
  const auto questions =
      ask_about(labels, {360, 800, 180, 400}, {.count = 200}, Rng(3));
  ASSERT_EQ(questions.size(), 200u);
  bool where = false, what = false, widget = false;
  for (const Question& question : questions) {
    if (question.kind == QuestionKind::kWhere) {
      where = true;
      EXPECT_EQ(question.question, "“设置”在哪里？");
      EXPECT_EQ(question.answer, "[60,105]");
    } else if (question.kind == QuestionKind::kWhat) {
      what = true;
      EXPECT_EQ(question.question, "[60,105]写着什么？");
      EXPECT_EQ(question.answer, "设置");
    } else {
      widget = true;
      EXPECT_EQ(question.answer, "按钮");
    }
  }
  EXPECT_TRUE(where && what && widget);
}

TEST_F(ScreenLabelsTest, SwitchesAreAskedForTheirState) {
  ScreenLabels labels;
  labels.labels.push_back({"蓝牙", Role::kSwitch, {0, 0, 40, 20}, true});
  labels.labels.push_back({"位置", Role::kSwitch, {0, 100, 40, 20}, false});
  labels.labels.push_back({"设置", Role::kText, {0, 200, 40, 20}, true});
  int asked = 0;
  for (const Question& question : ask_about(labels, {360, 800, 360, 800}, {.count = 200}, Rng(3))) {
    if (question.kind != QuestionKind::kState) continue;
    ++asked;
    EXPECT_EQ(question.answer, question.question == "“蓝牙”开着吗？" ? "是" : "否");
    EXPECT_EQ(question.question.find("设置"), std::string::npos);
  }
  EXPECT_GT(asked, 5);
}

TEST_F(ScreenLabelsTest, TapsAreAnsweredAsAPolicyWould) {
  ScreenLabels labels;
  labels.labels.push_back({"设置", Role::kButton, {100, 200, 40, 20}});
  const auto questions = ask_about(labels, {360, 800, 180, 400},
                                   {.count = 20, .tap_share = 1}, Rng(3));
  ASSERT_EQ(questions.size(), 20u);
  EXPECT_EQ(questions[0].kind, QuestionKind::kTap);
  EXPECT_EQ(questions[0].question, "点击“设置”");
  const agent::Response parsed = agent::parse_response(questions[0].answer, agent::ThoughtStyle::kFast);
  ASSERT_TRUE(parsed.action.has_value());
  EXPECT_EQ(std::get<Click>(*parsed.action).point, (Point{60, 105}));
}

TEST_F(ScreenLabelsTest, WhereIsOnlyAskedForUniqueTexts) {
  ScreenLabels labels;
  labels.labels.push_back({"关注", Role::kButton, {0, 0, 40, 20}});
  labels.labels.push_back({"关注", Role::kButton, {0, 100, 40, 20}});
  for (const Question& question : ask_about(labels, {360, 800, 360, 800}, {.count = 100}, Rng(3)))
    EXPECT_NE(question.kind, QuestionKind::kWhere);
}

}  // namespace
}  // namespace paperphone::rl

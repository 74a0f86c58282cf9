#include "rl/reading/screen_labels.h"

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

TEST_F(ScreenLabelsTest, ALineIsWhatStandsInOnePiece) {
  // "¥433.00", its figures larger than the rest, and a line below.
  Frame frame = frame_with_text("¥");
  frame.draws[0].rect = {100, 207, 8, 19};
  Draw figures = frame.draws[0], rest = frame.draws[0], below = frame.draws[0];
  figures.text = "433";
  figures.rect = {108, 200, 35, 28};
  rest.text = ".00";
  rest.rect = {143, 207, 21, 19};
  below.text = "二等座";
  below.rect = {100, 240, 42, 16};
  for (const Draw& draw : {figures, rest, below}) frame.draws.push_back(draw);
  layout::Node row;
  row.address = "train.board.train[7]";
  row.rect = {0, 190, 360, 45};
  frame.nodes.push_back(row);
  const ScreenLabels labels = label_screen(frame, fonts_, 720);
  ASSERT_EQ(labels.lines.size(), 2u);
  EXPECT_EQ(labels.lines[0].text, "¥433.00");
  EXPECT_EQ(labels.lines[0].box, (Rect{200, 400, 128, 56}));
  EXPECT_EQ(labels.lines[0].row, 0);
  EXPECT_EQ(labels.lines[1].text, "二等座");
  EXPECT_EQ(labels.lines[1].row, -1);
}

}  // namespace
}  // namespace paperphone::rl

#include "env/layout/painter.h"

#include <gtest/gtest.h>

#include "env/app/loader.h"

namespace paperphone::layout {
namespace {

class PainterTest : public ::testing::Test {
 protected:
  // Where shapes and nodes stand, by the x of their rectangles.
  std::vector<int> draws() const {
    std::vector<int> xs;
    for (const Draw& draw : frame_.draws) xs.push_back(draw.rect.x);
    return xs;
  }
  std::vector<int> nodes() const {
    std::vector<int> xs;
    for (const Node& node : frame_.nodes) xs.push_back(node.rect.x);
    return xs;
  }
  void paint(int x) {
    painter_.rect({x, 10, 5, 5}, 0xFF112233);
    painter_.node({x, 10, 5, 5}, Role::kButton, {}, "", "");
  }

  Fonts fonts_ = load_fonts(app::default_apps_dir());
  Theme theme_ = make_theme(false);
  Frame frame_;
  Painter painter_{frame_, fonts_, theme_, 100};
};

TEST_F(PainterTest, WhatComesLastCanLieBelow) {
  paint(10);
  const Painter::Mark outer = painter_.mark();
  paint(20);
  const Painter::Mark inner = painter_.mark();
  paint(30);
  paint(40);
  const Painter::Mark inner_back = painter_.mark();
  paint(50);  // lies below 30 and 40
  painter_.put_below(inner, inner_back);
  EXPECT_EQ(draws(), (std::vector{10, 20, 50, 30, 40}));
  const Painter::Mark outer_back = painter_.mark();
  paint(60);  // lies below all but the first
  painter_.put_below(outer, outer_back);
  EXPECT_EQ(draws(), (std::vector{10, 60, 20, 50, 30, 40}));
  EXPECT_EQ(nodes(), draws());
}

TEST_F(PainterTest, AHiddenBackMovesNothing) {
  paint(10);
  const Painter::Mark below = painter_.mark();
  paint(20);
  const Painter::Mark back = painter_.mark();
  painter_.rect({10, 900, 5, 5}, 0xFF112233);  // off the screen
  painter_.put_below(below, back);
  EXPECT_EQ(draws(), (std::vector{10, 20}));
}

TEST_F(PainterTest, WhatIsTooWideIsSetSmaller) {
  const int width = painter_.text_width("手机充值", 12);
  EXPECT_EQ(painter_.fitting_size("手机充值", 12, width, 9), 12);
  const int smaller = painter_.fitting_size("手机充值", 12, width - 1, 9);
  EXPECT_LT(smaller, 12);
  EXPECT_LT(painter_.text_width("手机充值", smaller), width);
  EXPECT_EQ(painter_.fitting_size("手机充值", 12, 5, 9), 9);
}

TEST_F(PainterTest, WhatIsTakenBackWasNeverThere) {
  paint(10);
  const Painter::Mark before = painter_.mark();
  paint(20);
  painter_.take_back(before);
  EXPECT_EQ(draws(), std::vector{10});
  EXPECT_EQ(nodes(), std::vector{10});
}

}  // namespace
}  // namespace paperphone::layout

#include "rl/reading/scramble.h"

#include <gtest/gtest.h>

#include "env/base/utf8.h"

namespace paperphone::rl {
namespace {

using layout::Draw;
using layout::Frame;

constexpr char32_t kCharacters[] = {U'甲', U'乙', U'丙'};

TEST(Scramble, KeepsWhatKindEachCharacterIs) {
  Rng rng(1);
  const std::u32string text = to_utf32(scrambled("价格¥12.5 Abc", kCharacters, rng));
  ASSERT_EQ(text.size(), 11u);
  for (const int i : {0, 1}) EXPECT_NE(std::u32string(U"甲乙丙").find(text[i]), text.npos);
  EXPECT_EQ(text[2], U'¥');
  EXPECT_EQ(text[5], U'.');
  EXPECT_EQ(text[7], U' ');
  for (const int i : {3, 4, 6}) EXPECT_TRUE(text[i] >= U'0' && text[i] <= U'9');
  EXPECT_TRUE(text[8] >= U'A' && text[8] <= U'Z');
  EXPECT_TRUE(text[9] >= U'a' && text[9] <= U'z');
}

Draw text_at(const std::string& text, int y) {
  Draw draw;
  draw.shape = layout::Shape::kText;
  draw.rect = {20, y, 60, 20};
  draw.text = text;
  return draw;
}

TEST(Scramble, NodesSayWhatIsDrawnInThem) {
  Frame frame;
  frame.draws = {text_at("设置", 100), text_at("设置", 200), text_at("蓝牙", 205)};
  layout::Node first, both, icon;
  first.rect = {0, 100, 360, 20};
  first.text = "设置";
  both.rect = {0, 200, 360, 30};
  both.text = "设置，蓝牙";
  icon.rect = {0, 400, 40, 40};
  icon.text = "返回";  // drawn as an icon
  frame.nodes = {first, both, icon};
  Rng rng(2);
  const Frame out = scrambled(frame, 1, kCharacters, rng);
  EXPECT_EQ(out.draws[0].text, out.draws[1].text);
  EXPECT_EQ(out.nodes[0].text, out.draws[0].text);
  EXPECT_EQ(out.nodes[1].text, out.draws[1].text + "，" + out.draws[2].text);
  EXPECT_EQ(out.nodes[2].text, "");
  EXPECT_NE(out.draws[0].text, "设置");
  const Frame same = scrambled(frame, 0, kCharacters, rng);
  EXPECT_EQ(same.draws[0].text, "设置");
  EXPECT_EQ(same.nodes[1].text, "设置，蓝牙");
}

}  // namespace
}  // namespace paperphone::rl

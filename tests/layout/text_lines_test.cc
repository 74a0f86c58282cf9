#include "env/layout/text_lines.h"

#include <gtest/gtest.h>

namespace paperphone::layout {
namespace {

std::vector<std::string> lines(std::string_view text, int width, int max_lines) {
  static const FontMetrics font("apps/_common/fonts/regular.otf");
  return break_lines(text, font, 10, width, max_lines);
}
using Lines = std::vector<std::string>;

TEST(BreakLines, BreaksChineseAnywhere) {
  EXPECT_EQ(lines("一二三四五", 30, 0), (Lines{"一二三", "四五"}));
}

TEST(BreakLines, ClosingPunctuationNeverBeginsALine) {
  EXPECT_EQ(lines("一二三，四", 30, 0), (Lines{"一二", "三，四"}));
}

TEST(BreakLines, LatinWordsStayWhole) {
  EXPECT_EQ(lines("一二abc三", 30, 0), (Lines{"一二", "abc三"}));
}

TEST(BreakLines, AWordWiderThanTheLineIsCutSomewhere) {
  const auto cut = lines("abcdefghijklmnop", 30, 0);
  EXPECT_GT(cut.size(), 1u);
  std::string joined;
  for (const auto& line : cut) joined += line;
  EXPECT_EQ(joined, "abcdefghijklmnop");
}

TEST(BreakLines, TheLastLineEndsInAnEllipsis) {
  EXPECT_EQ(lines("一二三四五", 30, 1), (Lines{"一二…"}));
  EXPECT_EQ(lines("一二三", 30, 1), (Lines{"一二三"}));
  EXPECT_EQ(lines("一二三四五六七", 30, 2), (Lines{"一二三", "四五…"}));
}

TEST(BreakLines, NewlinesBreakAndTinyWidthsTerminate) {
  EXPECT_EQ(lines("一\n二", 30, 0), (Lines{"一", "二"}));
  EXPECT_EQ(lines("一二", 1, 0), (Lines{"一", "二"}));
  EXPECT_EQ(lines("", 30, 0), (Lines{""}));
}

}  // namespace
}  // namespace paperphone::layout

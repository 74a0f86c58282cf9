// The grammar of answers, by hand-made pairs: tests/cases/answers.tsv.
#include "env/task/answer.h"

#include <gtest/gtest.h>

#include <fstream>

#include "env/app/calendar.h"
#include "env/base/rng.h"

namespace paperphone::task {

using app::Kind;

namespace {

Kind kind_of(const std::string& name) {
  for (int k = 0; k <= int(Kind::kRef); ++k) {
    if (app::kind_name(Kind(k)) == name) return Kind(k);
  }
  ADD_FAILURE() << "unknown kind " << name;
  return Kind::kNone;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\t') {
      cells.emplace_back();
    } else if (line.compare(i, 2, "\\n") == 0) {
      cells.back() += '\n';
      ++i;
    } else {
      cells.back() += line[i];
    }
  }
  return cells;
}

// "2025-11-20 10:30", with " 12h" behind it where the 24-hour setting is off.
void set_clock(const std::string& clock, AnswerKey& key) {
  key.now = *app::parse_date(clock.substr(0, 10)) * app::kMinutesPerDay +
            *app::parse_time(clock.substr(11, 5));
  key.hour24 = !clock.ends_with(" 12h");
}

TEST(Answers, AreRightOrWrongAsTheTableSays) {
  std::ifstream table("tests/cases/answers.tsv");
  ASSERT_TRUE(table);
  int number = 0, cases = 0;
  for (std::string line; std::getline(table, line);) {
    ++number;
    if (line.starts_with('#')) continue;
    const auto cells = cells_of(line);
    ASSERT_GE(cells.size(), 5u) << "tests/cases/answers.tsv:" << number;
    AnswerKey key{.type = {kind_of(cells[0])}, .truth = cells[1]};
    set_clock(cells[2], key);
    if (cells.size() > 5)
      read_wording(app::Template({app::TemplatePiece{.literal = cells[5]}}), key);
    ++cases;
    EXPECT_EQ(is_right(key, cells[3]) ? "right" : "wrong", cells[4])
        << "tests/cases/answers.tsv:" << number << ": " << cells[3] << " for "
        << cells[1];
  }
  EXPECT_GT(cases, 300);
}

TEST(Answers, ReadTheUnitOutOfTheQuestionButNotOutOfItsHoles) {
  AnswerKey key{.type = {Kind::kInt}, .truth = "3"};
  const app::ExprNode hole{.type = {Kind::kText},
                           .value = app::Value::of_text("3万元")};
  read_wording(app::Template({{.literal = "《"},
                              {.expr = app::Expr(hole)},
                              {.literal = "》有多少"},
                              {.expr = app::Expr(hole)},
                              {.literal = "篇笔记？"}}),
               key);
  EXPECT_TRUE(key.asked.empty());
  read_wording(app::Template({app::TemplatePiece{.literal = "有几篇笔记？"}}), key);
  EXPECT_EQ(key.asked, std::vector<std::u32string>{U"篇笔记"});
  EXPECT_TRUE(is_right(key, "3篇笔记"));
}

TEST(Answers, ReadAnyBytesInTimeThatGrowsWithTheirNumber) {
  const std::size_t kMany = 200'000;
  std::vector<std::string> texts;
  for (const std::string piece :
       {"9",       "0",  ".",    ",",    ",000", "-",    "是",       "答案是",
        "“",       "一", "百",   "十",   "零",   "万",   "3万",      "1小时",
        "12:",     "年", "11月", "周",   "半",   "\xff", "\xe4\xb8", "seven ",
        "twenty-", " ",  "不",   "，是", "3元"}) {
    std::string text;
    while (text.size() < kMany) text += piece;
    texts.push_back(text);
    texts.push_back("1" + text);
    texts.push_back("1." + text);
  }
  Rng rng(5);
  std::string noise;
  for (std::size_t i = 0; i < kMany; ++i) noise += char(rng.below(256));
  texts.push_back(noise);
  for (const auto& [kind, truth] : {std::pair{Kind::kInt, "3"},
                                    {Kind::kMoney, "¥3.00"},
                                    {Kind::kDate, "11月20日"},
                                    {Kind::kTime, "07:00"},
                                    {Kind::kInstant, "11月20日 07:00"},
                                    {Kind::kBool, "是"},
                                    {Kind::kText, "王芳"},
                                    {Kind::kSeed, "3"}}) {
    const AnswerKey key{
        .type = {kind}, .truth = truth, .asked = {U"分钟"}, .is_length = true};
    for (const std::string& text : texts)
      EXPECT_FALSE(is_right(key, text)) << truth << ": " << text.substr(0, 20);
  }
}

TEST(Answers, OfTheSameWordsAsTheTruthAreRightWhateverItsType) {
  for (int kind = int(Kind::kBool); kind <= int(Kind::kRef); ++kind) {
    const AnswerKey key{.type = {Kind(kind)}, .truth = "Ａ b"};
    EXPECT_TRUE(is_right(key, "a b"));
    EXPECT_FALSE(is_right(key, ""));
  }
}

}  // namespace
}  // namespace paperphone::task

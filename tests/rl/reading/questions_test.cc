#include "rl/reading/questions.h"

#include <gtest/gtest.h>

#include <set>

namespace paperphone::rl {
namespace {

constexpr ImageScale kSame = {360, 800, 360, 800};

std::vector<Question> ask_many(const ScreenLabels& labels, const ImageScale& scale,
                               QuestionOptions options = {},
                               std::string_view instruction = "") {
  options.count = 200;
  return ask_about(labels, instruction, scale, options, Rng(3));
}

// A text that may be asked for in training, and one that may not.
std::string text_that_is(bool held_out) {
  for (int i = 0;; ++i) {
    const std::string text = "第" + std::to_string(i) + "行";
    if (is_held_out(text) == held_out) return text;
  }
}

TEST(Questions, NameTextsPointsAndRoles) {
  const std::string text = text_that_is(false);
  ScreenLabels labels;
  labels.labels.push_back({text, Role::kButton, {100, 200, 40, 20}});
  labels.lines.push_back({text, {100, 200, 40, 20}});
  std::set<QuestionKind> kinds;
  for (const Question& question : ask_many(labels, {360, 800, 180, 400})) {
    kinds.insert(question.kind);
    if (question.kind == QuestionKind::kWhere) {
      EXPECT_EQ(question.question, "“" + text + "”在哪里？");
      EXPECT_EQ(question.answer, "[60,105]");
    } else if (question.kind == QuestionKind::kWhat) {
      EXPECT_EQ(question.question, "[60,105]写着什么？");
      EXPECT_EQ(question.answer, text);
    } else if (question.kind == QuestionKind::kWidget) {
      EXPECT_EQ(question.answer, "按钮");
    } else {
      EXPECT_EQ(question.kind, QuestionKind::kType);
    }
  }
  EXPECT_EQ(kinds.size(), 4u);
}

TEST(Questions, WordsThatAreHeldOutAreNoAnswersInTraining) {
  ScreenLabels labels;
  for (const bool held_out : {false, true})
    labels.lines.push_back({text_that_is(held_out), {100, held_out ? 300 : 200, 40, 20}});
  for (const Words words : {Words::kTrained, Words::kHeldOut})
    for (const Question& question : ask_many(labels, kSame, {.words = words})) {
      if (question.kind != QuestionKind::kWhat) continue;
      EXPECT_EQ(question.answer, text_that_is(words == Words::kHeldOut));
    }
}

TEST(Questions, SwitchesAreAskedForTheirState) {
  ScreenLabels labels;
  labels.labels.push_back({"蓝牙", Role::kSwitch, {0, 0, 40, 20}, true});
  labels.labels.push_back({"位置", Role::kSwitch, {0, 100, 40, 20}, false});
  labels.labels.push_back({"设置", Role::kText, {0, 200, 40, 20}, true});
  int asked = 0;
  for (const Question& question : ask_many(labels, kSame)) {
    if (question.kind != QuestionKind::kState) continue;
    ++asked;
    EXPECT_EQ(question.answer, question.question == "“蓝牙”开着吗？" ? "是" : "否");
    EXPECT_EQ(question.question.find("设置"), std::string::npos);
  }
  EXPECT_GT(asked, 5);
}

TEST(Questions, TapsAreAnsweredAsAPolicyWould) {
  ScreenLabels labels;
  labels.labels.push_back({"设置", Role::kButton, {100, 200, 40, 20}});
  const auto questions = ask_many(labels, {360, 800, 180, 400}, {.tap_share = 1});
  ASSERT_EQ(questions.size(), 200u);
  EXPECT_EQ(questions[0].kind, QuestionKind::kTap);
  EXPECT_EQ(questions[0].question, "点击“设置”");
  const agent::Response parsed =
      agent::parse_response(questions[0].answer, agent::ThoughtStyle::kFast);
  ASSERT_TRUE(parsed.action.has_value());
  EXPECT_EQ(std::get<Click>(*parsed.action).point, (Point{60, 105}));
}

TEST(Questions, WhereIsOnlyAskedForUniqueTexts) {
  ScreenLabels labels;
  labels.labels.push_back({"关注", Role::kButton, {0, 0, 40, 20}});
  labels.labels.push_back({"关注", Role::kButton, {0, 100, 40, 20}});
  for (const Question& question : ask_many(labels, kSame))
    EXPECT_NE(question.kind, QuestionKind::kWhere);
}

TEST(Questions, AValueStandsBesideItsLabel) {
  const std::string value = text_that_is(false);
  ScreenLabels labels;
  labels.lines.push_back({"版本号", {20, 100, 45, 20}});
  labels.lines.push_back({value, {250, 101, 90, 20}});
  labels.lines.push_back({"型号", {20, 160, 45, 20}});  // nothing beside it
  Rng rng(1);
  const auto question = ask(QuestionKind::kValue, labels, "", kSame, {}, rng);
  ASSERT_TRUE(question);
  EXPECT_NE(question->question.find("“版本号”是什么？"), std::string::npos);
  EXPECT_NE(question->answer.find(value), std::string::npos);
}

TEST(Questions, TheExtremeIsOfOneColumnInOneWriting) {
  std::vector<std::string> titles;
  for (int i = 0; titles.size() < 3; ++i)
    if (const std::string text = "商品" + std::string(1, char('a' + i)); !is_held_out(text))
      titles.push_back(text);
  const char* const prices[] = {"¥43.50", "¥9.90", "¥120"};
  const char* const sold[] = {"已售20", "已售300", "已售5"};
  ScreenLabels labels;
  for (int i = 0; i < 3; ++i) {
    labels.lines.push_back({titles[std::size_t(i)], {20, 100 * i, 80, 20}, i});
    labels.lines.push_back({prices[i], {20, 100 * i + 30, 60, 20}, i});
    labels.lines.push_back({sold[i], {200, 100 * i + 30, 60, 20}, i});
  }
  std::set<std::string> asked;
  Rng rng(1);
  for (int i = 0; i < 60; ++i) {
    const auto question = ask(QuestionKind::kExtreme, labels, "", kSame, {}, rng);
    ASSERT_TRUE(question);
    const bool least = question->question.find("最小") != std::string::npos;
    const bool price = question->question.find("“¥0”") != std::string::npos;
    const int right = price ? (least ? 1 : 2) : (least ? 2 : 1);
    EXPECT_NE(question->answer.find(titles[std::size_t(right)]), std::string::npos)
        << question->question;
    asked.insert(question->question);
  }
  EXPECT_GE(asked.size(), 4u);
  labels.lines[1].text = "¥120";  // two are the most
  for (int i = 0; i < 60; ++i) {
    const auto question = ask(QuestionKind::kExtreme, labels, "", kSame, {}, rng);
    EXPECT_EQ(question->question.find("“¥0”最大"), std::string::npos);
  }
}

TEST(Questions, ASpanIsTheOnlyPassageThatBeginsAndEndsSo) {
  const std::string instruction = "给陈建国发消息：明天下午三点见，发完告诉我";
  Rng rng(1);
  std::set<std::string> answers;
  for (int i = 0; i < 100; ++i) {
    const auto question = ask(QuestionKind::kSpan, {}, instruction, kSame, {}, rng);
    if (!question) continue;
    answers.insert(question->answer);
    const std::string marks = question->question.substr(instruction.size() + 1);
    const std::string open = "“", close = "”";
    const auto from_at = marks.find(open) + open.size(), from_end = marks.find(close);
    const auto to_at = marks.rfind(open) + open.size(), to_end = marks.rfind(close);
    const std::string from = marks.substr(from_at, from_end - from_at);
    const std::string to = marks.substr(to_at, to_end - to_at);
    EXPECT_TRUE(question->question.starts_with(instruction + "\n从"));
    EXPECT_TRUE(question->answer.starts_with(from)) << question->question;
    EXPECT_TRUE(question->answer.ends_with(to)) << question->question;
    EXPECT_NE(instruction.find(question->answer), std::string::npos);
    EXPECT_EQ(instruction.find(from), instruction.rfind(from)) << from;
  }
  EXPECT_GT(answers.size(), 20u);
}

TEST(Questions, WhatIsTypedIsTheWholeText) {
  ScreenLabels labels;
  labels.lines.push_back({text_that_is(false), {20, 100, 45, 20}});
  Rng rng(1);
  int asked = 0;
  for (int i = 0; i < 50; ++i) {
    const auto question = ask(QuestionKind::kType, labels, "", kSame, {}, rng);
    if (!question) continue;
    const auto parsed =
        agent::parse_response(question->answer, agent::ThoughtStyle::kFast);
    ASSERT_TRUE(parsed.action);
    EXPECT_EQ(question->question, "输入“" + std::get<TypeText>(*parsed.action).utf8 + "”");
    ++asked;
  }
  EXPECT_GT(asked, 30);
}

}  // namespace
}  // namespace paperphone::rl

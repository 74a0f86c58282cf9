// Thoughts over all templates: they say where one is and what for, and do not repeat
// themselves.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "env/base/error.h"
#include "env/base/utf8.h"
#include "env/phone/phone_env.h"
#include "env/task/expert/sentence.h"
#include "env/task/expert/thought.h"
#include "env/task/task.h"
#include "tests/task/all_apps.h"

namespace paperphone::task {
namespace {

std::string without_digits(const std::string& text) {
  std::string out;
  for (const char c : text) out += c >= '0' && c <= '9' ? '#' : c;
  return out;
}

std::string first_characters(const std::string& text, int count) {
  std::size_t end = 0;
  for (int i = 0; i < count && end < text.size(); ++i) next_code_point(text, end);
  return text.substr(0, end);
}

// "点击dots-horizontal": what the icon set calls it.
bool speaks_of_an_icon(const std::string& sentence) {
  const std::size_t word = sentence.find_last_not_of("abcdefghijklmnopqrstuvwxyz-") + 1;
  return sentence.size() - word >= 4 && sentence.starts_with("点击") &&
         word == std::string("点击").size();
}

// What stands in “quotes”, these may lie within each other, becomes “*”.
std::string without_names(std::string_view text) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, i);
    if (c == U'”' && depth > 0 && --depth == 0) out += '*';
    if (depth == 0) append_utf8(out, c);
    if (c == U'“') ++depth;
  }
  return out;
}

bool has_chinese(std::string_view text) {
  const std::u32string letters = to_utf32(text);
  return std::any_of(letters.begin(), letters.end(), [](char32_t c) {
    return (c >= U'\u3000' && c <= U'\u9fff') || (c >= U'\uff00' && c <= U'\uffef');
  });
}

std::string joined(const std::vector<std::string>& facts) {
  std::string out;
  for (const std::string& fact : facts) out += fact;
  return out;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return text;
}

TEST(Thoughts, VaryAndKeepTheirLength) {
  PhoneEnv env(shared(), {.pixels = false, .hashes = false});
  std::map<std::string, int> thoughts, beginnings;
  int count = 0, characters = 0, number = 0;
  for (const app::TaskSpec* task : tasks_of_split(apps(), "")) {
    if (++number % 3 != 0) continue;
    try {
      env.reset(std::uint64_t(number), {.task_id = task->id});
    } catch (const DataError&) {
      continue;
    }
    for (StepResult result; !result.terminated && !result.truncated;) {
      const Advice advice = env.advice();
      ++thoughts[without_digits(advice.thought)];
      ++beginnings[first_characters(advice.thought, 6)];
      ++count;
      characters += count_code_points(advice.thought);
      EXPECT_LE(count_code_points(joined(advice.facts)), 40) << joined(advice.facts);
      EXPECT_NE(advice.thought.find(advice.sentence), std::string::npos)
          << advice.thought << " / " << advice.sentence;
      EXPECT_EQ(advice.thought.find("{"), std::string::npos) << advice.thought;
      EXPECT_FALSE(speaks_of_an_icon(advice.sentence)) << advice.sentence;
      result = env.step(advice.actions.front().action);
    }
  }
  ASSERT_GT(count, 1000);
  for (const auto& [text, times] : thoughts) EXPECT_LE(times * 100, count) << text;
  for (const auto& [text, times] : beginnings) EXPECT_LE(times * 100, count * 15) << text;
  EXPECT_GE(characters, 25 * count);
  EXPECT_LE(characters, 45 * count);
}

// What was read on one page is kept until another needs it.
TEST(Thoughts, KeepWhatLaterStepsNeed) {
  PhoneEnv env(shared(), {.pixels = false, .hashes = false});
  env.reset(1, {.task_id = "cross/version_to_friend"});
  bool noted = false, used = false;
  for (StepResult result; !result.terminated && !result.truncated;) {
    const Advice advice = env.advice();
    const auto* type = std::get_if<TypeText>(&advice.actions.front().action);
    noted = noted || (!advice.facts.empty() && type == nullptr);
    if (type != nullptr && joined(advice.facts).find(type->utf8) != std::string::npos) used = noted;
    result = env.step(advice.actions.front().action);
  }
  EXPECT_TRUE(noted);
  EXPECT_TRUE(used) << "noted before it was typed";
}

// The expert's thoughts, from the first to the last.
std::vector<std::string> thoughts_of(std::string_view task, std::uint64_t seed,
                                     ThoughtLanguage language = ThoughtLanguage::kChinese) {
  PhoneEnv env(shared(),
               {.pixels = false, .hashes = false, .distance = false, .thoughts = language});
  env.reset(seed, {.task_id = std::string(task)});
  std::vector<std::string> thoughts;
  for (StepResult result; !result.terminated && !result.truncated;) {
    const Advice advice = env.advice();
    thoughts.push_back(advice.thought);
    result = env.step(advice.actions.front().action);
  }
  return thoughts;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// What was read goes by the words beside it, not by those beside what it is made of.
TEST(Thoughts, CallAFactWhatStandsBesideIt) {
  const auto fee = thoughts_of("train/refund_fee_of", 1);
  ASSERT_GE(fee.size(), 2u);
  EXPECT_TRUE(has(fee.front(), "的退票费")) << fee.front();
  EXPECT_TRUE(has(fee.back(), "确认退票")) << fee.back();
  EXPECT_TRUE(has(fee.back(), "退票费是¥")) << fee.back();
  const auto english = thoughts_of("train/refund_fee_of", 1, ThoughtLanguage::kEnglish);
  EXPECT_TRUE(has(english.back(), "“退票费” is “¥")) << english.back();
}

TEST(Thoughts, LeaveAFactWithoutWordsBesideItUnnamed) {
  const auto open = thoughts_of("riji/todos_open", 1);
  EXPECT_FALSE(has(open.back(), "结果是")) << open.back();
  const auto english = thoughts_of("riji/todos_open", 1, ThoughtLanguage::kEnglish);
  EXPECT_TRUE(has(english.back(), "the value is “")) << english.back();
}

// Whoever has it open need not find it, but do what it was opened for.
TEST(Thoughts, FindNothingThatIsOpen) {
  const auto thoughts = thoughts_of("shop/delete_order", 1);
  ASSERT_GE(thoughts.size(), 3u);
  const std::string& at_order = thoughts[thoughts.size() - 3];  // then it asks, then it ends
  EXPECT_TRUE(has(at_order, "订单详情")) << at_order;
  EXPECT_TRUE(has(at_order, "把删除这一步办好")) << at_order;
  for (const std::string& thought : thoughts)
    EXPECT_FALSE(has(thought, "订单详情") && has(thought, "找到")) << thought;
}

// The same deeds, told in English; only what the screen says is Chinese.
TEST(EnglishThoughts, VaryAndQuoteTheScreen) {
  PhoneEnv env(shared(), {.pixels = false,
                          .hashes = false,
                          .distance = false,
                          .thoughts = ThoughtLanguage::kEnglish});
  PhoneEnv chinese(shared(), {.pixels = false, .hashes = false, .distance = false});
  std::map<std::string, int> thoughts, beginnings;
  int count = 0, notes = 0, number = 0;
  for (const app::TaskSpec* task : tasks_of_split(apps(), "")) {
    if (++number % 6 != 0) continue;
    // Obstacles, too.
    ResetOptions options{.task_id = task->id};
    options.variation.emplace();
    options.variation->locked = number % 12 == 0;
    options.variation->suite = number % 18 == 0 ? "hostile" : "clean";
    try {
      env.reset(std::uint64_t(number), options);
    } catch (const DataError&) {
      continue;
    }
    chinese.reset(std::uint64_t(number), options);
    for (StepResult result; !result.terminated && !result.truncated;) {
      const Advice advice = env.advice(), theirs = chinese.advice();
      const Action& action = advice.actions.front().action;
      EXPECT_EQ(action, theirs.actions.front().action) << task->id;
      EXPECT_EQ(advice.actions.size(), theirs.actions.size()) << task->id;
      const std::string bare = without_names(advice.thought);
      for (const std::string& text : {bare, without_names(advice.sentence),
                                      without_names(joined(advice.facts))})
        EXPECT_FALSE(has_chinese(text)) << text << " / " << advice.thought;
      EXPECT_NE(lower(advice.thought).find(lower(advice.sentence)), std::string::npos)
          << advice.thought << " / " << advice.sentence;
      EXPECT_EQ(bare.find("{"), std::string::npos) << bare;
      EXPECT_TRUE(bare.ends_with(".")) << bare;
      EXPECT_FALSE(bare[0] >= 'a' && bare[0] <= 'z') << bare;
      EXPECT_LE(count_code_points(joined(advice.facts)), 40) << joined(advice.facts);
      ++thoughts[bare];
      ++beginnings[first_characters(bare, 25)];
      ++count;
      notes += !advice.facts.empty();
      result = env.step(action);
      chinese.step(action);
    }
  }
  ASSERT_GT(count, 500);
  EXPECT_GT(notes, 0);
  for (const auto& [text, times] : thoughts) EXPECT_LE(times * 20, count) << text;
  for (const auto& [text, times] : beginnings) EXPECT_LE(times * 100, count * 15) << text;
}

TEST(EnglishThoughts, AreSentencesOfTheSameForm) {
  ThoughtParts parts{.page = "“订单详情” in “淘好物”",
                     .read = "“价格” is “¥12.80”",
                     .purpose = "find “王芳”",
                     .action = "tap “搜索”",
                     .voice = 1};
  EXPECT_EQ(thought_of(parts, english_phrases()),
            "I am looking at “订单详情” in “淘好物”. Worth noting: “价格” is “¥12.80”. To find "
            "“王芳”, I tap “搜索”.");
  parts.read.clear();
  parts.obstacle = english_phrases().obstacles.dialog;
  EXPECT_EQ(thought_of(parts, english_phrases()),
            "“订单详情” in “淘好物” is there, but a dialog is in the way. To find “王芳” I must "
            "first tap “搜索”.");
  parts.obstacle.clear();
  parts.end = ThoughtParts::End::kInfeasible;
  parts.action = english_phrases().actions.give_up;
  EXPECT_EQ(thought_of(parts, english_phrases()),
            "The result is empty, so nothing can be done. I am looking at “订单详情” in "
            "“淘好物”. I can end the task and say that it cannot be done.");
}

TEST(Thoughts, StayInChineseWhatTheyWere) {
  ThoughtParts parts{.page = "淘好物的订单详情",
                     .read = "价格是¥12.80",
                     .purpose = "找到王芳",
                     .action = "点击搜索",
                     .voice = 1};
  EXPECT_EQ(thought_of(parts, chinese_phrases()),
            "这里是淘好物的订单详情，注意到价格是¥12.80，别忘了。要找到王芳，就点击搜索");
  parts.read.clear();
  EXPECT_EQ(thought_of(parts, chinese_phrases()),
            "这里是淘好物的订单详情，打算找到王芳，第一件事是点击搜索");
}

TEST(Sentences, SayTheActionInBothLanguages) {
  struct Case {
    Action action;
    std::string_view label, chinese, english;
  };
  const Case cases[] = {
      {Click{{1, 2}}, "搜索", "点击搜索", "tap “搜索”"},
      {Click{{1, 2}}, "", "点击", "tap it"},
      {LongPress{{1, 2}, 1.0}, "王芳", "长按王芳", "long-press “王芳”"},
      {Swipe{{5, 9}, {5, 1}}, "", "向上滑动", "swipe up"},
      {Swipe{{1, 5}, {9, 5}}, "", "向右滑动", "swipe right"},
      {TypeText{"你好"}, "", "输入你好", "type “你好”"},
      {SystemButton{Button::kBack}, "", "返回", "go back"},
      {SystemButton{Button::kHome}, "", "回到桌面", "go to the home screen"},
      {SystemButton{Button::kEnter}, "", "按回车", "press Enter"},
      {OpenApp{"设置"}, "", "打开设置", "open “设置”"},
      {KeyPress{"power"}, "", "按电源键", "press the power key"},
      {KeyPress{"clear"}, "", "清空输入框", "clear the text field"},
      {Answer{"3"}, "", "回答3", "answer “3”"},
      {Wait{1.0}, "", "等待", "wait"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(sentence_of(one.action, one.label, chinese_phrases()), one.chinese);
    EXPECT_EQ(sentence_of(one.action, one.label, english_phrases()), one.english);
  }
}

}  // namespace
}  // namespace paperphone::task

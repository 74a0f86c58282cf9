// Thoughts over all templates: they say where one is and what for, and do not repeat
// themselves.
#include <gtest/gtest.h>

#include <map>

#include "env/base/error.h"
#include "env/base/utf8.h"
#include "env/phone/phone_env.h"
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
      EXPECT_LE(count_code_points(advice.note), 40) << advice.note;
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
    noted = noted || (!advice.note.empty() && type == nullptr);
    if (type != nullptr && advice.note.find(type->utf8) != std::string::npos) used = noted;
    result = env.step(advice.actions.front().action);
  }
  EXPECT_TRUE(noted);
  EXPECT_TRUE(used) << "noted before it was typed";
}

}  // namespace
}  // namespace paperphone::task

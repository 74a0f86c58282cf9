// Every question of the apps: all renderings of the right value are right, those of
// other values are wrong, and an answer that is always the same earns its share and no
// more. PAPERPHONE_ANSWER_SEEDS=100 asks in more worlds than the ordinary run, and
// says how often the commonest answer and some constants are right.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "env/app/calendar.h"
#include "env/task/task.h"
#include "tests/task/all_apps.h"
#include "tests/task/answer_renderings.h"

namespace paperphone::task {

using app::Kind;
using app::TaskSpec;
using app::Value;

namespace {

int seeds(int usual) { return seeds_of("PAPERPHONE_ANSWER_SEEDS", usual); }

std::vector<const TaskSpec*> questions() {
  std::vector<const TaskSpec*> found;
  for (const TaskSpec* task : tasks_of_split(apps(), ""))
    if (!task->answer.empty()) found.push_back(task);
  return found;
}

std::vector<std::string> question_ids() {
  std::vector<std::string> ids;
  for (const TaskSpec* task : questions()) ids.push_back(task->id);
  return ids;
}

// The value behind the expected answer.
Value truth_of(const TaskInstance& task) {
  return app::evaluate(task.spec->answer,
                       {.world = task.initial, .apps = apps(), .params = task.values});
}

bool asks_minutes(const TaskSpec& spec) {
  AnswerKey key;
  for (const app::Template& question : spec.zh) read_wording(question, key);
  for (const std::u32string& phrase : key.asked)
    if (phrase.starts_with(U"分钟")) return true;
  return false;
}

std::vector<std::string> renderings(const TaskSpec& spec, const Value& value) {
  const std::int64_t n = value.as_int();
  switch (spec.answer.type().kind) {
    case Kind::kInt:
    case Kind::kSeed:
      return asks_minutes(spec) ? testing::length_renderings(n)
                                : testing::count_renderings(n);
    case Kind::kMoney:
      return testing::money_renderings(n);
    case Kind::kTime:
      return testing::time_renderings(int(n));
    case Kind::kDate:
      return testing::date_renderings(n);
    case Kind::kBool:
      return testing::yes_no_renderings(value.as_bool());
    case Kind::kText:
      return testing::name_renderings(std::string(value.as_text()));
    default:
      return {};
  }
}

// Values that are mistaken for this one: neighbours, other units, other halves of the
// day.
std::vector<Value> others(const TaskSpec& spec, const Value& value) {
  const std::int64_t n = value.as_int();
  std::vector<std::int64_t> near;
  switch (spec.answer.type().kind) {
    case Kind::kInt:
    case Kind::kSeed:
      near = {n + 1,      n - 1,  n + 10, n * 10, n / 10, n * 100,
              n * 10'000, n * 60, n / 60, 0,      1,      12};
      break;
    case Kind::kMoney:
      near = {n + 1,   n - 1,   n + 10,     n + 100, n * 10,       n / 10,
              n * 100, n / 100, n * 10'000, 0,       n / 100 * 100};
      break;
    case Kind::kTime:
      near = {n + 1,       n + 1439,    n + 60,
              n + 720,     n + 30,      n + 15,
              n / 60 * 60, n % 60 * 60, n % 24 * 60 + n / 60};
      for (std::int64_t& minute : near) minute %= 1440;
      break;
    case Kind::kDate:
      near = {n + 1,  n - 1,   n + 7,   n - 7,   n + 30,
              n + 31, n - 365, n + 365, n - 366, n + 366};
      break;
    case Kind::kBool:
      near = {1 - n};
      break;
    case Kind::kText: {
      const std::string text(value.as_text());
      return {Value::of_text(text + "1"), Value::of_text("小" + text),
              Value::of_text("不" + text), Value::of_text(text + "和" + text),
              Value::of_text(text + "或" + text + "2")};
    }
    default:
      break;
  }
  std::vector<Value> out;
  for (const std::int64_t other : near)
    if (other != n && other >= 0 && other < 100'000'000)
      out.push_back(Value::of_int(other));
  return out;
}

class Question : public ::testing::TestWithParam<std::string> {
 protected:
  const TaskInstance& ask(int seed) {
    env.reset(std::uint64_t(seed), {.task_id = GetParam()});
    return env.task();
  }
  bool is_right(const std::string& answer) {
    return answer_matches(env.task(), apps(), answer);
  }

  PhoneEnv env{shared(), {.pixels = false, .hashes = false}};
};

TEST_P(Question, TakesEveryRenderingOfTheTruth) {
  for (int seed = 1; seed <= seeds(4); ++seed) {
    const TaskInstance& task = ask(seed);
    auto texts = renderings(*task.spec, truth_of(task));
    ASSERT_FALSE(texts.empty());
    texts.push_back(task.expected_answer);
    for (const std::string& text : texts)
      EXPECT_TRUE(is_right(text)) << seed << ": " << task.instruction << " "
                                  << task.expected_answer << ": " << text;
  }
}

TEST_P(Question, TakesNoRenderingOfAnotherValue) {
  for (int seed = 1; seed <= seeds(4); ++seed) {
    const TaskInstance& task = ask(seed);
    for (const Value& other : others(*task.spec, truth_of(task)))
      for (const std::string& text : renderings(*task.spec, other))
        EXPECT_FALSE(is_right(text)) << seed << ": " << task.instruction << " "
                                     << task.expected_answer << ": " << text;
  }
}

// The right words with something that changes them.
TEST_P(Question, TakesNothingThatDeniesBoundsOrDoubts) {
  for (int seed = 1; seed <= seeds(4); ++seed) {
    const TaskInstance& task = ask(seed);
    const std::string& right = task.expected_answer;
    for (const char* before :
         {"不是", "并非", "至少", "至多", "最多",   "超过",       "少于",
          "多于", "不到", "大约", "约",   "差不多", "可能是",     "应该是",
          "除了", "没有", "接近", "not ", "about ", "more than ", "at least "})
      EXPECT_FALSE(is_right(before + right)) << before << right;
    for (const char* behind : {"左右", "以上", "以下", "多", "不到", "吗", "?", "或1",
                               "、2", "和3", "或者没有", "~", "-1", "以内", "起"})
      EXPECT_FALSE(is_right(right + behind)) << right << behind;
  }
}

// Reports of wrong answers that were rewarded, played through.
TEST_P(Question, RewardsNoOtherHalfOfTheDayAndNoBound) {
  if (fact_to_see(*apps().task(GetParam())) != nullptr) return;  // not without a look
  for (int seed = 1; seed <= 3; ++seed) {
    const std::string right = ask(seed).expected_answer;
    const Value truth = truth_of(env.task());
    std::vector<std::string> wrong;
    if (env.task().spec->answer.type().kind == Kind::kTime) {
      const auto hour = truth.as_int() / 60, minute = truth.as_int() % 60;
      if (hour >= 1 && hour <= 11) {
        wrong.push_back(fmt::format("下午{}:{:02}", hour, minute));
        wrong.push_back(fmt::format("晚上{}点{}分", hour, minute));
      }
      if (minute == 0) {
        wrong.push_back(fmt::format("{}点半", hour));
        wrong.push_back(fmt::format("{}点一刻", hour));
      }
    } else if (right.find_first_not_of("0123456789") == std::string::npos) {
      wrong = {right + "万", "至少" + right + "个", "超过" + right, "少于" + right};
      if (right == "0") wrong.erase(wrong.begin());
    }
    for (const std::string& answer : wrong) {
      ask(seed);
      EXPECT_EQ(env.step(Answer{answer}).reward, 0.0f) << answer << " for " << right;
    }
    ask(seed);
    EXPECT_EQ(env.step(Answer{right}).reward, 1.0f) << right;
  }
}

// Who always says the same is right where that is the truth, and nowhere else.
TEST_P(Question, PaysAConstantAnswerItsShareOnly) {
  constexpr const char* kConstants[] = {"是", "否", "0", "1", "2", "3", "无", "没有"};
  const int asked = seeds(40);
  std::map<std::string, int> truths, earned;
  for (int seed = 1; seed <= asked; ++seed) {
    const TaskInstance& task = ask(seed);
    const Kind kind = task.spec->answer.type().kind;
    const Value truth = truth_of(task);
    ++truths[task.expected_answer];
    for (const std::string constant : kConstants) {
      const bool right = is_right(constant);
      earned[constant] += right;
      std::optional<std::int64_t> number;
      if (std::isdigit(constant[0])) number = constant[0] - '0';
      if (kind == Kind::kInt && (constant == "无" || constant == "没有")) number = 0;
      if (kind == Kind::kMoney && number) *number *= 100;
      const bool is_number = kind == Kind::kInt || kind == Kind::kMoney;
      if (kind != Kind::kBool) {
        EXPECT_EQ(right, is_number && number && truth.as_int() == *number)
            << task.expected_answer << " " << constant;
      }
    }
  }
  std::string report;
  for (const auto& [constant, times] : earned)
    if (times > 0) report += fmt::format(" {} {}%", constant, 100 * times / asked);
  int most = 0;
  for (const auto& [truth, times] : truths) most = std::max(most, times);
  if (std::getenv("PAPERPHONE_ANSWER_SEEDS"))
    fmt::print("{}: {} answers, the commonest {}%;{}\n", GetParam(), truths.size(),
               100 * most / asked, report);
  if (apps().task(GetParam())->answer.type().kind == Kind::kBool) {
    EXPECT_GE(most * 10, asked * 4);
    EXPECT_LE(most * 10, asked * 7) << "yes and no are not balanced";
  }
}

INSTANTIATE_TEST_SUITE_P(Apps, Question, ::testing::ValuesIn(question_ids()),
                         [](const auto& info) { return case_name(info.param); });

}  // namespace
}  // namespace paperphone::task

#include "env/task/answer.h"

#include <gtest/gtest.h>

#include "env/app/expr/value.h"
#include "tests/cases.h"

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

TEST(SameAnswer, ComparesByTypeAfterNormalising) {
  const auto cases = testing::read_cases("tests/cases/answers.txt");
  ASSERT_GT(cases.size(), 20u);
  for (const auto& c : cases) {
    const auto space = c.input.find(' '), bar = c.input.find(" | ");
    const app::Type type{kind_of(c.input.substr(0, space)), -1, -1};
    const bool same = same_answer(type, c.input.substr(space + 1, bar - space - 1),
                                  c.input.substr(bar + 3));
    EXPECT_EQ(same ? "yes" : "no", c.expected) << "tests/cases/answers.txt:" << c.line;
  }
}

}  // namespace
}  // namespace paperphone::task

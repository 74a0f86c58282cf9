#include "env/types.h"

#include <gtest/gtest.h>

#include "env/base/rng.h"
#include "tests/cases.h"

namespace paperphone {
namespace {

TEST(ActionJson, ReadsAndWritesEveryCase) {
  const auto cases = testing::read_cases("tests/cases/actions.txt");
  ASSERT_GT(cases.size(), 20u);
  for (const auto& c : cases) {
    const auto [action, error] = action_from_json(c.input);
    EXPECT_EQ(action ? action_to_json(*action) : "error: " + error, c.expected)
        << "tests/cases/actions.txt:" << c.line;
  }
}

TEST(ActionJson, SurvivesAnyBytes) {
  Rng rng(5);
  for (int i = 0; i < 2000; ++i) {
    std::string bytes = i % 2 ? R"({"action":"click","coordinate":[1,2]})" : "";
    for (int n = 0; n < 20; ++n) {
      const auto at = rng.below(bytes.size() + 1);
      bytes.insert(bytes.begin() + long(at), char(rng.below(256)));
    }
    action_from_json(bytes);  // must not throw
  }
}

TEST(ActionJson, BrokenUtf8IsReplacedNotThrown) {
  EXPECT_EQ(action_to_json(TypeText{"a\xff"}),
            "{\"action\":\"type\",\"text\":\"a\xEF\xBF\xBD\"}");
}

}  // namespace
}  // namespace paperphone

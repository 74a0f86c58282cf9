#include "env/app/expr/expr.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "env/app/calendar.h"
#include "env/app/expr/expr_parser.h"
#include "env/app/loader.h"
#include "env/app/world/generator.h"
#include "tests/cases.h"

namespace paperphone::app {
namespace {

constexpr std::int64_t kNoon = 12 * 60;  // 12:00 of 2025-11-20 on the test's clock

class ExprTest : public ::testing::Test {
 protected:
  ExprTest()
      : apps_(load_apps("tests/app/apps_small")), world_(make_world(apps_, Rng(1))) {
    world_.now_ms = (*parse_date("2025-11-20") * kMinutesPerDay + kNoon) * kMsPerMinute;
    memo_ = apps_.find("memo");
    note_ = Type{.kind = Kind::kRef, .app = memo_, .table = 0};
    row_ = Ref{std::int16_t(memo_), 0, 0};
    args_ = {ArgSpec{"what", note_}, ArgSpec{"size", Type{.kind = Kind::kInt}}};
    values_ = {Value::of_ref({std::int16_t(memo_), 0, 1}), Value::of_int(7)};
  }

  Scope scope() const {
    Scope scope{.apps = &apps_, .app = memo_};
    scope.row = note_;
    scope.args = args_;
    return scope;
  }
  EvalContext context() const {
    return {.world = world_, .apps = apps_, .row = row_, .args = values_};
  }

  // "int 3", "text 'abc'", "error 5: ...".
  std::string show(const std::string& text) const {
    try {
      const Expr expr = parse_expr(text, scope());
      const Value value = evaluate(expr, context());
      const std::string written =
          format_value(value, expr.type(), Format::kPlain, context());
      return fmt::format("{} {}", type_name(expr.type(), apps_),
                         value.is_none() ? "none" : written);
    } catch (const ExprError& error) {
      return fmt::format("error {}: {}", error.offset, error.message);
    }
  }

  AppSet apps_;
  World world_;
  int memo_ = -1;
  Type note_;
  Ref row_;
  std::vector<ArgSpec> args_;
  std::vector<Value> values_;
};

TEST_F(ExprTest, ComputesWhatTheCasesSay) {
  const auto cases = testing::read_cases("tests/cases/expr.txt");
  ASSERT_GT(cases.size(), 80u);
  for (const auto& c : cases)
    EXPECT_EQ(show(c.input), c.expected) << "tests/cases/expr.txt:" << c.line << "\n"
                                         << c.input;
}

TEST_F(ExprTest, TemplatesFillTheirHoles) {
  const auto cases = testing::read_cases("tests/cases/templates.txt");
  ASSERT_GT(cases.size(), 30u);
  for (const auto& c : cases) {
    std::string shown;
    try {
      shown = render(parse_template(c.input, scope()), context());
    } catch (const ExprError& error) {
      shown = fmt::format("error {}: {}", error.offset, error.message);
    }
    EXPECT_EQ(shown, c.expected) << "tests/cases/templates.txt:" << c.line;
  }
}

TEST_F(ExprTest, ATemplateWithoutHolesIsConstant) {
  EXPECT_TRUE(parse_template("便签 {{1}}", scope()).constant());
  EXPECT_FALSE(parse_template("便签 {1}", scope()).constant());
  EXPECT_TRUE(parse_template("", scope()).empty());
}

TEST_F(ExprTest, APlaceIsReadWhereItPoints) {
  EXPECT_EQ(read(parse_place("amount", scope()), context()), Value::of_int(3));
  EXPECT_EQ(read(parse_place("row.title", scope()), context()),
            Value::of_text("购物清单"));
  EXPECT_EQ(read(parse_place("what.pinned_by.title", scope()), context()),
            Value::of_text("购物清单"));
  EXPECT_TRUE(read(parse_place("row.pinned_by.title", scope()), context()).is_none());
  EXPECT_THROW(parse_place("amount + 1", scope()), ExprError);
  EXPECT_THROW(parse_place("contacts.signature", scope()), ExprError);
}

TEST_F(ExprTest, NoTextMakesTheParserFailInAnotherWay) {
  Rng rng(9);
  const std::string letters = "abit().,'+-*/%<>=!{}: 012row.titlecountnote\\\"\n中";
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (std::uint64_t n = rng.below(40); n > 0; --n) text += letters[rng.below(letters.size())];
    try {
      evaluate(parse_expr(text, scope()), context());
      render(parse_template(text, scope()), context());
    } catch (const ExprError&) {
    }
  }
}

TEST_F(ExprTest, DepthAndLengthAreLimited) {
  EXPECT_TRUE(show(std::string(1000, '(')).starts_with("error"));
  EXPECT_TRUE(show(std::string(3000, '1')).starts_with("error 0: the expression has"));
  std::string sum = "1";
  for (int i = 0; i < 900; ++i) sum += "+1";
  EXPECT_EQ(show(sum), "int 901");
}

}  // namespace
}  // namespace paperphone::app

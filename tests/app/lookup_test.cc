// Rows that a condition finds without going through all of them.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "env/app/expr/expr.h"
#include "env/app/expr/expr_parser.h"
#include "env/app/loader.h"
#include "env/app/world/generator.h"
#include "tests/app/edited_apps.h"

namespace paperphone::app {
namespace {

class Lookup : public ::testing::Test {
 protected:
  Lookup() {
    edited_.replace("contacts/app.yaml", "chance(20)",
                    "chance(20)\n      number: int = seq\n      back: int = 31 - seq");
    apps_ = lint_apps(edited_.folder()).apps;  // two columns are never read
    app_ = apps_.find("contacts");
  }
  const TableSpec& spec() const { return apps_.apps[std::size_t(app_)].tables[0]; }
  Value value(const std::string& text, const World& world) const {
    const Scope scope{.apps = &apps_, .app = app_};
    return evaluate(parse_expr(text, scope), {.world = world, .apps = apps_});
  }

  EditedApps edited_;
  AppSet apps_;
  int app_ = -1;
};

TEST_F(Lookup, KnowsWhichColumnsCountTheRows) {
  EXPECT_TRUE(spec().counts_rows(spec().column("number")));
  EXPECT_FALSE(spec().counts_rows(spec().column("back")));
  EXPECT_FALSE(spec().counts_rows(spec().column("name")));
}

// `back` holds numbers too, but is gone through.
TEST_F(Lookup, FindsWhatGoingThroughAllRowsFinds) {
  const World world = make_world(apps_, Rng(5));
  for (const char* form :
       {"first(contact, it.{} == {})", "latest(contact, it.{} == {})",
        "one(contact, it.{} == {})", "count(contact, it.{} == {} and it.starred)",
        "any(contact, not it.starred and it.{} == {})",
        "sum(contact, it.back, it.{} == {})", "most(contact, it.name, it.{} == {})"}) {
    for (int number = -2; number < 35; ++number)
      EXPECT_EQ(value(fmt::format(fmt::runtime(form), "number", number), world),
                value(fmt::format(fmt::runtime(form), "back", 31 - number), world))
          << form << " " << number;
  }
  EXPECT_TRUE(value("any(contact, it.number == 7)", world).as_bool());
  EXPECT_EQ(value("count(contact, it.number == 7 - 8)", world), Value::of_int(0));
}

TEST_F(Lookup, GoesThroughRowsThatWereWrittenTo) {
  World world = make_world(apps_, Rng(5));
  Table& table = world.apps[std::size_t(app_)].edit().tables[0].edit();
  table.rows[4].edit().cells[std::size_t(spec().column("number"))] = Value::of_int(9);
  table.rows.erase(table.rows.begin() + 2);
  EXPECT_EQ(value("count(contact, it.number == 9)", world), Value::of_int(2));
  EXPECT_EQ(value("first(contact, it.number == 9)", world).as_ref().row_id, 4);
  EXPECT_EQ(value("count(contact, it.number == 2)", world), Value::of_int(0));
  EXPECT_EQ(value("one(contact, it.number == 3)", world).as_ref().row_id, 3);
}

}  // namespace
}  // namespace paperphone::app

#include "env/task/params.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "env/app/loader.h"
#include "env/app/world/generator.h"
#include "tests/app/edited_apps.h"

namespace paperphone::task {

using app::Kind;
using app::ParamSpec;
using app::Row;
using app::Table;
using app::Value;

namespace {

constexpr int kDrawings = 6000;

// The small apps' contacts; their names are drawn, so some stand twice.
class Params : public ::testing::Test {
 protected:
  void load() {
    apps_ = app::load_apps(edited_.folder());
    app_ = apps_.find("contacts");
    for (const app::TaskSpec& task : apps_.apps[std::size_t(app_)].tasks)
      if (task.id == "contacts/star_person") param_ = &task.params[0];
    ASSERT_NE(param_, nullptr);
    world_ = app::make_world(apps_, Rng(11));
  }
  app::EvalContext context() const { return {.world = world_, .apps = apps_}; }
  const Table& contacts() const { return *world_.apps[std::size_t(app_)]->tables[0]; }
  static std::string name(const Row& row) {
    return std::string(row.cells[0].as_text());
  }
  static bool starred(const Row& row) { return row.cells[3].as_bool(); }

  std::map<int, int> draw_often() const {  // row -> how often
    std::map<int, int> drawn;
    for (int i = 0; i < kDrawings; ++i) {
      Rng rng = Rng(3).fork(std::uint64_t(i));
      const auto value = draw_param(*param_, context(), rng);
      if (value) ++drawn[value->as_ref().row_id];
    }
    return drawn;
  }
  // Not starred, and nobody else has the name.
  std::set<int> allowed() const {
    std::map<std::string, int> times;
    for (const auto& row : contacts().rows) ++times[name(*row)];
    std::set<int> rows;
    for (const auto& row : contacts().rows)
      if (!starred(*row) && times[name(*row)] == 1) rows.insert(row->id);
    return rows;
  }

  app::EditedApps edited_;
  app::AppSet apps_;
  int app_ = -1;
  const ParamSpec* param_ = nullptr;
  app::World world_;
};

TEST_F(Params, EveryAllowedRowIsDrawnAsOftenAsTheOthers) {
  load();
  // So that two have one name in this very world.
  world_.apps[std::size_t(app_)].edit().tables[0].edit().rows[8].edit().cells[0] =
      Value::of_text(name(*contacts().rows[9]));
  const std::set<int> rows = allowed();
  ASSERT_GT(rows.size(), 10u);
  ASSERT_FALSE(rows.contains(8) || rows.contains(9));
  const auto drawn = draw_often();
  const double expected = double(kDrawings) / double(rows.size());
  int total = 0;
  for (const auto& [row, times] : drawn) {
    EXPECT_TRUE(rows.contains(row)) << row;
    EXPECT_NEAR(times, expected, 5 * std::sqrt(expected)) << row;
    total += times;
  }
  EXPECT_EQ(total, kDrawings);
  EXPECT_EQ(drawn.size(), rows.size());
}

TEST_F(Params, NoneIsDrawnWhereNoneIsAllowed) {
  load();
  Table& table = world_.apps[std::size_t(app_)].edit().tables[0].edit();
  for (auto& row : table.rows) row.edit().cells[3] = Value::of_bool(true);
  EXPECT_TRUE(draw_often().empty());
}

// `unique_names` speaks of new worlds; names that were written since are compared.
TEST_F(Params, NamesAreTrustedUntilTheRecordIsWrittenTo) {
  edited_.replace("contacts/app.yaml", "    rows: 30\n",
                  "    rows: 30\n    unique_names: true\n");
  edited_.replace("contacts/app.yaml",
                  "pick(lexicon.surname) + pick(lexicon.given_name)",
                  "'联系人' + text(seq)");
  load();
  const std::set<int> before = allowed();
  EXPECT_EQ(draw_often().size(), before.size());
  const int renamed = *before.begin();
  const int like = *before.rbegin();
  Table& table = world_.apps[std::size_t(app_)].edit().tables[0].edit();
  table.rows[std::size_t(renamed)].edit().cells[0] =
      Value::of_text(name(*table.rows[std::size_t(like)]));
  const auto drawn = draw_often();
  EXPECT_EQ(drawn.size(), before.size() - 2);
  EXPECT_FALSE(drawn.contains(renamed) || drawn.contains(like));
}

TEST_F(Params, AWantedValueIsFoundByWhatIsShown) {
  load();
  const int row = *allowed().begin();
  const std::string wanted = name(*contacts().rows[std::size_t(row)]);
  const auto found = find_param(*param_, context(), wanted);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->as_ref().row_id, row);
  EXPECT_FALSE(find_param(*param_, context(), "王小明"));  // starred
  EXPECT_FALSE(find_param(*param_, context(), "没有这个人"));
}

TEST_F(Params, AWantedNumberIsOneFromItsFirstToItsLastLetter) {
  load();
  const ParamSpec number{.name = "n", .type = {.kind = Kind::kInt}};
  EXPECT_EQ(find_param(number, context(), "-12"), Value::of_int(-12));
  for (const char* wanted : {"", "12x", "x", "99999999999999999999", " 1"})
    EXPECT_FALSE(find_param(number, context(), wanted)) << wanted;
  const ParamSpec text{.name = "t", .type = {.kind = Kind::kText}};
  EXPECT_EQ(find_param(text, context(), "你好"), Value::of_text("你好"));
}

}  // namespace
}  // namespace paperphone::task

#include "env/app/world/generator.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>
#include <utility>

#include "env/app/calendar.h"
#include "env/app/loader.h"
#include "tests/app/edited_apps.h"

namespace paperphone::app {
namespace {

namespace fs = std::filesystem;

class MakeWorld : public ::testing::Test {
 protected:
  AppSet apps_ = load_apps("tests/app/apps_small");
  int contacts_ = apps_.find("contacts");
  int memo_ = apps_.find("memo");

  const Table& table(const World& world, int app, std::string_view name) const {
    const int index = apps_.apps[std::size_t(app)].table(name);
    return *world.apps[std::size_t(app)]->tables[std::size_t(index)];
  }
};

TEST_F(MakeWorld, TheSameSeedMakesTheSameWorld) {
  EXPECT_EQ(make_world(apps_, Rng(5)), make_world(apps_, Rng(5)));
  EXPECT_FALSE(make_world(apps_, Rng(5)) == make_world(apps_, Rng(6)));
}

// Choices are remembered within a world and, where files alone say what is asked, for all
// worlds; without, they come out the same.
TEST(ChosenRows, ChangesNoCellOfAnyApp) {
  const AppSet apps = load_apps(default_apps_dir());
  AppSet forgetful = load_apps(default_apps_dir());
  forgetful.chosen = nullptr;
  for (const std::uint64_t seed : {1, 2, 3}) {
    const World world = make_world(apps, Rng(seed));
    const World other = make_world(forgetful, Rng(seed));
    for (std::size_t a = 0; a < apps.apps.size(); ++a)
      for (std::size_t t = 0; t < apps.apps[a].tables.size(); ++t)
        EXPECT_EQ(*world.apps[a]->tables[t], *other.apps[a]->tables[t])
            << apps.apps[a].id << "." << apps.apps[a].tables[t].name;
  }
}

TEST_F(MakeWorld, FixturesComeFirstAndStayTheSame) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const World world = make_world(apps_, Rng(seed));
    const Table& contacts = table(world, contacts_, "contact");
    ASSERT_EQ(contacts.rows.size(), 32u);
    EXPECT_EQ(contacts.rows[0]->cells[0], Value::of_text("王小明"));
    EXPECT_EQ(contacts.rows[1]->cells[0], Value::of_text("李,雷"));
    EXPECT_TRUE(contacts.rows[0]->cells[3].as_bool());
    EXPECT_EQ(contacts.rows[31]->id, 31);
  }
}

TEST_F(MakeWorld, RelativeFixturesFollowTheClock) {
  const World world = make_world(apps_, Rng(3));
  const std::int64_t now = world.now_ms / kMsPerMinute;
  const Row& row = *table(world, memo_, "note").rows[0];
  EXPECT_EQ(row.cells[3].as_int(), now / kMinutesPerDay + 3);
  EXPECT_EQ(row.cells[5].as_int(), now - 45);
  const AppData& data = *world.apps[std::size_t(memo_)];
  const AppSpec& spec = apps_.apps[std::size_t(memo_)];
  EXPECT_EQ(data.vars[std::size_t(spec.var("saved"))].as_int(), now - 45);
  EXPECT_EQ(data.vars[std::size_t(spec.var("due"))].as_int(), now / kMinutesPerDay + 3);
}

TEST_F(MakeWorld, ReferencesBetweenFixturesAreResolved) {
  const World world = make_world(apps_, Rng(3));
  const Ref first{std::int16_t(memo_), 0, 0};
  EXPECT_EQ(table(world, memo_, "note").rows[1]->cells[6].as_ref(), first);
  const int favourite = apps_.apps[std::size_t(memo_)].var("favourite");
  EXPECT_EQ(world.apps[std::size_t(memo_)]->vars[std::size_t(favourite)].as_ref().row_id,
            1);
}

TEST_F(MakeWorld, TheClockStartsBetweenEightAndTwentyOneOfDifferentDays) {
  std::set<std::int64_t> days;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::int64_t minutes = make_world(apps_, Rng(seed)).now_ms / kMsPerMinute;
    days.insert(minutes / kMinutesPerDay);
    EXPECT_EQ(civil_from_days(minutes / kMinutesPerDay).year, 2025);
    EXPECT_GE(minutes % kMinutesPerDay, 8 * 60);
    EXPECT_LE(minutes % kMinutesPerDay, 21 * 60);
  }
  EXPECT_GT(days.size(), 120u);
}

TEST_F(MakeWorld, ShuffledEntriesDoNotRepeat) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const World world = make_world(apps_, Rng(seed));
    std::set<std::string> titles;
    const auto& rows = table(world, memo_, "note").rows;
    for (std::size_t i = 2; i < rows.size(); ++i)
      titles.emplace(rows[i]->cells[0].as_text());
    EXPECT_EQ(titles.size(), 4u);
  }
}

TEST_F(MakeWorld, PickedRowsExist) {
  const World world = make_world(apps_, Rng(8));
  for (const auto& row : table(world, memo_, "tag").rows)
    EXPECT_NE(world.find(row->cells[1].as_ref()), nullptr);
}

// As many rows as there are for which the condition holds, none twice; then from the first.
TEST_F(MakeWorld, RowsAreShuffledAndPickedByACondition) {
  EditedApps edited;
  edited.replace("contacts/app.yaml", "pick('同事', '朋友', '家人')",
                 "shuffled(memo.note, it.title != '购物清单').title + '/' + "
                 "pick(memo.note, it.title == '购物清单').title");
  const LoadResult changed = lint_apps(edited.folder());
  ASSERT_EQ(changed.findings.size(), 0u) << changed.findings[0].str();
  const World world = make_world(changed.apps, Rng(4));
  std::set<std::string_view> others;
  for (const auto& row : table(world, memo_, "note").rows)
    if (row->cells[0].as_text() != "购物清单") others.insert(row->cells[0].as_text());
  const auto& rows = world.apps[std::size_t(contacts_)]->tables[0]->rows;
  std::set<std::string> drawn;
  for (std::size_t i = 2; i < 2 + others.size(); ++i) {
    const std::string text(rows[i]->cells[2].as_text());
    EXPECT_TRUE(text.ends_with("/购物清单")) << text;
    EXPECT_TRUE(others.contains(std::string_view(text).substr(0, text.find('/')))) << text;
    EXPECT_TRUE(drawn.insert(text).second) << text << " twice";
  }
}

TEST_F(MakeWorld, VariablesMayBeDrawn) {
  EditedApps edited;
  edited.replace("contacts/app.yaml", "state:\n",
                 "state:\n  pin: text = digits(6)\n  luck: int = rand(1, 1000)\n");
  const AppSet apps = lint_apps(edited.folder()).apps;
  const AppSpec& spec = apps.apps[std::size_t(contacts_)];
  std::set<std::string> pins;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const World world = make_world(apps, Rng(seed));
    const auto& vars = world.apps[std::size_t(contacts_)]->vars;
    const std::string pin(vars[std::size_t(spec.var("pin"))].as_text());
    EXPECT_EQ(pin.size(), 6u);
    pins.insert(pin);
    const std::int64_t luck = vars[std::size_t(spec.var("luck"))].as_int();
    EXPECT_TRUE(luck >= 1 && luck <= 1000) << luck;
    EXPECT_EQ(make_world(apps, Rng(seed)).apps[std::size_t(contacts_)]->vars, vars);
  }
  EXPECT_EQ(pins.size(), 20u);
}

TEST_F(MakeWorld, AGeneratorMayReadRecordsBelowItAndOfOtherApps) {
  EditedApps edited;
  edited.replace("contacts/app.yaml", "pick('同事', '朋友', '家人')",
                 "text(count(memo.note)) + text(count(memo.tag, it.of.title != ''))");
  const LoadResult changed = lint_apps(edited.folder());
  ASSERT_EQ(changed.findings.size(), 0u) << changed.findings[0].str();
  const World world = make_world(changed.apps, Rng(4));
  const auto& rows = world.apps[std::size_t(contacts_)]->tables[0]->rows;
  EXPECT_EQ(rows[2]->cells[2], Value::of_text("66"));
  // Their own rows are as ever.
  const World before = make_world(apps_, Rng(4));
  EXPECT_EQ(rows[2]->cells[0], table(before, contacts_, "contact").rows[2]->cells[0]);
  EXPECT_EQ(table(before, memo_, "tag"),
            *world.apps[std::size_t(memo_)]
                 ->tables[std::size_t(apps_.apps[std::size_t(memo_)].table("tag"))]);
}

TEST_F(MakeWorld, SeqGoesOnBehindTheFixtures) {
  EditedApps edited;
  edited.replace("contacts/app.yaml", "chance(20)", "chance(20)\n      number: int = seq");
  const AppSet changed = lint_apps(edited.folder()).apps;
  const World world = make_world(changed, Rng(4));
  const auto& rows = world.apps[std::size_t(contacts_)]->tables[0]->rows;
  ASSERT_EQ(rows.size(), 32u);
  for (std::size_t i = 0; i < rows.size(); ++i)
    EXPECT_EQ(rows[i]->cells[4].as_int(), std::int64_t(i));
}

TEST_F(MakeWorld, ANewTableOrColumnMovesNothingElse) {
  EditedApps edited;
  edited.replace("memo/app.yaml", "  tag:\n",
                 "  extra: {columns: {n: \"int = rand(1, 6)\"}, rows: 9}\n  tag:\n");
  edited.replace("contacts/app.yaml", "chance(20)",
                 "chance(20)\n      age: int = rand(1, 99)");
  // Nothing reads them, which is a finding, but no fault.
  const AppSet changed = lint_apps(edited.folder()).apps;
  const World before = make_world(apps_, Rng(4));
  const World after = make_world(changed, Rng(4));
  EXPECT_EQ(before.now_ms, after.now_ms);
  const AppSpec& memo = changed.apps[std::size_t(memo_)];
  EXPECT_EQ(table(before, memo_, "note"),
            *after.apps[std::size_t(memo_)]->tables[std::size_t(memo.table("note"))]);
  const auto& old_rows = table(before, contacts_, "contact").rows;
  const auto& new_rows = after.apps[std::size_t(contacts_)]->tables[0]->rows;
  ASSERT_EQ(old_rows.size(), new_rows.size());
  for (std::size_t i = 0; i < old_rows.size(); ++i)
    for (std::size_t c = 0; c < 4; ++c)
      EXPECT_EQ(old_rows[i]->cells[c], new_rows[i]->cells[c]);
  EXPECT_FALSE(apps_.content_hash == changed.content_hash);
}

// Whoever looks first, and in whatever order, sees the same tables.
TEST_F(MakeWorld, PartsComeOutTheSameInAnyOrder) {
  const World forwards = make_world(apps_, Rng(11));
  const World backwards = make_world(apps_, Rng(11));
  for (std::size_t a = 0; a < apps_.apps.size(); ++a)
    for (const auto& table : forwards.apps[a]->tables) (void)table->rows.size();
  for (std::size_t a = apps_.apps.size(); a-- > 0;)
    for (std::size_t t = apps_.apps[a].tables.size(); t-- > 0;)
      EXPECT_EQ(*backwards.apps[a]->tables[t], *forwards.apps[a]->tables[t]);
  EXPECT_EQ(backwards, forwards);
}

// Cell by cell from the last to the first, and all at once by several threads.
TEST(CellsOnDemand, ComeOutTheSameInAnyOrder) {
  const AppSet apps = load_apps(default_apps_dir());
  const World forwards = make_world(apps, Rng(21));
  const World backwards = make_world(apps, Rng(21));
  const World shared = make_world(apps, Rng(21));
  int on_demand = 0;
  std::vector<std::jthread> threads;
  std::atomic<int> different{0};
  for (std::size_t a = 0; a < apps.apps.size(); ++a) {
    for (std::size_t t = 0; t < apps.apps[a].tables.size(); ++t) {
      on_demand += apps.apps[a].tables[t].cells_on_demand;
      const Table& first = *forwards.apps[a]->tables[t];
      for (const auto& row : first.rows) row->cells.all();
      const Table& last = *backwards.apps[a]->tables[t];
      for (std::size_t r = last.rows.size(); r-- > 0;)
        for (std::size_t c = last.rows[r]->cells.size(); c-- > 0;)
          EXPECT_EQ(std::as_const(*last.rows[r]).cells[c],
                    std::as_const(*first.rows[r]).cells[c])
              << apps.apps[a].id << "." << apps.apps[a].tables[t].name << " " << r;
    }
  }
  EXPECT_GT(on_demand, 40);
  for (int thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&, thread] {
      const World mine = shared;  // as the forks of an episode are
      for (std::size_t i = 0; i < apps.apps.size(); ++i) {
        const std::size_t a = thread == 1 ? apps.apps.size() - 1 - i : i;
        if (!(*mine.apps[a] == *forwards.apps[a])) ++different;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(different, 0);
}

// Rows that read rows above them are made from top to bottom, all at once.
TEST_F(MakeWorld, RowsThatReadTheirOwnRecordAreMadeWhole) {
  const auto edit = [](EditedApps& edited, const std::string& nick) {
    edited.replace("contacts/app.yaml", "chance(20)",
                   "chance(20)\n      friend: contact\n      nick: text = " + nick);
    edited.replace("contacts/contacts.csv", "starred\n", "starred,friend\n");
    edited.replace("contacts/contacts.csv", "true\n", "true,\n");
    edited.replace("contacts/contacts.csv", "false\n", "false,王小明\n");
  };
  const auto contacts_of = [&](const AppSet& apps) -> const TableSpec& {
    const AppSpec& app = apps.apps[std::size_t(contacts_)];
    return app.tables[std::size_t(app.table("contact"))];
  };
  EditedApps leftwards;
  edit(leftwards, "text(row.name) + '!'");
  const AppSet left = lint_apps(leftwards.folder()).apps;
  EXPECT_TRUE(contacts_of(left).cells_on_demand);
  EditedApps upwards;
  edit(upwards, "text(row.friend.name) + '!'");
  const AppSet up = lint_apps(upwards.folder()).apps;
  EXPECT_FALSE(contacts_of(up).cells_on_demand);
  const World world = make_world(up, Rng(3));
  const auto& rows = world.apps[std::size_t(contacts_)]->tables[0]->rows;
  EXPECT_EQ(rows[1]->cells[5].as_text(), "王小明!");
  EXPECT_EQ(rows[2]->cells[5].as_text(), "!");
}

// A generated row is not made for being hashed; an edit and its undoing leave no trace.
TEST_F(MakeWorld, TheHashTellsWhatDiffersFromTheFirstWorld) {
  const auto hash = [](const World& world) {
    Hasher hasher;
    world.add_to(hasher);
    return hasher.finish();
  };
  const World first = make_world(apps_, Rng(12));
  EXPECT_EQ(hash(first), hash(make_world(apps_, Rng(12))));
  EXPECT_NE(hash(first), hash(make_world(apps_, Rng(13))));
  const int index = apps_.apps[std::size_t(contacts_)].table("contact");
  const Ref ref{std::int16_t(contacts_), std::int16_t(index),
                first.apps[std::size_t(contacts_)]->tables[std::size_t(index)]->rows[1]->id};
  World world = first;
  const Value before = world.find(ref)->cells[0];
  world.find_for_edit(ref)->cells[0] = Value::of_text("别人");
  const Hash128 edited = hash(world);
  EXPECT_NE(edited, hash(first));
  world.find_for_edit(ref)->cells[0] = before;
  EXPECT_EQ(hash(world), hash(first));
  // The erased row, too, is told from the edited one.
  Table& table =
      world.apps[std::size_t(contacts_)].edit().tables[std::size_t(index)].edit();
  table.erase(ref.row_id);
  EXPECT_NE(hash(world), hash(first));
  EXPECT_NE(hash(world), edited);
}

TEST_F(MakeWorld, MovesOntoOtherAppsOfTheSameContent) {
  World moved;
  World edited;
  {
    const AppSet theirs = load_apps("tests/app/apps_small");
    World world = make_world(theirs, Rng(14));
    world.now_ms += 5000;
    world.find_for_edit({std::int16_t(contacts_), 0, 0})->cells[0] = Value::of_text("新");
    moved = moved_onto(make_world(apps_, world.generator->key()), world);
    edited = make_world(apps_, Rng(14));
    edited.now_ms += 5000;
    edited.find_for_edit({std::int16_t(contacts_), 0, 0})->cells[0] = Value::of_text("新");
  }
  EXPECT_EQ(moved, edited);  // reads every table, though their apps are gone
}

}  // namespace
}  // namespace paperphone::app

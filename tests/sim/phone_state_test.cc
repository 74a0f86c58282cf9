#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "env/base/error.h"
#include "env/sim/state/state_bytes.h"
#include "tests/sim/toy_phone.h"

namespace paperphone::sim::testing {

using app::Value;
using app::World;

namespace {

void live(ToyPhone& phone) {
  phone.open("toy");
  phone.tap("item.plus", "香蕉");
  phone.tap("bar.plus");
  phone.tick(700);
  phone.back();
  phone.tap("search");
  phone.type("果");
}

TEST(PhoneState, EqualHistoriesGiveEqualStatesAndHashes) {
  ToyPhone a;
  ToyPhone b;
  EXPECT_EQ(sim::hash_state(a.state), hash_state(b.state));
  live(a);
  live(b);
  EXPECT_EQ(a.state, b.state);
  EXPECT_EQ(sim::hash_state(a.state), hash_state(b.state));
  EXPECT_EQ(sim::state_to_json(a.state, a.apps), state_to_json(b.state, b.apps));
}

// What comes back of a state's bytes; nothing if they are refused, because no phone with
// these apps can be in that state.
std::optional<PhoneState> written_and_read(const PhoneState& state, const app::AppSet& apps) {
  ByteWriter out;
  sim::write_state(out, state);
  try {
    ByteReader in(out.bytes(), "state");
    PhoneState again = read_state(in, apps);
    in.finish();
    return again;
  } catch (const DataError&) {
    return std::nullopt;
  }
}

TEST(PhoneState, EveryPartReachesTheHashAndTheBytes) {
  ToyPhone phone;
  live(phone);
  std::set<std::string> hashes;
  int refused = 0;
  const auto note = [&](const char* what, const auto& change) {
    PhoneState state = phone.state;
    change(state);
    EXPECT_TRUE(hashes.insert(sim::hash_state(state).hex()).second) << what;
    if (const auto again = written_and_read(state, phone.apps))
      EXPECT_EQ(sim::hash_state(*again), sim::hash_state(state)) << what;
    else
      ++refused;
  };
  const auto toy = std::size_t(phone.apps.find("toy"));
  note("nothing", [](PhoneState&) {});
  note("cell", [&](PhoneState& s) {
    s.world.apps[toy].edit().tables[0].edit().find_for_edit(0)->cells[1] =
        Value::of_int(77);
  });
  note("var",
       [&](PhoneState& s) { s.world.apps[toy].edit().vars[0] = Value::of_bool(true); });
  note("clock", [](PhoneState& s) { s.world.now_ms += 1; });
  note("shell", [](PhoneState& s) { s.shell = sim::Shell::kRecents; });
  note("page", [](PhoneState& s) { s.launcher_page = 1; });
  note("icons", [](PhoneState& s) { std::swap(s.icon_order[0], s.icon_order[1]); });
  note("stack", [](PhoneState& s) { s.tasks[0].stack.push_back({}); });
  note("scroll", [](PhoneState& s) { s.tasks[0].stack[0].scroll = 5; });
  note("entered", [](PhoneState& s) { s.tasks[0].stack[0].entered_ms += 5; });
  note("afters", [](PhoneState& s) { s.tasks[0].stack[0].afters_fired = 1; });
  note("opened", [](PhoneState& s) { s.tasks[0].stack[0].opened.widget = 1; });
  note("args", [](PhoneState& s) { s.tasks[0].stack[0].args = {Value::of_int(1)}; });
  note("focus", [](PhoneState& s) { s.focus = {}; });
  note("mode", [](PhoneState& s) { s.ime.mode = sim::ImeMode::kEnglish; });
  note("composing", [](PhoneState& s) { s.ime.composing = "w"; });
  note("ime page", [](PhoneState& s) { s.ime.page = 1; });
  note("shift", [](PhoneState& s) { s.ime.shift = true; });
  note("toast", [](PhoneState& s) { s.toast = {"好", 5}; });
  note("notification", [](PhoneState& s) { s.notifications.push_back({}); });
  note("notification's way",
       [](PhoneState& s) { s.notifications.push_back({.screen = 1}); });
  note("heads-up", [](PhoneState& s) { s.heads_up_until_ms = 5; });
  note("dialog", [](PhoneState& s) { s.dialogs.push_back({}); });
  note("dialog's kind",
       [](PhoneState& s) { s.dialogs.push_back({.kind = sim::DialogKind::kCall}); });
  note("dialog's end", [](PhoneState& s) { s.dialogs.push_back({.until_ms = 5}); });
  note("dialog's app", [](PhoneState& s) { s.dialogs.push_back({.app = 1}); });
  note("permission", [](PhoneState& s) { s.grants.push_back({}); });
  note("grant", [](PhoneState& s) { s.grants.push_back({.grant = sim::Grant::kAlways}); });
  note("folder", [](PhoneState& s) { s.folders.push_back({}); });
  note("folder's app", [](PhoneState& s) { s.folders.push_back({.apps = {1}}); });
  note("open folder", [](PhoneState& s) { s.launcher.folder = 0; });
  note("search", [](PhoneState& s) { s.launcher.searching = true; });
  note("query", [](PhoneState& s) { s.launcher = {.searching = true, .query = "x"}; });
  note("shade", [](PhoneState& s) { s.shade = sim::Shade::kNotices; });
  note("lock", [](PhoneState& s) { s.lock = sim::Lock::kOff; });
  note("navigation", [](PhoneState& s) { s.navigation = sim::Navigation::kButtons; });
  note("selection", [](PhoneState& s) { s.selection.text = "x"; });
  note("selected from", [](PhoneState& s) { s.selection.from = 2; });
  note("nuisance count", [](PhoneState& s) { s.nuisance_count = 1; });
  note("clipboard", [](PhoneState& s) { s.clipboard = "x"; });
  note("nuisance key", [](PhoneState& s) { s.nuisance_key = 1; });
  note("nuisance draws", [](PhoneState& s) { s.nuisance_draws = 1; });
  note("nuisance level", [](PhoneState& s) { s.nuisance_level = 1; });
  EXPECT_LT(refused, 10);  // of some forty
}

TEST(PhoneState, ACopyDoesNotFeelWhatHappensToTheOriginal) {
  ToyPhone phone;
  live(phone);
  const PhoneState snapshot = phone.state;
  const Hash128 hash = sim::hash_state(snapshot);
  phone.type("汁");
  phone.tap("item.plus", "苹果汁");
  phone.tap("every");
  phone.tap("item", "苹果汁");
  phone.tap("remove");
  const Hash128 later = hash_state(phone.state);
  EXPECT_NE(later, hash);
  EXPECT_EQ(hash_state(snapshot), hash);

  phone.state = snapshot;  // restore, and do the same again
  phone.type("汁");
  phone.tap("item.plus", "苹果汁");
  phone.tap("every");
  phone.tap("item", "苹果汁");
  phone.tap("remove");
  EXPECT_EQ(hash_state(phone.state), later);
}

TEST(PhoneState, JsonNamesAppsTablesAndColumns) {
  ToyPhone phone;
  live(phone);
  const std::string json = sim::state_to_json(phone.state, phone.apps);
  for (const char* part :
       {"\"toy\":{\"state\":{\"on_air\":false", "\"title\":\"香蕉\",\"count\":5",
        "\"cost\":\"3.50\"", "\"best\":\"toy.item[4]\"", "\"shell\":\"app\"",
        "{\"app\":\"toy\",\"stack\":[{\"screen\":\"home\"",
        "\"focus\":{\"widget\":\"search\""})
    EXPECT_NE(json.find(part), json.npos) << part << "\n" << json;
}

TEST(WorldDiff, NamesChangedCellsVariablesAndRows) {
  ToyPhone phone;
  const World before = phone.state.world;
  EXPECT_TRUE(sim::diff_worlds(before, phone.state.world, phone.apps).empty());
  live(phone);
  phone.tap("search.clear");
  phone.tap("air");
  phone.tap("item", "梨");
  phone.tap("remove");
  std::vector<std::string> addresses;
  for (const sim::Change& change : diff_worlds(before, phone.state.world, phone.apps))
    addresses.push_back(change.address(phone.apps));
  EXPECT_EQ(addresses,
            (std::vector<std::string>{"toy.on_air", "toy.best", "toy.item[1].count",
                                      "toy.item[3]", "toy.item[4]"}));
}

TEST(WorldDiff, LeavesViewStateOut) {
  ToyPhone phone;
  const World before = phone.state.world;
  phone.open("toy");
  phone.tap("search");
  phone.type("梨");
  EXPECT_TRUE(sim::diff_worlds(before, phone.state.world, phone.apps).empty());
}

TEST(Machine, SurvivesARandomWalkOverEveryTarget) {
  ToyPhone phone;
  Rng rng(3);
  for (int step = 0; step < 20000; ++step) {
    Target target;
    target.where = Target::Where(rng.below(10));
    target.widget = std::int32_t(rng.below(24)) - 1;
    target.part = std::int32_t(rng.below(12)) - 1;
    if (target.where == Target::Where::kIme) {
      constexpr std::int32_t kKeys[] = {'a',       'n',          ' ',
                                        ',',       '5',          sim::kImeBackspace,
                                        sim::kImeEnter, sim::kImeToDigits, sim::kImeToLetters};
      target.part = kKeys[rng.below(std::size(kKeys))];
    }
    if (rng.chance(0.5))
      target.row = {std::int16_t(rng.below(3)), 0, std::int32_t(rng.below(6))};
    if (target.row.app == 0) target.row = {};
    const bool answers = phone.machine.answers_tap(phone.state, target);
    const ActionOutcome outcome = phone.apply(event::Tap{target, 300});
    EXPECT_TRUE(answers || outcome != ActionOutcome::kApplied) << step;
    switch (rng.below(12)) {
      case 0:
        phone.back();
        break;
      case 1:
        phone.apply(event::Recents{});
        break;
      case 2:
        phone.tick(std::int64_t(rng.below(4000)));
        break;
      case 3:
        phone.apply(event::Open{int(rng.below(3))});
        break;
      case 4:
        phone.type("梨1.");
        break;
      case 5:
        phone.apply(event::Submit{});
        break;
      default:
        break;
    }
    for (const sim::RecentTask& task : phone.state.tasks) ASSERT_FALSE(task.stack.empty());
  }
}

}  // namespace
}  // namespace paperphone::sim::testing

#include <gtest/gtest.h>

#include <optional>
#include <set>

#include "env/base/error.h"
#include "env/sim/state/state_bytes.h"
#include "tests/sim/each_field.h"
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
  EXPECT_EQ(hash_state(a.state), hash_state(b.state));
  live(a);
  live(b);
  EXPECT_EQ(a.state, b.state);
  EXPECT_EQ(hash_state(a.state), hash_state(b.state));
  EXPECT_EQ(state_to_json(a.state, a.apps), state_to_json(b.state, b.apps));
}

// What comes back of a state's bytes; nothing if they are refused, because no phone
// with these apps can be in that state.
std::optional<PhoneState> written_and_read(const PhoneState& state,
                                           const app::AppSet& apps) {
  ByteWriter out;
  write_state(out, state);
  try {
    ByteReader in(out.bytes(), "state");
    PhoneState again = read_state(in, apps);
    in.finish();
    return again;
  } catch (const DataError&) {
    return std::nullopt;
  }
}

TEST(PhoneState, EveryFieldReachesHashBytesAndJson) {
  ToyPhone phone;
  live(phone);
  const auto toy = std::int16_t(phone.apps.find("toy"));
  PhoneState state = with_something_everywhere(phone.state, {toy, 0, 1});
  std::set<std::string> hashes{hash_state(state).hex()};
  std::set<std::string> texts{state_to_json(state, phone.apps)};
  ASSERT_EQ(written_and_read(state, phone.apps), state);
  int changed = 0, refused = 0;
  EachField each([&](const std::string& address, bool) {
    ++changed;
    EXPECT_TRUE(hashes.insert(hash_state(state).hex()).second) << address;
    const auto again = written_and_read(state, phone.apps);
    if (!again) {
      ++refused;
      return;
    }
    EXPECT_EQ(*again, state) << address;
    EXPECT_TRUE(texts.insert(state_to_json(state, phone.apps)).second) << address;
  });
  each.change(state);
  EXPECT_GT(changed, 60);
  EXPECT_LT(refused, changed / 3);
}

TEST(PhoneState, CellsAndVariablesReachTheHashAndTheBytes) {
  ToyPhone phone;
  live(phone);
  const auto toy = std::size_t(phone.apps.find("toy"));
  PhoneState cell = phone.state;
  cell.world.apps[toy].edit().tables[0].edit().find_for_edit(0)->cells[1] =
      Value::of_int(77);
  PhoneState var = phone.state;
  var.world.apps[toy].edit().vars[0] = Value::of_bool(true);
  EXPECT_NE(hash_state(cell), hash_state(phone.state));
  EXPECT_NE(hash_state(var), hash_state(phone.state));
  EXPECT_NE(hash_state(cell), hash_state(var));
  EXPECT_EQ(written_and_read(cell, phone.apps), cell);
  EXPECT_EQ(written_and_read(var, phone.apps), var);
}

TEST(PhoneState, VariablesKeptUnderTheSameScreenReachTheBytes) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("page");
  phone.tap("span.week");
  phone.tap("again");
  const auto again = written_and_read(phone.state, phone.apps);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(hash_state(*again), hash_state(phone.state));
  phone.state.recents.back().stack[1].args.pop_back();  // one of three
  EXPECT_FALSE(written_and_read(phone.state, phone.apps).has_value());
}

TEST(PhoneState, ACopyDoesNotFeelWhatHappensToTheOriginal) {
  ToyPhone phone;
  live(phone);
  const PhoneState snapshot = phone.state;
  const Hash128 hash = hash_state(snapshot);
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
  const std::string json = state_to_json(phone.state, phone.apps);
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
  EXPECT_TRUE(diff_worlds(before, phone.state.world, phone.apps).empty());
  live(phone);
  phone.tap("search.clear");
  phone.tap("air");
  phone.tap("item", "梨");
  phone.tap("remove");
  std::vector<std::string> addresses;
  for (const Change& change : diff_worlds(before, phone.state.world, phone.apps))
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
  EXPECT_TRUE(diff_worlds(before, phone.state.world, phone.apps).empty());
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
                                        ',',       '5',          kImeBackspace,
                                        kImeEnter, kImeToDigits, kImeToLetters};
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
    for (const RecentApp& task : phone.state.recents) ASSERT_FALSE(task.stack.empty());
  }
}

}  // namespace
}  // namespace paperphone::sim::testing

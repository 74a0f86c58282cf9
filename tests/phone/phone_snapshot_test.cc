#include "env/phone/snapshot.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "env/app/loader.h"
#include "env/sim/state/phone_state.h"
#include "env/sim/state/state_bytes.h"
#include "tests/env/counting_env.h"
#include "tests/scratch_folder.h"

namespace paperphone {

using sim::PhoneState;
using sim::diff_states;

namespace {

using testing::CountingEnv;
using testing::error_of;

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, false);
  return loaded;
}
// The same apps, loaded a second time: another pool, in another process perhaps.
const std::shared_ptr<const PhoneShared>& other_pool() {
  static const auto loaded = load_phone_shared({}, false);
  return loaded;
}

const PhoneEnvConfig kLogic{.pixels = false};

// The apps with one more comment.
std::shared_ptr<const PhoneShared> changed_apps() {
  namespace fs = std::filesystem;
  const ScratchFolder folder;
  fs::copy(app::default_apps_dir(), folder / "apps", fs::copy_options::recursive);
  std::ofstream(folder / "apps" / "settings" / "app.yaml", std::ios::app) << "# changed\n";
  return load_phone_shared(folder / "apps", false);
}

// Hashes of everything that random steps give, through the ends of episodes.
std::vector<Hash128> walk(PhoneEnv& env, Rng choices, int steps) {
  std::vector<Hash128> hashes;
  for (int i = 0; i < steps; ++i) {
    const StepResult result = env.step(env.action_space().sample(choices));
    Hasher hasher;
    hasher.add(result.info.state_hash).add(result.info.end_reason);
    hasher.add(std::int64_t(result.reward * 1000)).add(result.info.elapsed_ms);
    hasher.add(result.observation.step).add(result.observation.instruction);
    for (const auto& address : result.info.side_effects) hasher.add(address);
    if (result.info.episode) hasher.add(result.info.episode->length);
    if (!env.running()) hasher.add(env.reset().info.state_hash);
    hashes.push_back(hasher.finish());
  }
  return hashes;
}

// An environment in the middle of an episode with as much going on as may be.
std::unique_ptr<PhoneEnv> busy_env(std::uint64_t seed) {
  auto made = std::make_unique<PhoneEnv>(shared(), kLogic);
  PhoneEnv& env = *made;
  env.reset(seed, {.variation = Variation{.dark = true,
                                          .font_percent = 115,
                                          .shuffle_icons = true,
                                          .suite = "hostile"}});
  Rng choices = Rng(seed).fork("busy");
  for (int i = 0; i < 9 && env.running(); ++i) {
    Action action = env.action_space().sample(choices);
    if (i == 1) action = env.advice().actions.at(0).action;
    if (action.index() >= Action(Terminate{}).index()) action = Wait{1};
    env.step(action);
  }
  if (!env.running()) return busy_env(seed + 100);  // a short task: its steps are used up
  return made;
}

TEST(PhoneSnapshot, BytesContinueInAnotherEnvironmentOfAnotherPool) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto made = busy_env(seed);
    PhoneEnv& env = *made;
    const auto bytes = snapshot_to_bytes(env.snapshot());
    const Hash128 here = sim::hash_state(env.state());
    const auto expected = walk(env, Rng(seed), 200);
    PhoneEnv other(other_pool(), kLogic);
    other.reset(99 + seed);
    walk(other, Rng(1), 5);
    const auto restored = other.restore(snapshot_from_bytes(bytes, other_pool()));
    EXPECT_EQ(restored.info.state_hash, here);
    EXPECT_EQ(snapshot_to_bytes(other.snapshot()), bytes);
    EXPECT_EQ(walk(other, Rng(seed), 200), expected) << "seed " << seed;
  }
}

TEST(PhoneSnapshot, OutlivesThePoolThatItWasMadeIn) {
  Snapshot snapshot;
  std::vector<Hash128> expected;
  {
    PhoneEnv env(load_phone_shared({}, false), kLogic);
    env.reset(4);
    snapshot = env.snapshot();
    expected = walk(env, Rng(4), 50);
  }
  PhoneEnv env(other_pool(), kLogic);
  env.restore(snapshot);
  EXPECT_EQ(walk(env, Rng(4), 50), expected);
}

TEST(PhoneSnapshot, StoresTheUnchangedPartsOfTheFirstWorldOnce) {
  PhoneEnv env(shared(), kLogic);
  env.reset(1);
  const auto fresh = snapshot_to_bytes(env.snapshot());
  for (int i = 0; i < 5; ++i) env.step(Wait{1});
  EXPECT_LT(snapshot_to_bytes(env.snapshot()).size(), fresh.size() + 4096);
}

TEST(PhoneSnapshot, EveryChangedByteIsRefused) {
  const auto made = busy_env(3);
  PhoneEnv& env = *made;
  const auto bytes = snapshot_to_bytes(env.snapshot());
  Rng rng(1);
  for (int i = 0; i < 400; ++i) {
    auto broken = bytes;
    const std::size_t at = i < 100 ? std::size_t(i) : rng.below(bytes.size());
    broken[at] ^= std::uint8_t(1 + rng.below(255));
    EXPECT_THROW(snapshot_from_bytes(broken, shared()), DataError) << at;
  }
}

TEST(PhoneSnapshot, EveryTruncationIsRefused) {
  const auto made = busy_env(3);
  PhoneEnv& env = *made;
  const auto bytes = snapshot_to_bytes(env.snapshot());
  Rng rng(2);
  for (int i = 0; i < 200; ++i) {
    const std::size_t size = i < 100 ? std::size_t(i) : rng.below(bytes.size());
    EXPECT_THROW(snapshot_from_bytes(std::span(bytes).first(size), shared()), DataError);
  }
}

// Without the envelope's hash: whatever is accepted can be continued.
TEST(PhoneSnapshot, ContentThatIsAcceptedCanBeContinued) {
  const auto made = busy_env(3);
  PhoneEnv& env = *made;
  const auto bytes = snapshot_to_bytes(env.snapshot());
  const auto content = std::span(bytes).subspan(20 + 4 + 16 + 8 + 16);
  Rng rng(3);
  int accepted = 0;
  for (int i = 0; i < 300; ++i) {
    std::vector<std::uint8_t> broken(content.begin(), content.end());
    for (int k = 0; k < 2; ++k)
      broken[rng.below(broken.size())] = std::uint8_t(rng.below(256));
    try {
      env.restore(snapshot_from_content(broken, shared()));
    } catch (const DataError&) {
      continue;
    }
    ++accepted;
    if (!env.running()) env.reset();
    (void)env.advice();
    walk(env, rng.fork(std::uint64_t(i)), 10);
  }
  EXPECT_GT(accepted, 10);
}

TEST(PhoneSnapshot, WhatIsRefusedIsNamedInOneLine) {
  const auto made = busy_env(1);
  PhoneEnv& env = *made;
  auto bytes = snapshot_to_bytes(env.snapshot());
  const auto load = [&](std::span<const std::uint8_t> b) {
    return error_of([&] { snapshot_from_bytes(b, shared()); });
  };
  EXPECT_EQ(load({}), "snapshot: this is none (it does not begin with 'paperphone "
                      "snapshot')");
  EXPECT_EQ(load(std::span(bytes).first(22)),
            "snapshot: byte 20: 4 bytes are needed, but 2 are left");
  const std::size_t size = bytes.size() - 64;
  bytes.push_back(0);
  EXPECT_EQ(load(bytes), "snapshot: " + std::to_string(size) +
                             " bytes of content, but " + std::to_string(size + 1) +
                             " follow; it was cut short or added to");
  bytes.pop_back();
  bytes.back() ^= 1;
  EXPECT_EQ(load(bytes), "snapshot: damaged (its content has another hash)");
  bytes[20] = 7;
  EXPECT_EQ(load(bytes), "snapshot: version 7, but this program reads version " +
                             std::to_string(kSnapshotVersion));
  const auto others = changed_apps();
  EXPECT_EQ(error_of([&] {
              snapshot_from_bytes(snapshot_to_bytes(env.snapshot()), others);
            }),
            "snapshot: made with other apps (" + shared_apps(*shared()).content_hash.hex() +
                ", these are " + shared_apps(*others).content_hash.hex() +
                "); load it with the apps folder that it was made with");
  CountingEnv counting(3);
  counting.reset(1);
  EXPECT_EQ(error_of([&] { snapshot_to_bytes(counting.snapshot()); }),
            "the snapshot is not a simulated phone's");
  EXPECT_EQ(error_of([&] { env.restore(counting.snapshot()); }),
            "restore() was given a snapshot that is not a simulated phone's");
  EXPECT_EQ(error_of([&] { env.restore(Snapshot()); }),
            "restore() was given an empty snapshot");
  EXPECT_EQ(error_of([&] { (void)PhoneEnv(shared(), kLogic).snapshot(); }),
            "snapshot() needs an episode: call reset() first");
}

TEST(PhoneSnapshot, JsonNamesTaskStateAndChanges) {
  PhoneEnv env(shared(), kLogic);
  env.reset(1, {.task_id = "settings/toggle_dark_mode"});
  env.step(OpenApp{"settings"});
  const auto json = nlohmann::json::parse(snapshot_to_json(env.snapshot()));
  EXPECT_EQ(json.at("task").at("id"), "settings/toggle_dark_mode");
  EXPECT_EQ(json.at("step"), 1);
  EXPECT_EQ(json.at("running"), true);
  EXPECT_EQ(json.at("state").at("shell"), "app");
  EXPECT_EQ(json.at("state").at("recents")[0].at("app"), "settings");
  EXPECT_EQ(json.at("changed"), nlohmann::json::array());
  EXPECT_EQ(json.at("state_hash"), hash_state(env.state()).hex());
}

TEST(PhoneSnapshot, DifferencesHaveReadableAddresses) {
  PhoneEnv env(shared(), kLogic);
  env.reset(1, {.task_id = "settings/toggle_dark_mode"});
  const Snapshot before = env.snapshot();
  env.step(OpenApp{"settings"});
  while (env.running()) env.step(env.advice().actions.at(0).action);
  const auto changes = diff_snapshots(before, env.snapshot());
  std::vector<std::string> lines;
  for (const sim::StateChange& change : changes) lines.push_back(change.str());
  const auto has = [&](const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
  };
  EXPECT_TRUE(has("shell: \"launcher\" -> \"app\""));
  EXPECT_TRUE(has("phone.dark_mode: false -> true"));
  EXPECT_EQ(diff_snapshots(before, before), std::vector<sim::StateChange>{});
}

TEST(PhoneSnapshot, EqualStatesAndNoOthersHaveNoDifferences) {
  PhoneEnv env(shared(), kLogic);
  env.reset(5, {.variation = Variation{.suite = "hostile"}});
  Rng choices(5);
  PhoneState before = env.state();
  for (int i = 0; i < 300; ++i) {
    const auto changed = env.step(env.action_space().sample(choices));
    if (!env.running()) {
      env.reset();
      before = env.state();
      continue;
    }
    const auto changes = diff_states(before, env.state(), shared_apps(*shared()));
    EXPECT_EQ(changes.empty(), hash_state(before) == changed.info.state_hash);
    before = env.state();
  }
}

TEST(PhoneSnapshot, ADialogHasTheButtonsThatItsKindCountsOn) {
  PhoneEnv env(shared(), kLogic);
  env.reset(1);
  PhoneState state = env.state();
  state.dialogs = {{.title = "年末大促", .kind = sim::DialogKind::kSplashAd}};
  ByteWriter out;
  sim::write_state(out, state);
  const std::vector<std::uint8_t> bytes = out.take();
  ByteReader in(bytes, "snapshot");
  const std::string error = error_of([&] { sim::read_state(in, shared_apps(*shared())); });
  EXPECT_NE(error.find("a dialog has too few or too many buttons"), std::string::npos)
      << error;
}

TEST(DiffStates, RowsAreNamedByTheirId) {
  PhoneEnv env(shared(), kLogic);
  env.reset(1);
  const app::AppSet& apps = shared_apps(*shared());
  const PhoneState& before = env.state();
  PhoneState after = before;
  // Some table with two rows at least.
  for (std::size_t a = 0; a < apps.apps.size(); ++a) {
    const app::AppSpec& spec = apps.apps[a];
    for (std::size_t t = 0; t < spec.tables.size(); ++t) {
      app::Table& table = after.world.apps[a].edit().tables[t].edit();
      if (table.rows.size() < 2 || spec.tables[t].columns[0].type.kind != app::Kind::kText)
        continue;
      const std::string name = spec.id + "." + spec.tables[t].name;
      const int first = table.rows[0]->id, second = table.rows[1]->id;
      table.rows[1].edit().cells[0] = app::Value::of_text("新");
      table.erase(first);
      const auto changes = diff_states(before, after, apps);
      ASSERT_EQ(changes.size(), 2u);
      EXPECT_EQ(changes[0].address, name + "[" + std::to_string(first) + "]");
      EXPECT_EQ(changes[0].after, "null");
      EXPECT_EQ(changes[1].address, name + "[" + std::to_string(second) + "]." +
                                        spec.tables[t].columns[0].name);
      EXPECT_EQ(changes[1].after, "\"新\"");
      return;
    }
  }
  FAIL() << "no table to try";
}

}  // namespace
}  // namespace paperphone

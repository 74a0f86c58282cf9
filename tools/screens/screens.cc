#include "tools/screens/screens.h"

#include <fmt/format.h>

#include "env/app/world/generator.h"
#include "env/base/error.h"

namespace paperphone::tools {

using app::AppSet;
using app::AppSpec;
using app::Kind;
using app::Value;
using sim::Machine;
using sim::PhoneState;

namespace {

Value plausible_value(const PhoneState& state, app::Type type, const AppSet& apps) {
  switch (type.kind) {
    case Kind::kNone:
      return {};
    case Kind::kText:
      return type.words < 0 ? Value::of_text("示例") : default_value(type, apps);
    case Kind::kBool:
      return Value::of_bool(false);
    case Kind::kDate:
      return Value::of_int(state.world.now_ms / 86'400'000);
    case Kind::kInstant:
      return Value::of_int(state.world.now_ms / 60'000);
    case Kind::kRef: {
      const app::AppData& data = *state.world.apps[std::size_t(type.app)];
      const app::Table& table = *data.tables[std::size_t(type.table)];
      if (table.rows.empty()) return {};
      return Value::of_ref(
          {std::int16_t(type.app), std::int16_t(type.table), table.rows.front()->id});
    }
    default:
      return Value::of_int(1);
  }
}

}  // namespace

PhoneState fresh_phone(const Machine& machine, std::uint64_t seed, bool dark) {
  const AppSet& apps = machine.apps();
  PhoneState state = machine.initial_state(app::make_world(apps, Rng(seed).fork("world")));
  if (dark)
    state.world.apps[0].edit().vars[std::size_t(apps.phone.dark_mode)] =
        Value::of_bool(true);
  return state;
}

void show_screen(const Machine& machine, PhoneState& state, const std::string& app,
                 const std::string& screen) {
  const AppSet& apps = machine.apps();
  const int index = apps.find(app);
  if (index < 0 || apps.apps[std::size_t(index)].hidden) {
    std::string known;
    for (const AppSpec& spec : apps.apps)
      if (!spec.hidden) known += spec.id + ", ";
    throw ConfigError(fmt::format("unknown app '{}' (known: {}launcher)", app, known));
  }
  const AppSpec& spec = apps.apps[std::size_t(index)];
  const int wanted = screen.empty() ? spec.start : spec.screen(screen);
  if (wanted < 0) {
    std::string known;
    for (const app::ScreenSpec& one : spec.screens)
      known += (known.empty() ? "" : ", ") + one.id;
    throw ConfigError(
        fmt::format("app '{}' has no screen '{}' (known: {})", spec.id, screen, known));
  }
  machine.apply(state, sim::event::Open{index});
  if (wanted == spec.start) return;
  std::vector<Value> args;
  for (const app::ArgSpec& arg : spec.screens[std::size_t(wanted)].args)
    args.push_back(plausible_value(state, arg.type, apps));
  machine.enter(state, index, wanted, std::move(args));
}

}  // namespace paperphone::tools

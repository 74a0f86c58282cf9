// Changes the fields of a state one by one, as state_fields.h describes them: what goes
// through all of a state is tried with each.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "env/sim/state/state_fields.h"

namespace paperphone::sim::testing {

// A state with an entry in each of its lists and its parts in use, on top of `state`,
// in which an app with a list at `row` is in front.
inline PhoneState with_something_everywhere(PhoneState state, app::Ref row) {
  state.recents.back().stack.back().opened = {.widget = 0, .row = row};
  state.toast = {.text = "好", .until_ms = 5};
  state.notifications.push_back({.app = row.app, .title = "a", .screen = 0});
  state.dialogs.push_back(
      {.title = "b", .buttons = {"c"}, .app = row.app, .screen = 0});
  state.grants.push_back({.app = row.app});
  state.folders.push_back({.name = "d", .apps = {row.app}});
  state.launcher = {.searching = true, .query = "e"};
  return state;
}

class EachField {
 public:
  // What was changed ("dialogs[0].title"), and whether a layout may see it.
  using Note = std::function<void(const std::string& address, bool seen)>;
  explicit EachField(Note note) : note_(std::move(note)) {}

  // The state is as before when it returns.
  void change(PhoneState& state) { fields(state, "", true); }

 private:
  template <Described T>
  void fields(T& part, const std::string& prefix, bool seen) {
    visit_fields<T>([&](const auto& field) {
      value(part.*field.member, prefix + std::string(field.name),
            seen && !field.is_unseen);
    });
  }

  template <class T>
  void value(T& value, const std::string& address, bool seen) {
    if constexpr (Described<T>) {
      fields(value, address + ".", seen);
    } else {
      const T before = value;
      make_another(value);
      note_(address, seen);
      value = before;
    }
  }
  template <class T>
  void value(std::vector<T>& list, const std::string& address, bool seen) {
    if (!list.empty()) value(list.front(), address + "[0]", seen);
    list.emplace_back();
    note_(address, seen);
    list.pop_back();
  }

  static void make_another(bool& value) { value = !value; }
  static void make_another(std::integral auto& value) { ++value; }
  static void make_another(std::string& text) { text += "x"; }
  static void make_another(app::Ref& ref) { ++ref.row_id; }
  static void make_another(app::Value& value) { value = app::Value::of_int(77); }
  static void make_another(app::World& world) { world.now_ms += 60'000; }
  template <class E>
  requires std::is_enum_v<E>
  static void make_another(E& value) {
    value = E((std::size_t(value) + 1) % num_words<E>());
  }

  Note note_;
};

}  // namespace paperphone::sim::testing

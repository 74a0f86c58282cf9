// What the indices in a part of the state point to: they mean something only beside the
// app and the screen that were named before them.
#pragma once

#include "env/sim/state/state_fields.h"

namespace paperphone::sim {

struct Scope {
  const app::AppSet* apps;
  const app::AppSpec* app = nullptr;
  const app::ScreenSpec* screen = nullptr;

  // How many there are of what an index means.
  std::size_t count(Means means) const;
  // What a screen in the stack keeps, by number: its arguments, then its variables.
  // None without a screen. REQUIRES: number < num_values().
  struct Kept {
    std::string_view name;
    app::Type type;
  };
  std::size_t num_values() const;
  Kept value(std::size_t number) const;
  // What follows in this part is about that app or screen. REQUIRES: -1, or within
  // count(means).
  void enter(Means means, std::int64_t index);
};

// Of the screen in front, if there is one.
Scope scope_in_front(const app::AppSet& apps, const PhoneState& state);

}  // namespace paperphone::sim

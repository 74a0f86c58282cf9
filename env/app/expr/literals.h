// Values as fixtures and defaults write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "env/app/spec.h"

namespace paperphone::app {

struct Literal {
  Value value;
  bool relative = false;  // counts from today or now
};
// "true", "12", "12.80", "08:30", "today+3", "now-45", a row's display text.
// Fills *error and returns nullopt if the text is no such value.
std::optional<Literal> parse_literal(std::string_view text, Type type,
                                     const AppSet& apps, std::string* error);

}  // namespace paperphone::app

// Screens to look at: a phone that shows a given screen with plausible arguments.
#pragma once

#include <cstdint>
#include <string>

#include "env/sim/machine.h"

namespace paperphone::tools {

// A fresh world of this seed, dark or light; on the launcher.
sim::PhoneState fresh_phone(const sim::Machine& machine, std::uint64_t seed, bool dark);

// Opens the app (its start screen below) and the screen: references are the first row
// of their table, other arguments the default of their type. Throws ConfigError:
// unknown app or screen, listing what there is.
void show_screen(const sim::Machine& machine, sim::PhoneState& state, const std::string& app,
                 const std::string& screen);

}  // namespace paperphone::tools

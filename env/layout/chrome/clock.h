// Time and date as the phone writes them, in its language and style.
#pragma once

#include <string>

#include "env/sim/state/phone_state.h"

namespace paperphone::layout {

std::string clock_text(const sim::PhoneState& state, const app::AppSet& apps);
std::string date_text(const sim::PhoneState& state, const app::AppSet& apps);

}  // namespace paperphone::layout

// What lies over the apps: a dark or locked screen, dialogs, a selection menu.
#pragma once

#include <string_view>

#include "env/task/expert/phrases/phrases.h"
#include "env/touch/hand.h"

namespace paperphone::task {

// Adds what gets rid of it and says what it is; empty: the way is clear.
std::string_view clear_the_way(const sim::PhoneState& state, touch::Hand& hand,
                               const Phrases::Obstacles& words);

}  // namespace paperphone::task

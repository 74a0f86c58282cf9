// `when:`: event, if, effects, go.
#pragma once

#include <span>
#include <string_view>

#include "env/app/load/loading.h"

namespace paperphone::app {

void load_transitions(Loading& loading, int app);
// Effects, `ask` and `go`: what a widget may say itself of a tap on it.
std::span<const std::string_view> tap_keys();
bool is_tap_key(std::string_view key);

}  // namespace paperphone::app

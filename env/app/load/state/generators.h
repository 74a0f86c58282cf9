// The expressions that make a new world: rows, and variables that are drawn.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

void load_generators(Loading& loading, int app);
// Does the variable begin with something else in every world?
bool is_drawn(const YamlNode& value);

}  // namespace paperphone::app

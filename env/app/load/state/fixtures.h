// Rows that every world has, and what variables begin with.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

void load_fixtures(Loading& loading, int app);  // needs all types
void load_defaults(Loading& loading, int app);  // needs all fixtures

}  // namespace paperphone::app

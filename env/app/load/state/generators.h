// The expressions that make a new world's rows.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

void load_generators(Loading& loading, int app);  // needs all definitions

}  // namespace paperphone::app

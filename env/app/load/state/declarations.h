// What state, view, records, definitions and screens are called, and their types.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

void declare_names(Loading& loading, int app);  // ids of everything
void declare_types(Loading& loading, int app);  // columns, variables, arguments
void load_defines(Loading& loading, int app);   // needs all types
void load_checks(Loading& loading, int app);    // likewise

}  // namespace paperphone::app

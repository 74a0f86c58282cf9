// What screens say shorter than it is meant.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

// Behind the templates: ids and bodies that are left out, what a tap on a widget does.
void write_out_shorthands(Loading& loading);

}  // namespace paperphone::app

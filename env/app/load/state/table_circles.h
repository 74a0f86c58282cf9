// Records that are made from each other.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

// Records that are made from each other are findings.
void find_table_circles(Loading& loading);

}  // namespace paperphone::app

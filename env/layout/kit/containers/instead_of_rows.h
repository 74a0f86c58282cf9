// What stands in a list or grid in place of rows while there are none to show.
#pragma once

#include "env/layout/kit/paint.h"

namespace paperphone::layout {

// Loading, an error with a button, nothing found. Returns the height used, 0: there are
// rows.
int instead_of_rows(const Paint& w, bool is_grid);

}  // namespace paperphone::layout

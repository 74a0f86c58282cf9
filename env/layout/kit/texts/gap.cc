#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_gap(const Paint& w) { return int(w.integer(Prop::kSize, 8)); }

}  // namespace paperphone::layout

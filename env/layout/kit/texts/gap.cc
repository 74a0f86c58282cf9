#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_gap(const Paint& w) { return static_cast<int>(w.integer(Prop::kSize, 8)); }

}  // namespace paperphone::layout

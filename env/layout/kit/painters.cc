#include "env/layout/kit/painters.h"

namespace paperphone::layout {

int paint_widget(const Paint& w) {
#define PAPERPHONE_PAINTER(enumerator, name) paint_##name,
  static constexpr int (*kPainters[])(const Paint&) = {
      PAPERPHONE_COMPONENTS(PAPERPHONE_PAINTER)};
#undef PAPERPHONE_PAINTER
  return kPainters[std::size_t(w.widget.kind)](w);
}

}  // namespace paperphone::layout

#include "env/layout/chrome/wallpaper.h"

namespace paperphone::layout {

using app::AppSet;
using sim::PhoneState;

void paint_wallpaper(Painter& painter, const AppSet& apps, const PhoneState& state,
                     std::uint32_t veil) {
  const int var = apps.phone.wallpaper;
  std::uint64_t seed = 20251120;  // of the one it comes with
  if (var >= 0 && !(state.world.apps[0]->vars[std::size_t(var)] ==
                    apps.apps[0].vars[std::size_t(var)].initial))
    seed = hash_bytes(state.world.apps[0]->vars[std::size_t(var)].as_text()).low;
  painter.picture("landscape", seed,
                  {0, 0, painter.frame().width, painter.frame().height}, 0, veil);
}

}  // namespace paperphone::layout

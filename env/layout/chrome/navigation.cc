#include "env/layout/chrome/navigation.h"

#include <fmt/format.h>

namespace paperphone::layout {

using sim::Navigation;
using sim::PhoneState;
using sim::Target;

int navigation_height(const PhoneState& state) {
  return state.navigation == Navigation::kButtons ? size::kNavBar : size::kGesture;
}

void paint_navigation(Painter& painter, const PhoneState& state, std::uint32_t ink) {
  const int width = painter.frame().width, height = painter.frame().height;
  if (state.navigation == Navigation::kGestures) {
    painter.rect({width / 2 - 58, height - 11, 116, 4}, ink, 2);
    return;
  }
  struct Key {
    std::string_view name, label;
  };
  constexpr Key kKeys[] = {
      {"recents", "最近任务"}, {"home", "主屏幕"}, {"back", "返回"}};
  for (int i = 0; i < 3; ++i) {
    const Rect key{i * width / 3, height - size::kNavBar, width / 3, size::kNavBar};
    const Point middle = key.center();
    if (i == sim::kNavRecents) {
      painter.outline({middle.x - 8, middle.y - 8, 16, 16}, ink, 4, 2);
    } else if (i == sim::kNavHome) {
      painter.outline({middle.x - 9, middle.y - 9, 18, 18}, ink, 9, 2);
    } else {
      painter.icon("chevron-left", {middle.x - 13, middle.y - 13, 26, 26}, ink);
    }
    painter.node(key, Role::kButton, {Target::Where::kNavButton, -1, i, {}},
                 fmt::format("phone.nav.{}", kKeys[i].name),
                 std::string(kKeys[i].label));
  }
}

}  // namespace paperphone::layout

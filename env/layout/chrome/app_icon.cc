#include "env/layout/chrome/app_icon.h"

namespace paperphone::layout {

using app::AppSpec;

void paint_app_icon(Painter& painter, const AppSpec& app, Rect box, int radius) {
  const std::uint32_t color = 0xFF000000 | app.color;
  painter.gradient(box, mix(color, 0xFFFFFFFF, 76), color, radius);
  const int pad = box.width / 5;
  painter.icon(app.icon, inset(box, pad, pad), 0xFFFFFFFF);
}

}  // namespace paperphone::layout

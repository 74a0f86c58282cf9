#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

constexpr int units(int dp) { return dp * kPolygonUnit; }

}  // namespace

int paint_progress_ring(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const auto most = std::max<std::int64_t>(1, w.number(Prop::kMax, 100));
  const auto value = std::clamp<std::int64_t>(w.number(Prop::kValue, 0), 0, most);
  const std::string title = w.text(Prop::kTitle);
  const std::string label = w.text(Prop::kLabel);
  const int side = w.width < 200 ? 104 : 148;
  const Rect rect{w.x + (w.width - side) / 2, w.y + 10, side, side};
  Sector arc{.center = {units(side) / 2, units(side) / 2},
             .inner = units(side / 2 - 11),
             .outer = units(side / 2)};
  const bool on_page = w.surface == Surface::kPage;
  painter.polygon(rect, sector(arc),
                  on_page ? mix(theme.text, theme.page, 7) : theme.fill);
  arc.to = int(value * 1000 / most);
  painter.polygon(rect, sector(arc), w.accent());
  int title_size = side > 120 ? 28 : 20;
  while (title_size > 12 && painter.text_width(title, title_size, true) > side - 34)
    --title_size;
  const int words =
      painter.line_height(title_size) + (label.empty() ? 0 : painter.line_height(12));
  int y = rect.y + (side - words) / 2;
  y += painter.text(
      title, {rect.x + 12, y, side - 24, 0},
      {.size = title_size, .color = theme.text, .bold = true, .align = Align::kCenter});
  painter.text(label, {rect.x + 12, y, side - 24, 0},
               {.size = 12, .color = theme.text2, .align = Align::kCenter});
  w.touch(rect, title + " " + label);
  return side + 20;
}

}  // namespace paperphone::layout

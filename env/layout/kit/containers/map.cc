#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Widget;

namespace {

constexpr int units(int dp) { return dp * kPolygonUnit; }

}  // namespace

int paint_map(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height = int(w.integer(Prop::kHeight, 240));
  const bool in_card = w.surface == Surface::kCard;
  const Rect rect = in_card ? Rect{w.x + 8, w.y + 4, w.width - 16, height}
                            : Rect{w.x, w.y, w.width, height};
  painter.picture("map", w.seed(), rect, in_card ? 10 : 0);
  if (theme.dark) painter.rect(rect, 0x8A10131A, in_card ? 10 : 0);
  if (w.has_id()) w.touch(rect, "地图");
  const Widget& pin = w.widget.widgets(Prop::kItem).front();
  struct Mark {
    Ref row;
    Point at;
  };
  std::vector<Mark> marks;
  for (const Ref row : w.rows()) {
    if (!w.kit.is_shown(pin, row)) continue;
    const auto part = [&](Prop prop) {
      return int(std::clamp<std::int64_t>(w.of(pin, row).number(prop, 500), 0, 1000));
    };
    marks.push_back({row,
                     {rect.x + 22 + (rect.width - 44) * part(Prop::kX) / 1000,
                      rect.y + 44 + (rect.height - 70) * part(Prop::kY) / 1000}});
  }
  if (w.flag(Prop::kLine, false) && marks.size() > 1) {
    std::vector<Point> way;
    for (const Mark& mark : marks)
      way.push_back({units(mark.at.x - rect.x), units(mark.at.y - rect.y)});
    // Streets turn at right angles more often than not.
    std::vector<Point> line{way.front()};
    for (std::size_t i = 1; i < way.size(); ++i) {
      line.push_back(i % 2 ? Point{way[i].x, way[i - 1].y}
                           : Point{way[i - 1].x, way[i].y});
      line.push_back(way[i]);
    }
    painter.polygon(rect, stroke(line, units(8)), 0xFFFFFFFF);
    painter.polygon(rect, stroke(line, units(5)), 0xFF3B82F6);
  }
  const bool dot_style = pin.name(Prop::kStyle, "pin") == "dot";
  for (const Mark& mark : marks) {
    const std::string label = w.of(pin, mark.row).text(Prop::kLabel);
    const bool selected = w.of(pin, mark.row).flag(Prop::kSelected, false);
    const std::uint32_t color =
        w.of(pin, mark.row).color(Prop::kColor, dot_style ? 0xFF3B82F6 : 0xFFE5433D);
    const Point at = mark.at;
    Rect box;
    if (dot_style) {
      painter.rect({at.x - 16, at.y - 16, 32, 32}, (color & 0x00FFFFFF) | 0x33000000,
                   16);
      painter.rect({at.x - 9, at.y - 9, 18, 18}, 0xFFFFFFFF, 9);
      painter.rect({at.x - 6, at.y - 6, 12, 12}, color, 6);
      box = {at.x - 20, at.y - 20, 40, 40};
    } else {
      const int side = selected ? 44 : 34;
      painter.rect({at.x - side / 4, at.y - side * 3 / 4, side / 2, side / 2},
                   0xFFFFFFFF, side / 4);
      painter.icon("map-marker", {at.x - side / 2, at.y - side + 3, side, side}, color);
      if (pin.has(Prop::kIcon)) {
        painter.rect({at.x - side / 4, at.y - side * 3 / 4, side / 2, side / 2}, color,
                     side / 4);
        painter.icon(
            w.of(pin, mark.row).icon(),
            {at.x - side / 5, at.y - side * 7 / 10, side * 2 / 5, side * 2 / 5},
            0xFFFFFFFF);
      }
      box = {at.x - 20, at.y - side, 40, std::max(40, side + 2)};
    }
    if (!label.empty()) {
      const int width = painter.text_width(label, 11, selected) + 12;
      const int tall = painter.line_height(11) + 2;
      const int left =
          std::clamp(at.x - width / 2, rect.x + 2,
                     std::max(rect.x + 2, rect.x + rect.width - width - 2));
      const Rect pill{left, at.y + (dot_style ? 18 : 4), width, tall};
      painter.rect(pill, theme.dark ? 0xE0202226 : 0xE6FFFFFF, tall / 2);
      painter.label(label, pill,
                    {.size = 11,
                     .color = selected ? color : theme.text,
                     .bold = selected,
                     .align = Align::kCenter});
    }
    if (Node* node = w.of(pin, mark.row).touch(intersect(box, rect), label)) {
      node->checked = selected;
    }
  }
  return height + (in_card ? 8 : 0);
}

int paint_pin(const Paint&) { return 0; }  // its map paints it

}  // namespace paperphone::layout

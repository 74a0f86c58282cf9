#include "env/layout/kit/containers/street_map.h"
#include "env/layout/kit/painters.h"
#include "env/sim/map_view.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Widget;

namespace {

constexpr int units(int dp) { return dp * kPolygonUnit; }
constexpr int kControl = 40;  // dp: the side of a button on the map

// The app's own names of streets, else those of all apps.
std::span<const std::string> street_names(const Paint& w) {
  const auto& lexicons = w.machine().apps().lexicons;
  for (const int app : {w.state().front_app(), -1})
    for (const app::Lexicon& lexicon : lexicons)
      if (lexicon.app == app && lexicon.name == "street") return lexicon.entries;
  return {};
}

// Where one is: a blue dot in its own light.
void here_dot(Painter& painter, Point at) {
  painter.rect({at.x - 22, at.y - 22, 44, 44}, 0x332F7CF6, 22);
  painter.rect({at.x - 10, at.y - 10, 20, 20}, 0xFFFFFFFF, 10);
  painter.rect({at.x - 7, at.y - 7, 14, 14}, 0xFF2F7CF6, 7);
}

// At the right edge: nearer, farther, and back to where one is.
void controls(const Paint& w, const Rect& map) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int x = map.x + map.width - 10 - kControl;
  int y = map.y + map.height - 12;
  const auto plate = [&](int height) {
    const Rect box{x, y - height, kControl, height};
    painter.shadow(box, 10, 6);
    painter.rect(box, theme.card, 10);
    return box;
  };
  const auto button = [&](Rect box, std::string_view sign, std::string_view part_name,
                          std::string label) {
    const int part = w.part(part_name);
    const sim::Target target{sim::Target::Where::kWidget, w.widget.index, part, {}};
    const bool enabled = !w.machine().is_disabled(w.state(), w.widget, target);
    painter.icon(sign, inset(box, 9, 9), enabled ? theme.text : theme.text3);
    w.touch(box, std::move(label), part);
  };
  const Rect locate = plate(kControl);
  button(locate, "crosshairs-gps", "locate", "定位");
  y = locate.y - 10;
  const Rect both = plate(2 * kControl);
  painter.divider(both.x + 8, both.y + kControl, kControl - 16);
  button({both.x, both.y, kControl, kControl}, "plus", "plus", "放大");
  button({both.x, both.y + kControl, kControl, kControl}, "minus", "minus", "缩小");
}

}  // namespace

int paint_map(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height = int(w.integer(Prop::kHeight, 240));
  const bool in_card = w.surface == Surface::kCard;
  const Rect rect = in_card ? Rect{w.x + 8, w.y + 4, w.width - 16, height}
                            : Rect{w.x, w.y, w.width, height};
  const int used = height + (in_card ? 8 : 0);
  const bool dragged = sim::is_dragged(w.widget);
  if (dragged && painter.hidden(rect)) return used;
  const MapScale scale{
      rect, dragged ? sim::map_view(w.machine(), w.state(), w.widget) : sim::MapView{}};
  const Rect former = painter.set_clip(intersect(painter.clip(), rect));
  if (dragged) {
    paint_city(painter, {.seed = w.seed(), .streets = street_names(w)}, scale);
  } else {
    painter.set_clip(former);
    painter.picture("map", w.seed(), rect, in_card ? 10 : 0);
    if (theme.dark) painter.rect(rect, 0x8A10131A, in_card ? 10 : 0);
  }
  if (w.has_id()) {
    if (Node* node = w.touch(rect, "地图"); node && dragged) {
      node->swiping = Swiping::kAnyWay;
      node->whole = scale.whole();
    }
  }
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
    const int x = part(Prop::kX), y = part(Prop::kY);
    marks.push_back({row, dragged
                              ? scale.at(x, y)
                              : Point{rect.x + 22 + (rect.width - 44) * x / 1000,
                                      rect.y + 44 + (rect.height - 70) * y / 1000}});
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
  if (dragged)
    here_dot(painter, scale.at(w.number(Prop::kHereX, 0), w.number(Prop::kHereY, 0)));
  const bool dot_style = pin.name(Prop::kStyle, "pin") == "dot";
  for (const Mark& mark : marks) {
    if (dragged && !inset(rect, -40, -60).contains(mark.at)) continue;
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
      // A map that stays as it is shows all of it.
      const int left =
          dragged ? at.x - width / 2
                  : std::clamp(at.x - width / 2, rect.x + 2,
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
  if (dragged) controls(w, rect);
  painter.set_clip(former);
  return used;
}

int paint_pin(const Paint&) { return 0; }  // its map paints it

}  // namespace paperphone::layout

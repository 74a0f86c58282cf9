// Numbers to look at: charts, maps, prices, stars, clocks that run down.
#include <fmt/format.h>

#include <algorithm>

#include "env/app/calendar.h"
#include "env/app/parts.h"
#include "env/layout/widgets.h"

namespace paperphone {
namespace {
using Align = TextStyle::Align;
constexpr int kPad = size::kPadding;
constexpr int kDisc = 124;  // dp: a pie's
// Neighbouring slices differ in hue and in lightness.
constexpr std::uint32_t kSlices[] = {0xFF4C8DF6, 0xFF36C2A4, 0xFFFFB33E, 0xFFF2708A,
                                     0xFF8C7CF0, 0xFF5AB9F0, 0xFFFF8A5C, 0xFF9AA5B8};

constexpr int units(int dp) { return dp * kPolygonUnit; }

struct Datum {
  Ref row;
  std::string label;
  std::string amount;  // for people
  std::int64_t value = 0;
  std::uint32_t color = 0;  // 0: the chart's own
  bool selected = false;
};

// What the points of a chart say; money in whole yuan.
std::string amount_text(std::int64_t value, Type type, const EvalContext& context) {
  const std::int64_t whole = type.kind == Kind::kMoney ? floor_div(value, 100) : value;
  return format_value(Value::of_int(whole), Type{.kind = Kind::kInt}, Format::kCount,
                      context);
}

// The labels below a chart: as many as there is room for, the last one among them.
int label_step(int widest, int cell) {
  int step = 1;
  while (step * std::max(1, cell) < widest + 4) ++step;
  return step;
}
}  // namespace

int WidgetPainter::chart(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string_view style = w.name(Prop::kStyle, "bar");
  const int plot = int(w.number(Prop::kHeight, 150));
  const int head = (title.empty() ? 0 : painter_.line_height(13)) +
                   (value.empty() ? 0 : painter_.line_height(22)) +
                   (title.empty() && value.empty() ? 0 : 8);
  const bool pie_style = style == "pie";
  const int body = pie_style ? pie_height(w) : plot + painter_.line_height(11) + 8;
  strip(p, 12 + head + body + 10);
  int y = p.y + 12;
  y += painter_.text(title, {p.x + kPad, y, p.width - 2 * kPad, 0},
                     {.size = 13, .color = theme.text2});
  y += painter_.text(value, {p.x + kPad, y, p.width - 2 * kPad, 0},
                     {.size = 22, .color = theme.text, .bold = true});
  y = p.y + 12 + head;
  if (!w.id.empty()) {
    touch(w, p.row, {p.x, p.y, p.width, 12 + head + body}, Role::kImage, title);
  }
  if (pie_style) {
    pie(w, p, {p.x, y, p.width, body});
    return 12 + head + body + 10;
  }
  const Rect area{p.x + kPad, y, p.width - 2 * kPad, plot};
  // Lines of the ground, the lowest of them firm.
  for (int i = 0; i <= 3; ++i) {
    painter_.rect({area.x, area.y + 18 + (plot - 18) * i / 3, area.width, 1},
                  i == 3 ? theme.divider : mix(theme.divider, theme.card, 60));
  }
  if (rows_of(w).empty()) return 12 + head + body + 10;
  if (style == "line") {
    line_chart(w, p, area);
  } else {
    bars(w, p, area);
  }
  return 12 + head + body + 10;
}

int WidgetPainter::pie_height(W w) {
  const bool touched = !w.widgets(Prop::kItem).front().id.empty();
  const int line = std::max(painter_.line_height(13) + 8, touched ? 34 : 0);
  return std::max(kDisc, line * int(rows_of(w).size())) + 8;
}

void WidgetPainter::bars(W w, P p, Rect plot) {
  const Theme& theme = painter_.theme();
  const Widget& point = w.widgets(Prop::kItem).front();
  const std::vector<Ref>& rows = rows_of(w);
  const int foot = painter_.line_height(11) + 8;
  const int count = int(rows.size());
  std::vector<Datum> data;
  std::int64_t most = 1;
  int widest = 0, widest_amount = 0;
  bool any_selected = false;
  for (const Ref row : rows) {
    Datum datum{.row = row, .label = text(point, Prop::kLabel, row)};
    datum.value = number(point, Prop::kValue, row, 0);
    datum.amount = amount_text(datum.value, point.expr(Prop::kValue)->type(),
                               machine_.context(state_, row));
    datum.color = color(point, Prop::kColor, row, accent_);
    datum.selected = flag(point, Prop::kSelected, row, false);
    any_selected |= datum.selected;
    most = std::max(most, datum.value);
    widest = std::max(widest, painter_.text_width(datum.label, 11));
    widest_amount = std::max(widest_amount, painter_.text_width(datum.amount, 10));
    data.push_back(std::move(datum));
  }
  const int cell = plot.width / count;
  const int bar = std::clamp(cell * 55 / 100, 4, 26);
  const int room = plot.height - 18;
  const int step = label_step(widest, cell);
  const bool amounts = widest_amount <= cell;
  for (int i = 0; i < count; ++i) {
    const Datum& datum = data[std::size_t(i)];
    const int x = plot.x + plot.width * i / count + (cell - bar) / 2;
    const int tall = std::max(2, int(std::max<std::int64_t>(datum.value, 0) * room / most));
    const int top = plot.y + plot.height - tall;
    const bool bright = datum.selected || !any_selected;
    const std::uint32_t color = bright ? datum.color : mix(datum.color, theme.card, 35);
    const int radius = std::min(5, bar / 2);
    // Round above, square on the ground.
    const Rect former = painter_.clip();
    painter_.set_clip(intersect(former, {x, top, bar, tall}));
    painter_.gradient({x, top, bar, tall + radius}, mix(color, theme.card, 82), color,
                      radius);
    painter_.set_clip(former);
    const Rect box{plot.x + plot.width * i / count, plot.y, cell, plot.height + foot};
    if (amounts || datum.selected) {
      const int width = std::max(cell, painter_.text_width(datum.amount, 10) + 2);
      painter_.text(datum.amount,
                    {box.x + (cell - width) / 2, top - painter_.line_height(10) - 1, width, 0},
                    {.size = 10,
                     .color = datum.selected ? datum.color : theme.text2,
                     .align = Align::kCenter});
    }
    if ((count - 1 - i) % step == 0) {
      const int width = std::max(cell, painter_.text_width(datum.label, 11) + 2);
      const int left = std::clamp(box.x + (cell - width) / 2, p.x, p.x + p.width - width);
      painter_.text(datum.label, {left, plot.y + plot.height + 5, width, 0},
                    {.size = 11,
                     .color = datum.selected ? theme.text : theme.text2,
                     .align = Align::kCenter});
    }
    touch(point, datum.row, box, point.id.empty() ? Role::kText : Role::kListItem,
          datum.label + " " + datum.amount);
  }
}

void WidgetPainter::line_chart(W w, P p, Rect plot) {
  const Theme& theme = painter_.theme();
  const Widget& point = w.widgets(Prop::kItem).front();
  const std::vector<Ref>& rows = rows_of(w);
  const int foot = painter_.line_height(11) + 8;
  const int count = int(rows.size());
  std::vector<Datum> data;
  std::int64_t low = 0, high = 1;
  int widest = 0;
  for (const Ref row : rows) {
    Datum datum{.row = row, .label = text(point, Prop::kLabel, row)};
    datum.value = number(point, Prop::kValue, row, 0);
    datum.amount = amount_text(datum.value, point.expr(Prop::kValue)->type(),
                               machine_.context(state_, row));
    datum.selected = flag(point, Prop::kSelected, row, false);
    low = data.empty() ? datum.value : std::min(low, datum.value);
    high = data.empty() ? datum.value : std::max(high, datum.value);
    widest = std::max(widest, painter_.text_width(datum.label, 11));
    data.push_back(std::move(datum));
  }
  // The ground is zero, unless the values lie close together far above it.
  if (low > 0 && low < (high - low) * 3) low = 0;
  if (low > 0) low -= (high - low) / 4;
  if (high <= low) high = low + 1;
  const int cell = plot.width / count;
  const int room = plot.height - 26;
  std::vector<Point> line;  // in the polygon's units, relative to the plot
  std::vector<Point> spots;
  for (int i = 0; i < count; ++i) {
    const int x = plot.width * i / count + cell / 2;
    const int up =
        int((data[std::size_t(i)].value - low) * units(room) / (high - low));
    line.push_back({units(x), units(plot.height) - up});
    spots.push_back({plot.x + x, plot.y + plot.height - up / kPolygonUnit});
  }
  if (count > 1) {
    Contour area = line;
    area.push_back({line.back().x, units(plot.height)});
    area.push_back({line.front().x, units(plot.height)});
    painter_.polygon(plot, {area}, (accent_ & 0x00FFFFFF) | 0x24000000);
    painter_.polygon(plot, stroke(line, units(2)), accent_);
  }
  const int step = label_step(widest, cell);
  bool any_selected = false;
  for (const Datum& datum : data) any_selected |= datum.selected;
  for (int i = 0; i < count; ++i) {
    const Datum& datum = data[std::size_t(i)];
    const Point at = spots[std::size_t(i)];
    const bool told = datum.selected || (!any_selected && i == count - 1);
    if (told || count <= 15) {
      const int radius = told ? 5 : 3;
      painter_.rect({at.x - radius, at.y - radius, 2 * radius, 2 * radius}, accent_, radius);
      painter_.rect({at.x - radius + 2, at.y - radius + 2, 2 * radius - 4, 2 * radius - 4},
                    theme.card, radius - 2);
    }
    if (told) {
      const int width = painter_.text_width(datum.amount, 11, true) + 14;
      const int height = painter_.line_height(11) + 2;
      const int left = std::clamp(at.x - width / 2, plot.x, plot.x + plot.width - width);
      const Rect pill{left, std::max(plot.y - 4, at.y - height - 9), width, height};
      painter_.rect(pill, accent_, height / 2);
      painter_.label(datum.amount, pill,
                     {.size = 11, .color = 0xFFFFFFFF, .bold = true, .align = Align::kCenter});
    }
    const Rect box{plot.x + plot.width * i / count, plot.y, cell, plot.height + foot};
    if ((count - 1 - i) % step == 0) {
      const int width = std::max(cell, painter_.text_width(datum.label, 11) + 2);
      const int left = std::clamp(box.x + (cell - width) / 2, p.x, p.x + p.width - width);
      painter_.text(datum.label, {left, plot.y + plot.height + 5, width, 0},
                    {.size = 11, .color = theme.text2, .align = Align::kCenter});
    }
    touch(point, datum.row, box, point.id.empty() ? Role::kText : Role::kListItem,
          datum.label + " " + datum.amount);
  }
}

void WidgetPainter::pie(W w, P p, Rect area) {
  const Theme& theme = painter_.theme();
  const Widget& point = w.widgets(Prop::kItem).front();
  const std::vector<Ref>& rows = rows_of(w);
  std::vector<Datum> data;
  std::int64_t total = 0;
  for (const Ref row : rows) {
    Datum datum{.row = row, .label = text(point, Prop::kLabel, row)};
    datum.value = std::max<std::int64_t>(0, number(point, Prop::kValue, row, 0));
    datum.amount = amount_text(datum.value, point.expr(Prop::kValue)->type(),
                               machine_.context(state_, row));
    datum.color =
        color(point, Prop::kColor, row, kSlices[data.size() % std::size(kSlices)]);
    datum.selected = flag(point, Prop::kSelected, row, false);
    total += datum.value;
    data.push_back(std::move(datum));
  }
  const int line = std::max(painter_.line_height(13) + 8, point.id.empty() ? 0 : 34);
  const Rect ring{p.x + kPad, area.y + (area.height - kDisc) / 2, kDisc, kDisc};
  std::int64_t before = 0;
  for (const Datum& datum : data) {
    if (total == 0 || datum.value == 0) continue;
    const int from = int(before * 1000 / total);
    before += datum.value;
    const int to = int(before * 1000 / total);
    const int out = datum.selected ? 0 : 3;
    painter_.polygon(ring,
                     sector({.center = {units(kDisc) / 2, units(kDisc) / 2},
                             .inner = units(38),
                             .outer = units(kDisc / 2 - out),
                             .from = from,
                             .to = std::max(from, to - (data.size() > 1 ? 4 : 0))}),
                     datum.color);
  }
  const int x = ring.x + kDisc + 16, right = p.x + p.width - kPad;
  int y = area.y + (area.height - line * int(data.size())) / 2;
  for (const Datum& datum : data) {
    painter_.rect({x, y + line / 2 - 4, 8, 8}, datum.color, 4);
    const std::string percent =
        fmt::format("{}%", total == 0 ? 0 : (datum.value * 100 + total / 2) / total);
    const int width = painter_.text_width(percent, 13) + 1;
    painter_.label(datum.label, {x + 14, y, right - width - x - 20, line},
                   {.size = 13, .color = theme.text, .bold = datum.selected});
    painter_.label(percent, {right - width, y, width, line},
                   {.size = 13, .color = theme.text2, .align = Align::kRight});
    touch(point, datum.row, {x - 6, y, right - x + 12, line},
          point.id.empty() ? Role::kText : Role::kListItem,
          datum.label + " " + datum.amount + " " + percent);
    y += line;
  }
}

int WidgetPainter::map(W w, P p) {
  const Theme& theme = painter_.theme();
  const int height = int(w.number(Prop::kHeight, 240));
  const bool in_card = p.surface == Surface::kCard;
  const Rect rect = in_card ? Rect{p.x + 8, p.y + 4, p.width - 16, height}
                            : Rect{p.x, p.y, p.width, height};
  painter_.picture("map", seed(w, p.row), rect, in_card ? 10 : 0);
  if (theme.dark) painter_.rect(rect, 0x8A10131A, in_card ? 10 : 0);
  if (!w.id.empty()) touch(w, p.row, rect, Role::kImage, "地图");
  const Widget& pin = w.widgets(Prop::kItem).front();
  struct Mark {
    Ref row;
    Point at;
  };
  std::vector<Mark> marks;
  for (const Ref row : rows_of(w)) {
    if (!is_shown(pin, row)) continue;
    const auto part = [&](Prop prop) {
      return int(std::clamp<std::int64_t>(number(pin, prop, row, 500), 0, 1000));
    };
    marks.push_back({row,
                     {rect.x + 22 + (rect.width - 44) * part(Prop::kX) / 1000,
                      rect.y + 44 + (rect.height - 70) * part(Prop::kY) / 1000}});
  }
  if (flag(w, Prop::kLine, p.row, false) && marks.size() > 1) {
    std::vector<Point> way;
    for (const Mark& mark : marks)
      way.push_back({units(mark.at.x - rect.x), units(mark.at.y - rect.y)});
    // Streets turn at right angles more often than not.
    std::vector<Point> line{way.front()};
    for (std::size_t i = 1; i < way.size(); ++i) {
      line.push_back(i % 2 ? Point{way[i].x, way[i - 1].y} : Point{way[i - 1].x, way[i].y});
      line.push_back(way[i]);
    }
    painter_.polygon(rect, stroke(line, units(8)), 0xFFFFFFFF);
    painter_.polygon(rect, stroke(line, units(5)), 0xFF3B82F6);
  }
  const bool dot_style = pin.name(Prop::kStyle, "pin") == "dot";
  for (const Mark& mark : marks) {
    const std::string label = text(pin, Prop::kLabel, mark.row);
    const bool selected = flag(pin, Prop::kSelected, mark.row, false);
    const std::uint32_t color =
        this->color(pin, Prop::kColor, mark.row, dot_style ? 0xFF3B82F6 : 0xFFE5433D);
    const Point at = mark.at;
    Rect box;
    if (dot_style) {
      painter_.rect({at.x - 16, at.y - 16, 32, 32}, (color & 0x00FFFFFF) | 0x33000000, 16);
      painter_.rect({at.x - 9, at.y - 9, 18, 18}, 0xFFFFFFFF, 9);
      painter_.rect({at.x - 6, at.y - 6, 12, 12}, color, 6);
      box = {at.x - 20, at.y - 20, 40, 40};
    } else {
      const int side = selected ? 44 : 34;
      painter_.rect({at.x - side / 4, at.y - side * 3 / 4, side / 2, side / 2}, 0xFFFFFFFF,
                    side / 4);
      painter_.icon("map-marker", {at.x - side / 2, at.y - side + 3, side, side}, color);
      if (pin.has(Prop::kIcon)) {
        painter_.rect({at.x - side / 4, at.y - side * 3 / 4, side / 2, side / 2}, color,
                      side / 4);
        painter_.icon(
            icon(pin, mark.row),
            {at.x - side / 5, at.y - side * 7 / 10, side * 2 / 5, side * 2 / 5},
            0xFFFFFFFF);
      }
      box = {at.x - 20, at.y - side, 40, std::max(40, side + 2)};
    }
    if (!label.empty()) {
      const int width = painter_.text_width(label, 11, selected) + 12;
      const int tall = painter_.line_height(11) + 2;
      const int left = std::clamp(at.x - width / 2, rect.x + 2,
                                  std::max(rect.x + 2, rect.x + rect.width - width - 2));
      const Rect pill{left, at.y + (dot_style ? 18 : 4), width, tall};
      painter_.rect(pill, theme.dark ? 0xE0202226 : 0xE6FFFFFF, tall / 2);
      painter_.label(label, pill,
                     {.size = 11,
                      .color = selected ? color : theme.text,
                      .bold = selected,
                      .align = Align::kCenter});
    }
    if (Node* node = touch(pin, mark.row, intersect(box, rect),
                           pin.id.empty() ? Role::kText : Role::kButton, label)) {
      node->checked = selected;
    }
  }
  return height + (in_card ? 8 : 0);
}

int WidgetPainter::progress_ring(W w, P p) {
  const Theme& theme = painter_.theme();
  const auto most = std::max<std::int64_t>(1, number(w, Prop::kMax, p.row, 100));
  const auto value = std::clamp<std::int64_t>(number(w, Prop::kValue, p.row, 0), 0, most);
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string label = text(w, Prop::kLabel, p.row);
  const int side = p.width < 200 ? 104 : 148;
  const Rect rect{p.x + (p.width - side) / 2, p.y + 10, side, side};
  Sector arc{.center = {units(side) / 2, units(side) / 2},
             .inner = units(side / 2 - 11),
             .outer = units(side / 2)};
  const bool on_page = p.surface == Surface::kPage;
  painter_.polygon(rect, sector(arc),
                   on_page ? mix(theme.text, theme.page, 7) : theme.fill);
  arc.to = int(value * 1000 / most);
  painter_.polygon(rect, sector(arc), accent_);
  int title_size = side > 120 ? 28 : 20;
  while (title_size > 12 && painter_.text_width(title, title_size, true) > side - 34)
    --title_size;
  const int words = painter_.line_height(title_size) +
                    (label.empty() ? 0 : painter_.line_height(12));
  int y = rect.y + (side - words) / 2;
  y += painter_.text(title, {rect.x + 12, y, side - 24, 0},
                     {.size = title_size,
                      .color = theme.text,
                      .bold = true,
                      .align = Align::kCenter});
  painter_.text(label, {rect.x + 12, y, side - 24, 0},
                {.size = 12, .color = theme.text2, .align = Align::kCenter});
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kButton, title + " " + label);
  return side + 20;
}

int WidgetPainter::price(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string was = text(w, Prop::kWas, p.row);
  const std::string label = text(w, Prop::kLabel, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const int height = painter_.line_height(26) + 8;
  const int bottom = p.y + 4 + painter_.line_height(26);
  int x = p.x + kPad;
  if (!label.empty()) {
    const Rect pill{x, bottom - painter_.line_height(12) - 7,
                    painter_.text_width(label, 12) + 10, painter_.line_height(12) + 2};
    painter_.rect(pill, mix(theme.price, theme.card, 14), 4);
    painter_.label(label, pill,
                   {.size = 12, .color = theme.price, .align = Align::kCenter});
    x += pill.width + 6;
  }
  x += price_tag(value, x, p.y + 4, 26, theme.price) + 8;
  painter_.struck(was, x, bottom - painter_.line_height(14) - 4,
                  {.size = 14, .color = theme.text3});
  painter_.text(caption,
                {p.x + p.width / 2, bottom - painter_.line_height(13) - 4,
                 p.width / 2 - kPad, 0},
                {.size = 13, .color = theme.text2, .align = Align::kRight});
  touch(w, p.row, {p.x, p.y, p.width, height}, w.id.empty() ? Role::kText : Role::kButton,
        label + value);
  return height;
}

int WidgetPainter::rating(W w, P p) {
  constexpr std::uint32_t kGold = 0xFFFFA928;
  const Theme& theme = painter_.theme();
  const std::string label = text(w, Prop::kLabel, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const bool input = w.place(Prop::kBind) != nullptr;
  const std::int64_t tenths = input ? bound(w, Prop::kBind, p.row).as_int() * 10
                                    : number(w, Prop::kValue, p.row, 0);
  const int height = input ? 52 : painter_.line_height(14) + 10;
  if (input) strip(p, height);
  int x = p.x + kPad;
  if (!label.empty()) {
    painter_.label(label, {x, p.y, p.width / 2, height},
                   {.size = input ? 16 : 13, .color = input ? theme.text : theme.text2});
    x += painter_.text_width(label, input ? 16 : 13) + (input ? 14 : 6);
  }
  const int cell = input ? std::min(40, (p.x + p.width - 8 - x) / 5) : 18;
  const int star = input ? 28 : 15;
  for (int i = 0; i < 5; ++i) {
    const Rect box{x + i * cell, p.y, cell, height};
    const std::int64_t lit = tenths - i * 10;
    const std::string_view icon = lit >= 8              ? "star"
                                  : lit >= 3 && !input ? "star-half"
                                                       : "star-outline";
    const Rect glyph{box.x + (cell - star) / 2, p.y + (height - star) / 2, star, star};
    if (icon == "star-half") painter_.icon("star-outline", glyph, kGold);
    painter_.icon(icon, glyph, lit >= 3 ? kGold : theme.text3);
    if (!input) continue;
    if (Node* node = touch(w, p.row, box, Role::kRadio, fmt::format("{}星", i + 1), i))
      node->checked = lit == 10;
  }
  x += 5 * cell + 6;
  if (!input) {
    const std::string number = fmt::format("{}.{}", tenths / 10, tenths % 10);
    x += painter_.run(number, x, p.y + (height - painter_.line_height(14)) / 2,
                      {.size = 14, .color = kGold, .bold = true}) +
         8;
    touch(w, p.row, {p.x, p.y, p.width, height},
          w.id.empty() ? Role::kText : Role::kButton, label + number + "分");
  }
  painter_.label(caption, {x, p.y, std::max(0, p.x + p.width - kPad - x), height},
                 {.size = 13, .color = theme.text2});
  return height;
}

int WidgetPainter::countdown(W w, P p) {
  painter_.tick();
  const Theme& theme = painter_.theme();
  const EvalContext context = machine_.context(state_, p.row);
  const Value until = evaluate(*w.expr(Prop::kUntil), context);
  const std::int64_t left =
      until.is_none() ? 0
                      : until.as_int() * 60 - floor_div(state_.world.now_ms, 1000);
  const std::string label = text(w, Prop::kLabel, p.row);
  const bool boxes = w.name(Prop::kStyle, "boxes") == "boxes";
  const int line = painter_.line_height(14);
  const int height = std::max(36, line + 14);
  const int y = p.y + (height - line) / 2;
  int x = p.x + kPad;
  if (left <= 0) {
    const std::string over = text(w, Prop::kEmptyText, p.row);
    painter_.run(over, x, y, {.size = 14, .color = theme.text2});
    touch(w, p.row, {p.x, p.y, p.width, height}, Role::kText, over);
    return height;
  }
  if (!label.empty())
    x += painter_.run(label, x, y, {.size = 14, .color = theme.text}) + 8;
  const std::int64_t days = left / 86'400;
  if (days > 0) {
    x += painter_.run(fmt::format("{}天", days), x, y,
                      {.size = 14, .color = theme.price, .bold = true}) +
         6;
  }
  const std::int64_t parts[] = {left / 3600 % 24, left / 60 % 60, left % 60};
  std::string said = label + (days > 0 ? fmt::format("{}天", days) : "");
  for (int i = 0; i < 3; ++i) {
    const std::string number = fmt::format("{:02}", parts[i]);
    said += (i ? ":" : "") + number;
    if (!boxes) {
      x += painter_.run((i ? ":" : "") + number, x, y,
                        {.size = 14, .color = theme.price, .bold = true});
      continue;
    }
    const int width = painter_.text_width("00", 13, true) + 8;
    const Rect box{x, p.y + (height - line - 2) / 2, width, line + 2};
    painter_.rect(box, theme.dark ? theme.price : 0xFF2B2B2F, 5);
    painter_.label(number, box,
                   {.size = 13, .color = 0xFFFFFFFF, .bold = true, .align = Align::kCenter});
    x += width;
    if (i < 2) {
      painter_.text(":", {x, y, 10, 0},
                    {.size = 14, .color = theme.text, .bold = true, .align = Align::kCenter});
      x += 10;
    }
  }
  touch(w, p.row, {p.x, p.y, p.width, height}, w.id.empty() ? Role::kText : Role::kButton,
        said);
  return height;
}

int WidgetPainter::notice(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::uint32_t ink = theme.dark ? 0xFFFFB566 : 0xFFD9660A;
  const bool on_page = p.surface == Surface::kPage;
  const int margin = on_page ? size::kMargin : 8;
  const bool chevron = flag(w, Prop::kChevron, p.row, false);
  const std::string value = text(w, Prop::kValue, p.row);
  const Rect rect{p.x + margin, p.y, p.width - 2 * margin, 0};
  const Rect words{rect.x + 38, p.y + 9, rect.width - 50 - (chevron ? 18 : 0), 0};
  const TextStyle style{.size = 13, .color = ink, .lines = 2};
  const bool was_dry = painter_.set_dry(true);
  const int words_height = painter_.text(value, words, style);
  painter_.set_dry(was_dry);
  const int height = std::max(words_height + 18, w.id.empty() ? 0 : 38);
  const Rect box{rect.x, rect.y, rect.width, height};
  painter_.rect(box, mix(0xFFFF8A00, on_page ? theme.page : theme.card, 12), 8);
  painter_.icon(icon(w, p.row, "bullhorn"),
                {rect.x + 12, p.y + (height - 18) / 2, 18, 18}, ink);
  painter_.text(value, {words.x, p.y + (height - words_height) / 2, words.width, 0}, style);
  if (chevron)
    painter_.icon("chevron-right", {box.x + box.width - 24, p.y + height / 2 - 9, 18, 18},
                  ink);
  touch(w, p.row, box, w.id.empty() ? Role::kText : Role::kButton, value);
  return height;
}

int WidgetPainter::skeleton(W w, P p) {
  return skeleton_lines(p, w.name(Prop::kStyle, "rows"), int(w.number(Prop::kLines, 4)));
}

int WidgetPainter::skeleton_lines(P p, std::string_view style, int lines) {
  const Theme& theme = painter_.theme();
  const std::uint32_t grey = theme.dark ? theme.fill : 0xFFEBEDF0;
  const auto bar = [&](int x, int y, int width, int height) {
    painter_.rect({x, y, width, height}, grey, height / 2);
  };
  int y = p.y;
  if (style == "cards") {
    const int margin = p.surface == Surface::kPage ? size::kMargin : kPad;
    const int width = (p.width - 2 * margin - 8) / 2, height = width + 66;
    for (int i = 0; i < lines; ++i) {
      const int x = p.x + margin + i % 2 * (width + 8);
      painter_.rect({x, y, width, height}, theme.card, 10);
      painter_.rect({x, y, width, width}, grey, 10);
      bar(x + 10, y + width + 12, width - 30, 12);
      bar(x + 10, y + width + 36, width / 2, 12);
      if (i % 2 == 1 || i + 1 == lines) y += height + 8;
    }
    return y - p.y;
  }
  if (style == "text") {
    constexpr int kPercent[] = {92, 100, 96, 55};
    strip(p, lines * 24 + 20);
    for (int i = 0; i < lines; ++i)
      bar(p.x + kPad, y + 12 + 24 * i, (p.width - 2 * kPad) * kPercent[i % 4] / 100, 12);
    return lines * 24 + 20;
  }
  constexpr int kHeight = 72;
  constexpr int kFirst[] = {42, 55, 36, 48};
  strip(p, lines * kHeight);
  for (int i = 0; i < lines; ++i, y += kHeight) {
    painter_.rect({p.x + kPad, y + 14, 44, 44}, grey, 10);
    const int x = p.x + kPad + 58, width = p.width - 2 * kPad - 58;
    bar(x, y + 20, width * kFirst[i % 4] / 100, 12);
    bar(x, y + 43, width * 80 / 100, 10);
  }
  return y - p.y;
}

int WidgetPainter::coupon(W w, P p) {
  const Theme& theme = painter_.theme();
  const bool enabled = flag(w, Prop::kEnabled, p.row, true);
  const std::string amount = text(w, Prop::kPrice, p.row);
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const std::string label = text(w, Prop::kLabel, p.row);
  const int margin = p.surface == Surface::kPage ? size::kMargin : 8;
  const int words = painter_.line_height(15) +
                    (subtitle.empty() ? 0 : painter_.line_height(12) + 3) +
                    (caption.empty() ? 0 : painter_.line_height(11) + 3);
  const int height = std::max(84, words + 24);
  const Rect rect{p.x + margin, p.y, p.width - 2 * margin, height};
  const int stub = 100;
  const std::uint32_t under = p.surface == Surface::kPage ? theme.page : theme.card;
  const std::uint32_t red = enabled ? theme.price : theme.text3;
  const std::uint32_t paper =
      enabled ? mix(theme.price, theme.card, theme.dark ? 18 : 8)
              : p.surface == Surface::kPage ? theme.card : theme.fill;
  painter_.rect(rect, paper, 10);
  const int fold = rect.x + stub;
  for (int y = rect.y + 14; y < rect.y + height - 12; y += 8)
    painter_.rect({fold, y, 1, 4}, mix(red, paper, 35));
  painter_.rect({fold - 7, rect.y - 7, 14, 14}, under, 7);
  painter_.rect({fold - 7, rect.y + height - 7, 14, 14}, under, 7);
  const bool was_dry = painter_.set_dry(true);
  int size = 28;
  while (size > 16 && price_tag(amount, 0, 0, size, red) > stub - 12) --size;
  const int amount_width = price_tag(amount, 0, 0, size, red);
  painter_.set_dry(was_dry);
  price_tag(amount, rect.x + (stub - amount_width) / 2,
            rect.y + (height - painter_.line_height(size)) / 2, size, red);
  const int button = label.empty() ? 0 : std::max(64, painter_.text_width(label, 13) + 26);
  const int x = fold + 14, right = rect.x + rect.width - 12 - (button ? button + 8 : 0);
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kListItem,
        amount + " " + title + "，" + subtitle);
  int y = rect.y + (height - words) / 2;
  y += painter_.text(title, {x, y, right - x, 0},
                     {.size = 15, .color = enabled ? theme.text : theme.text3, .bold = true});
  if (!subtitle.empty())
    y += painter_.text(subtitle, {x, y + 3, right - x, 0},
                       {.size = 12, .color = theme.text2}) +
         3;
  painter_.text(caption, {x, y + 3, right - x, 0}, {.size = 11, .color = theme.text3});
  if (button > 0) {
    const int tall = painter_.line_height(13) + 12;
    const Rect pill{rect.x + rect.width - 12 - button, rect.y + (height - tall) / 2, button,
                    tall};
    if (enabled) {
      painter_.gradient(pill, mix(theme.price, 0xFFFFFFFF, 86), theme.price, tall / 2);
    } else {
      painter_.rect(pill, theme.dark ? theme.divider : theme.fill, tall / 2);
    }
    painter_.label(label, pill,
                   {.size = 13,
                    .color = enabled ? 0xFFFFFFFF : theme.text3,
                    .bold = enabled,
                    .align = Align::kCenter});
    if (!w.id.empty()) {
      Node* node = touch(w, p.row, inset(pill, 0, -std::max(0, (36 - tall + 1) / 2)),
                         Role::kButton, label, part_index(w, "use"));
      if (node && !enabled) node->enabled = false;
    }
  }
  return height;
}

// Three eyes, a clock line each way, and the rest by the value's hash: it looks like a
// code and is one for nobody.
int WidgetPainter::qr_code(W w, P p) {
  constexpr int kModules = 29;
  constexpr int kEye = 7;
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const int side = int(w.number(Prop::kSize, 200));
  const Rect paper{p.x + (p.width - side) / 2, p.y + 12, side, side};
  const int height =
      side + 24 + (caption.empty() ? 0 : painter_.line_height(13) + 4);
  if (painter_.hidden({p.x, p.y, p.width, height})) return height;
  painter_.rect(paper, 0xFFFFFFFF, 10);
  const Rect code = inset(paper, 12, 12);
  const auto in_eye = [&](int x, int y) {  // with its white border
    const int far = kModules - kEye - 1;
    return (x <= kEye && y <= kEye) || (x >= far && y <= kEye) || (x <= kEye && y >= far);
  };
  const Rng rng = Rng(hash_bytes(value).low).fork("qr_code");
  const int logo = kModules / 2;
  const auto is_dark = [&](int x, int y) {
    if (in_eye(x, y)) return false;
    if (std::abs(x - logo) <= 3 && std::abs(y - logo) <= 3) return false;
    if (x == kEye - 1 || y == kEye - 1) return (x + y) % 2 == 0;
    return (Rng::mix(rng.key() + std::uint64_t(y) * kModules + std::uint64_t(x)) & 1) != 0;
  };
  const auto at = [&](int module) { return units(code.width) * module / kModules; };
  std::vector<Contour> dark;
  const auto add = [&](int x, int y, int width, int tall) {
    dark.push_back({{at(x), at(y)},
                    {at(x + width), at(y)},
                    {at(x + width), at(y + tall)},
                    {at(x), at(y + tall)}});
  };
  for (int y = 0; y < kModules; ++y) {
    for (int x = 0; x < kModules;) {
      const int from = x;
      while (x < kModules && is_dark(x, y)) ++x;
      if (x > from) add(from, y, x - from, 1);
      else ++x;
    }
  }
  const int far = kModules - kEye;
  for (const Point eye : {Point{0, 0}, Point{far, 0}, Point{0, far}}) {
    add(eye.x, eye.y, kEye, 1);
    add(eye.x, eye.y + kEye - 1, kEye, 1);
    add(eye.x, eye.y, 1, kEye);
    add(eye.x + kEye - 1, eye.y, 1, kEye);
    add(eye.x + 2, eye.y + 2, 3, 3);
  }
  painter_.polygon(code, dark, 0xFF16181D);
  const int face = code.width * 5 / kModules;
  const Rect middle{code.x + (code.width - face) / 2, code.y + (code.height - face) / 2, face,
                    face};
  painter_.rect(middle, 0xFF000000 | app_.color, face / 4);
  painter_.icon(app_.icon, inset(middle, face / 5, face / 5), 0xFFFFFFFF);
  painter_.text(caption, {p.x + kPad, paper.y + side + 8, p.width - 2 * kPad, 0},
                {.size = 13, .color = painter_.theme().text2, .align = Align::kCenter});
  touch(w, p.row, paper, w.id.empty() ? Role::kImage : Role::kButton, "二维码");
  return height;
}

}  // namespace paperphone

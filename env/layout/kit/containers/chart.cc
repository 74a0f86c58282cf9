#include <fmt/format.h>

#include <cstdlib>

#include "env/app/calendar.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::EvalContext;
using app::Format;
using app::Kind;
using app::Prop;
using app::Ref;
using app::Type;
using app::Value;
using app::Widget;

namespace {

constexpr int kDisc = 124;  // dp: a pie's
// Neighbouring slices differ in hue and in lightness.
constexpr std::uint32_t kSlices[] = {0xFF4C8DF6, 0xFF36C2A4, 0xFFFFB33E, 0xFFF2708A,
                                     0xFF8C7CF0, 0xFF5AB9F0, 0xFFFF8A5C, 0xFF9CCB4E,
                                     0xFFD07BE0, 0xFF9AA5B8};

constexpr int units(int dp) { return dp * kPolygonUnit; }

// What the points of a chart say; money in whole yuan, from ten yuan on.
std::string amount_text(std::int64_t value, Type type, const EvalContext& context) {
  if (type.kind == Kind::kMoney && value != 0 && std::abs(value) < 1000)
    return app::format_value(Value::of_int(value), type, Format::kMoneyBare, context);
  const std::int64_t whole =
      type.kind == Kind::kMoney ? app::floor_div(value, 100) : value;
  return app::format_value(Value::of_int(whole), Type{.kind = Kind::kInt},
                           Format::kCount, context);
}

// The labels below a chart: as many as there is room for, the last one among them.
int label_step(int widest, int cell) {
  int step = 1;
  while (step * std::max(1, cell) < widest + 4) ++step;
  return step;
}

struct Datum {  // what a point of a chart says
  Ref row;
  std::string label;
  std::string amount;  // for people
  std::int64_t value = 0;
  std::uint32_t color = 0;  // 0: the chart's own
  bool selected = false;
};

// Values below `least` count as that.
std::vector<Datum> data_of(
    const Paint& w, std::int64_t least = std::numeric_limits<std::int64_t>::min()) {
  const Widget& point = w.widget.widgets(Prop::kItem).front();
  std::vector<Datum> data;
  for (const Ref row : w.rows()) {
    Datum datum{.row = row, .label = w.of(point, row).text(Prop::kLabel)};
    datum.value = std::max(least, w.of(point, row).number(Prop::kValue, 0));
    datum.amount = amount_text(datum.value, point.expr(Prop::kValue)->type(),
                               w.of(point, row).context());
    datum.color = w.of(point, row).color(Prop::kColor, 0);
    datum.selected = w.of(point, row).flag(Prop::kSelected, false);
    data.push_back(std::move(datum));
  }
  return data;
}

// Whole percents that add up to 100: what is left over goes to the largest rests.
std::vector<int> percents(const std::vector<Datum>& data, std::int64_t total) {
  std::vector<int> shares(data.size(), 0);
  if (total == 0) return shares;
  int left = 100;
  std::vector<std::size_t> by_rest;
  for (std::size_t i = 0; i < data.size(); ++i) {
    left -= shares[i] = int(data[i].value * 100 / total);
    by_rest.push_back(i);
  }
  std::stable_sort(by_rest.begin(), by_rest.end(), [&](std::size_t a, std::size_t b) {
    return data[a].value * 100 % total > data[b].value * 100 % total;
  });
  for (int i = 0; i < left; ++i) ++shares[by_rest[std::size_t(i)]];
  return shares;
}

int pie_height(const Paint& w) {
  Painter& painter = w.painter();
  const bool touched = !w.widget.widgets(Prop::kItem).front().id.empty();
  const int line = std::max(painter.line_height(13) + 8, touched ? 34 : 0);
  return std::max(kDisc, line * int(w.rows().size())) + 8;
}

void bars(const Paint& w, Rect plot) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const Widget& point = w.widget.widgets(Prop::kItem).front();
  const int foot = painter.line_height(11) + 8;
  std::vector<Datum> data = data_of(w);
  const int count = int(data.size());
  std::int64_t most = 1;
  int widest = 0, widest_amount = 0;
  bool any_selected = false;
  for (Datum& datum : data) {
    if (datum.color == 0) datum.color = w.accent();
    any_selected |= datum.selected;
    most = std::max(most, datum.value);
    widest = std::max(widest, painter.text_width(datum.label, 11));
    widest_amount = std::max(widest_amount, painter.text_width(datum.amount, 10));
  }
  const int cell = plot.width / count;
  const int bar = std::clamp(cell * 55 / 100, 4, 26);
  const int room = plot.height - 18;
  const int step = label_step(widest, cell);
  const bool amounts = widest_amount <= cell;
  for (int i = 0; i < count; ++i) {
    const Datum& datum = data[std::size_t(i)];
    const int x = plot.x + plot.width * i / count + (cell - bar) / 2;
    const int tall =
        std::max(2, int(std::max<std::int64_t>(datum.value, 0) * room / most));
    const int top = plot.y + plot.height - tall;
    const bool bright = datum.selected || !any_selected;
    // On a dark card a third of the colour would be none.
    const std::uint32_t color =
        bright ? datum.color : mix(datum.color, theme.card, theme.dark ? 60 : 35);
    const int radius = std::min(5, bar / 2);
    // Round above, square on the ground.
    const Rect former = painter.clip();
    painter.set_clip(intersect(former, {x, top, bar, tall}));
    painter.gradient({x, top, bar, tall + radius}, mix(color, theme.card, 82), color,
                     radius);
    painter.set_clip(former);
    const Rect box{plot.x + plot.width * i / count, plot.y, cell, plot.height + foot};
    if (amounts || datum.selected) {
      const int width = std::max(cell, painter.text_width(datum.amount, 10) + 2);
      painter.text(
          datum.amount,
          {box.x + (cell - width) / 2, top - painter.line_height(10) - 1, width, 0},
          {.size = 10,
           .color = datum.selected ? datum.color : theme.text2,
           .align = Align::kCenter});
    }
    if ((count - 1 - i) % step == 0) {
      const int width = std::max(cell, painter.text_width(datum.label, 11) + 2);
      const int left =
          std::clamp(box.x + (cell - width) / 2, w.x, w.x + w.width - width);
      painter.text(datum.label, {left, plot.y + plot.height + 5, width, 0},
                   {.size = 11,
                    .color = datum.selected ? theme.text : theme.text2,
                    .align = Align::kCenter});
    }
    w.of(point, datum.row).touch(box, datum.label + " " + datum.amount);
  }
}

void line_chart(const Paint& w, Rect plot) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const Widget& point = w.widget.widgets(Prop::kItem).front();
  const int foot = painter.line_height(11) + 8;
  const std::vector<Datum> data = data_of(w);
  const int count = int(data.size());
  std::int64_t low = data.front().value, high = low;
  int widest = 0;
  for (const Datum& datum : data) {
    low = std::min(low, datum.value);
    high = std::max(high, datum.value);
    widest = std::max(widest, painter.text_width(datum.label, 11));
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
    const int up = int((data[std::size_t(i)].value - low) * units(room) / (high - low));
    line.push_back({units(x), units(plot.height) - up});
    spots.push_back({plot.x + x, plot.y + plot.height - up / kPolygonUnit});
  }
  if (count > 1) {
    Contour area = line;
    area.push_back({line.back().x, units(plot.height)});
    area.push_back({line.front().x, units(plot.height)});
    painter.polygon(plot, {area}, (w.accent() & 0x00FFFFFF) | 0x24000000);
    painter.polygon(plot, stroke(line, units(2)), w.accent());
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
      painter.rect({at.x - radius, at.y - radius, 2 * radius, 2 * radius}, w.accent(),
                   radius);
      painter.rect(
          {at.x - radius + 2, at.y - radius + 2, 2 * radius - 4, 2 * radius - 4},
          theme.card, radius - 2);
    }
    if (told) {
      const int width = painter.text_width(datum.amount, 11, true) + 14;
      const int height = painter.line_height(11) + 2;
      const int left =
          std::clamp(at.x - width / 2, plot.x, plot.x + plot.width - width);
      const Rect pill{left, std::max(plot.y - 4, at.y - height - 9), width, height};
      painter.rect(pill, w.accent(), height / 2);
      painter.label(
          datum.amount, pill,
          {.size = 11, .color = 0xFFFFFFFF, .bold = true, .align = Align::kCenter});
    }
    const Rect box{plot.x + plot.width * i / count, plot.y, cell, plot.height + foot};
    if ((count - 1 - i) % step == 0) {
      const int width = std::max(cell, painter.text_width(datum.label, 11) + 2);
      const int left =
          std::clamp(box.x + (cell - width) / 2, w.x, w.x + w.width - width);
      painter.text(datum.label, {left, plot.y + plot.height + 5, width, 0},
                   {.size = 11, .color = theme.text2, .align = Align::kCenter});
    }
    w.of(point, datum.row).touch(box, datum.label + " " + datum.amount);
  }
}

void pie(const Paint& w, Rect area) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const Widget& point = w.widget.widgets(Prop::kItem).front();
  std::vector<Datum> data = data_of(w, 0);
  std::int64_t total = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (data[i].color == 0) data[i].color = kSlices[i % std::size(kSlices)];
    total += data[i].value;
  }
  const int line = std::max(painter.line_height(13) + 8, point.id.empty() ? 0 : 34);
  const Rect ring{w.x + kPad, area.y + (area.height - kDisc) / 2, kDisc, kDisc};
  std::int64_t before = 0;
  for (const Datum& datum : data) {
    if (total == 0 || datum.value == 0) continue;
    const int from = int(before * 1000 / total);
    before += datum.value;
    const int to = int(before * 1000 / total);
    const int out = datum.selected ? 0 : 3;
    painter.polygon(ring,
                    sector({.center = {units(kDisc) / 2, units(kDisc) / 2},
                            .inner = units(38),
                            .outer = units(kDisc / 2 - out),
                            .from = from,
                            .to = std::max(from, to - (data.size() > 1 ? 4 : 0))}),
                    datum.color);
  }
  const int x = ring.x + kDisc + 16, right = w.x + w.width - kPad;
  int y = area.y + (area.height - line * int(data.size())) / 2;
  const std::vector<int> shares = percents(data, total);
  for (std::size_t i = 0; i < data.size(); ++i) {
    const Datum& datum = data[i];
    painter.rect({x, y + line / 2 - 4, 8, 8}, datum.color, 4);
    const std::string percent = fmt::format("{}%", shares[i]);
    const int width = painter.text_width(percent, 13) + 1;
    painter.label(datum.label, {x + 14, y, right - width - x - 20, line},
                  {.size = 13, .color = theme.text, .bold = datum.selected});
    painter.label(percent, {right - width, y, width, line},
                  {.size = 13, .color = theme.text2, .align = Align::kRight});
    w.of(point, datum.row)
        .touch({x - 6, y, right - x + 12, line},
               datum.label + " " + datum.amount + " " + percent);
    y += line;
  }
}

}  // namespace

int paint_chart(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string value = w.text(Prop::kValue);
  const std::string_view style = w.name(Prop::kStyle, "bar");
  const int plot = int(w.integer(Prop::kHeight, 150));
  const int head = (title.empty() ? 0 : painter.line_height(13)) +
                   (value.empty() ? 0 : painter.line_height(22)) +
                   (title.empty() && value.empty() ? 0 : 8);
  const bool pie_style = style == "pie";
  const int body = pie_style ? pie_height(w) : plot + painter.line_height(11) + 8;
  w.strip(12 + head + body + 10);
  int y = w.y + 12;
  y += painter.text(title, {w.x + kPad, y, w.width - 2 * kPad, 0},
                    {.size = 13, .color = theme.text2});
  y += painter.text(value, {w.x + kPad, y, w.width - 2 * kPad, 0},
                    {.size = 22, .color = theme.text, .bold = true});
  y = w.y + 12 + head;
  if (w.has_id()) {
    w.touch({w.x, w.y, w.width, 12 + head + body}, title);
  }
  if (pie_style) {
    pie(w, {w.x, y, w.width, body});
    return 12 + head + body + 10;
  }
  const Rect area{w.x + kPad, y, w.width - 2 * kPad, plot};
  // Lines of the ground, the lowest of them firm.
  for (int i = 0; i <= 3; ++i) {
    painter.rect({area.x, area.y + 18 + (plot - 18) * i / 3, area.width, 1},
                 i == 3 ? theme.divider : mix(theme.divider, theme.card, 60));
  }
  if (w.rows().empty()) return 12 + head + body + 10;
  if (style == "line") {
    line_chart(w, area);
  } else {
    bars(w, area);
  }
  return 12 + head + body + 10;
}

int paint_point(const Paint&) { return 0; }  // its chart paints it

}  // namespace paperphone::layout

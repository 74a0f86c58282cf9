// Numbers to look at: maps, prices, stars, clocks that run down.
#include <fmt/format.h>

#include <algorithm>

#include "env/app/calendar.h"
#include "env/app/parts.h"
#include "env/layout/kit/widgets.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;

namespace {
using Align = TextStyle::Align;
constexpr int kPad = size::kPadding;
constexpr int units(int dp) { return dp * kPolygonUnit; }
}  // namespace

int WidgetPainter::map(W w, P p) {
  const Theme& theme = painter_.theme();
  const int height = int(w.number(Prop::kHeight, 240));
  const bool in_card = p.surface == Surface::kCard;
  const Rect rect = in_card ? Rect{p.x + 8, p.y + 4, p.width - 16, height}
                            : Rect{p.x, p.y, p.width, height};
  painter_.picture("map", seed(w, p.row), rect, in_card ? 10 : 0);
  if (theme.dark) painter_.rect(rect, 0x8A10131A, in_card ? 10 : 0);
  if (!w.id.empty()) touch(w, p.row, rect, Role::kImage, "地图");
  const app::Widget& pin = w.widgets(Prop::kItem).front();
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
  const app::EvalContext context = machine_.context(state_, p.row);
  const app::Value until = app::evaluate(*w.expr(Prop::kUntil), context);
  const std::int64_t left =
      until.is_none() ? 0
                      : until.as_int() * 60 - app::floor_div(state_.world.now_ms, 1000);
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
                         Role::kButton, label, app::part_index(w, "use"));
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

}  // namespace paperphone::layout

#include <algorithm>

#include "env/app/parts.h"
#include "env/base/utf8.h"
#include "env/layout/kit/widgets.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Widget;
using app::WidgetKind;

namespace {
using Align = TextStyle::Align;
constexpr int kPad = size::kPadding;
constexpr int kMaxWeight = 1000;

// Empty space that a widget leaves at its left and right.
int own_margin(WidgetKind kind, Surface surface) {
  const bool on_page = surface == Surface::kPage;
  switch (kind) {
    case WidgetKind::kCard:
      return on_page ? size::kMargin : 0;
    case WidgetKind::kBanner:
      return on_page ? size::kMargin : 8;
    case WidgetKind::kButton:
      return kPad;
    default:
      return 0;
  }
}
}  // namespace

int WidgetPainter::card(W w, P p) {
  const int margin = p.surface == Surface::kPage ? size::kMargin : 0;
  const int x = p.x + margin, width = p.width - 2 * margin;
  const auto& body = w.widgets(Prop::kBody);
  const Painter::Mark below = painter_.mark();
  const int inner = paint_all(body, p.row, x, p.y + 4, width, Surface::kCard);
  if (inner == 0) {
    painter_.take_back(below);
    return 0;
  }
  const Painter::Mark back = painter_.mark();
  const Rect rect{x, p.y, width, inner + 8};
  painter_.rect(rect, painter_.theme().card, size::kRadius);
  if (!w.id.empty()) touch(w, p.row, rect, Role::kButton, "");
  painter_.put_below(below, back);
  return rect.height;
}

int WidgetPainter::columns(W w, P p) {
  const auto& body = w.widgets(Prop::kBody);
  std::vector<int> weights;
  const std::string_view words = w.name(Prop::kWeights);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] < '0' || words[i] > '9') continue;
    const bool goes_on = i > 0 && words[i - 1] >= '0' && words[i - 1] <= '9';
    if (!goes_on) weights.push_back(0);
    weights.back() = std::min(weights.back() * 10 + (words[i] - '0'), kMaxWeight);
  }
  weights.resize(body.size(), 1);
  // Neighbours that bring a margin of their own share it, or the gap would be double.
  std::vector<int> overlaps(body.size(), 0);
  int total = 0, width = p.width;
  for (std::size_t i = 0; i < body.size(); ++i) {
    total += std::max(1, weights[i]);
    if (i == 0) continue;
    const int margins =
        own_margin(body[i - 1].kind, p.surface) + own_margin(body[i].kind, p.surface);
    overlaps[i] = std::max(0, margins - 10);
    width += overlaps[i];
  }
  int x = p.x, height = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const int weight = std::max(1, weights[i]);
    const int part = width * weight / total;
    x -= overlaps[i];
    if (is_shown(body[i], p.row)) {
      height = std::max(height, paint(body[i], p.row, x, p.y, part, p.surface));
    }
    x += part;
    width -= part;
    total -= weight;
  }
  return height;
}

// Loading, an error with a button, nothing found.
int WidgetPainter::instead_of_rows(W w, P p) {
  const Theme& theme = painter_.theme();
  const bool grid = w.kind == WidgetKind::kGrid;
  if (flag(w, Prop::kLoading, p.row, false))
    return skeleton_lines(p, grid ? "cards" : "rows", grid ? 4 : 6);
  if (const std::string error = text(w, Prop::kError, p.row); !error.empty()) {
    const int words = painter_.line_height(14);
    const int height = 128 + words + (w.id.empty() ? 0 : 62);
    strip(p, height);
    painter_.icon("wifi-off", {p.x + p.width / 2 - 26, p.y + 40, 52, 52}, theme.text3);
    painter_.text(error, {p.x + kPad, p.y + 104, p.width - 2 * kPad, 0},
                  {.size = 14, .color = theme.text2, .align = Align::kCenter});
    if (!w.id.empty())
      paint_button(w, p.row, {p.x + p.width / 2 - 64, p.y + 118 + words, 128, 38}, "重试",
                   "outline", true, app::part_index(w, "retry"));
    return height;
  }
  if (!rows_of(w).empty()) return 0;
  const std::string sentence = text(w, Prop::kEmptyText, p.row);
  if (sentence.empty()) return 0;
  if (grid) {
    painter_.text(sentence, {p.x + kPad, p.y + 36, p.width - 2 * kPad, 20},
                  {.size = 13, .color = theme.text2, .align = Align::kCenter});
    return 90;
  }
  const int height = 120;
  strip(p, height);
  painter_.icon("inbox", {p.x + p.width / 2 - 18, p.y + 28, 36, 36}, theme.text3);
  painter_.text(sentence, {p.x + kPad, p.y + 70, p.width - 2 * kPad, 20},
                {.size = 13, .color = theme.text2, .align = Align::kCenter});
  touch(w, p.row, {p.x, p.y, p.width, height}, Role::kText, sentence);
  return height;
}

int WidgetPainter::group_heading(const std::string& heading, int x, int y, int width,
                                 Surface surface) {
  const Theme& theme = painter_.theme();
  const int height = painter_.line_height(13) + 12;
  const Rect rect{x, y, width, height};
  if (surface == Surface::kPage) painter_.rect(rect, theme.page);
  painter_.label(heading, {x + kPad, y, width - 2 * kPad, height},
                 {.size = 13, .color = theme.text2, .bold = surface == Surface::kCard});
  if (touchable_) painter_.node(rect, Role::kHeader, {}, "", heading);
  return height;
}

int WidgetPainter::list(W w, P p) {
  if (const int height = instead_of_rows(w, p); height > 0) return height;
  const std::vector<Ref>& rows = rows_of(w);
  if (rows.empty()) return 0;
  const Widget& item = w.widgets(Prop::kItem).front();
  const bool spaced = item.kind == WidgetKind::kCard ||
                      item.kind == WidgetKind::kTicket ||
                      item.kind == WidgetKind::kCoupon;
  const bool as_card =
      w.name(Prop::kStyle) == "card" && p.surface == Surface::kPage && !spaced;
  const int margin = as_card ? size::kMargin : 0;
  const int x = p.x + margin, width = p.width - 2 * margin;
  const Surface inner = as_card ? Surface::kCard : p.surface;
  std::vector<Ref> shown;
  for (const Ref row : rows) {
    if (is_shown(item, row)) shown.push_back(row);
  }
  // The heading above each row of a grouped list; empty: the same as above the last one.
  std::vector<std::string> headings;
  if (w.has(Prop::kGroupBy)) {
    std::string last;
    for (const Ref row : shown) {
      std::string heading = text(w, Prop::kGroupBy, row);
      headings.push_back(heading == last ? "" : heading);
      last = std::move(heading);
    }
  }
  const auto begins_group = [&](std::size_t i) {
    return i < headings.size() && !headings[i].empty();
  };
  const auto paint_rows = [&](int y) {
    const int top = y;
    const Widget* outer = divided_;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const Ref row = shown[i];
      const bool last = i + 1 == shown.size();
      if (begins_group(i)) {
        note_heading(w, headings[i], y);
        y += group_heading(headings[i], x, y, width, inner);
      }
      divided_ = last || begins_group(i + 1) ? nullptr : &item;
      y += paint(item, row, x, y, width, inner) + (spaced && !last ? 10 : 0);
    }
    divided_ = outer;
    return y - top;
  };
  if (as_card) {
    const Painter::Mark below = painter_.mark();
    const int height = paint_rows(p.y + 4) + 8;
    const Painter::Mark back = painter_.mark();
    painter_.rect({x, p.y, width, height}, painter_.theme().card, size::kRadius);
    painter_.put_below(below, back);
    return height;
  }
  return paint_rows(p.y);
}

int WidgetPainter::grid(W w, P p) {
  if (const int height = instead_of_rows(w, p); height > 0) return height;
  const std::vector<Ref>& rows = rows_of(w);
  if (rows.empty()) return 0;
  const Widget& item = w.widgets(Prop::kItem).front();
  const int columns = std::clamp(int(w.number(Prop::kColumns, 2)), 1, 6);
  constexpr int kGap = 8;
  const int margin = p.surface == Surface::kPage ? size::kMargin : kPad;
  const int width = (p.width - 2 * margin - kGap * (columns - 1)) / columns;
  // Each row goes to the shortest column, as feeds do.
  std::vector<int> bottoms(std::size_t(columns), p.y);
  for (const Ref row : rows) {
    if (!is_shown(item, row)) continue;
    const auto shortest = std::min_element(bottoms.begin(), bottoms.end());
    const int column = int(shortest - bottoms.begin());
    const int x = p.x + margin + column * (width + kGap);
    *shortest += paint(item, row, x, *shortest, width, Surface::kCard) + kGap;
  }
  return *std::max_element(bottoms.begin(), bottoms.end()) - p.y;
}

int WidgetPainter::section(W w, P p) {
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string label = text(w, Prop::kLabel, p.row);
  const bool on_page = p.surface == Surface::kPage;
  const int height = painter_.line_height(14) + (on_page ? 18 : 16);
  const Rect rect{p.x, p.y, p.width, height};
  painter_.label(title,
                 {p.x + kPad + (on_page ? 4 : 0), p.y + 2, p.width - 120, height},
                 {.size = on_page ? 13 : 16,
                  .color = on_page ? painter_.theme().text2 : painter_.theme().text,
                  .bold = !on_page});
  if (!label.empty()) {
    const int right = p.x + p.width - kPad - (w.id.empty() ? 4 : 14);
    painter_.label(
        label, {right - 120, p.y + 2, 120, height},
        {.size = 13, .color = painter_.theme().text2, .align = Align::kRight});
    if (!w.id.empty()) painter_.chevron(p.x + p.width - kPad + 4, p.y + 2 + height / 2);
  }
  touch(w, p.row, rect, w.id.empty() ? Role::kHeader : Role::kButton, title);
  return height;
}

int WidgetPainter::plain_text(W w, P p) {
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string_view style = w.name(Prop::kStyle, "body");
  const Theme& theme = painter_.theme();
  TextStyle look{
      .size = 15, .color = theme.text, .lines = int(w.number(Prop::kLines, 0))};
  if (style == "title") look.size = 22, look.bold = true;
  if (style == "heading") look.size = 17, look.bold = true;
  if (style == "caption") look.size = 13, look.color = theme.text2;
  if (style == "note") look.size = 12, look.color = theme.text2;
  if (style == "price") look.size = 24, look.bold = true, look.color = theme.price;
  if (style == "accent") look.color = accent_;
  if (style == "danger") look.color = theme.danger;
  look.color = color(w, Prop::kColor, p.row, look.color);
  const std::string_view align = w.name(Prop::kAlign, "left");
  if (align == "center") look.align = Align::kCenter;
  if (align == "right") look.align = Align::kRight;
  // Words that can be tapped keep a finger's breadth.
  const int around =
      w.id.empty() ? 5 : std::max(5, (37 - painter_.line_height(look.size)) / 2);
  const int height =
      painter_.text(value, {p.x + kPad, p.y + around, p.width - 2 * kPad, 0}, look);
  const Rect rect{p.x, p.y, p.width, height + 2 * around};
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kButton, value);
  return rect.height;
}

int WidgetPainter::info(W w, P p) {
  const std::string label = text(w, Prop::kLabel, p.row);
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string_view style = w.name(Prop::kStyle, "plain");
  const Theme& theme = painter_.theme();
  const int label_width = std::min(p.width / 2, painter_.text_width(label, 15) + 12);
  const TextStyle look{.size = style == "price" ? 17 : 15,
                       .color = style == "price"    ? theme.price
                                : style == "strong" ? theme.text
                                                    : theme.text2,
                       .bold = style != "plain",
                       .lines = 3,
                       .align = Align::kRight};
  const Rect area{p.x + kPad + label_width, p.y + 11, p.width - 2 * kPad - label_width,
                  0};
  const bool was_dry = painter_.set_dry(true);
  const int text_height = painter_.text(value, area, look);
  painter_.set_dry(was_dry);
  const int height = std::max(text_height, painter_.line_height(15)) + 22;
  strip(p, height);
  painter_.text(label, {p.x + kPad, p.y + 11, label_width, 0},
                {.size = 15, .color = theme.text});
  painter_.text(value, area, look);
  touch(w, p.row, {p.x, p.y, p.width, height},
        w.id.empty() ? Role::kText : Role::kListItem, label + " " + value);
  return height;
}

int WidgetPainter::picture(W w, P p) {
  const int height = int(w.number(Prop::kHeight, 200));
  const bool in_card = p.surface == Surface::kCard;
  const Rect rect = in_card ? Rect{p.x + 8, p.y + 4, p.width - 16, height}
                            : Rect{p.x, p.y, p.width, height};
  painter_.picture(picture_kind(w, p.row, "pattern"), seed(w, p.row), rect,
                   in_card ? 10 : 0);
  touch(w, p.row, rect, Role::kImage, "图片");
  return height + (in_card ? 8 : 0);
}

int WidgetPainter::banner(W w, P p) {
  const int margin = p.surface == Surface::kPage ? size::kMargin : 8;
  const int height = int(w.number(Prop::kHeight, 130));
  const Rect rect{p.x + margin, p.y, p.width - 2 * margin, height};
  painter_.picture(picture_kind(w, p.row, "landscape"), seed(w, p.row), rect,
                   size::kRadius);
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  if (!title.empty() || !subtitle.empty()) {
    const int text_height = (title.empty() ? 0 : painter_.line_height(20)) +
                            (subtitle.empty() ? 0 : painter_.line_height(13));
    const int y = rect.y + rect.height - text_height - 12;
    // From clear to dark over the lower part, so that white words can be read.
    const int shade = std::max(rect.y, y - 32);
    painter_.gradient({rect.x, shade, rect.width, rect.y + rect.height - shade},
                      0x01000000, 0xA8000000, size::kRadius);
    const int used = painter_.text(title, {rect.x + 14, y, rect.width - 28, 0},
                                   {.size = 20, .color = 0xFFFFFFFF, .bold = true});
    painter_.text(subtitle, {rect.x + 14, y + used, rect.width - 28, 0},
                  {.size = 13, .color = 0xFFF2F2F2});
  }
  touch(w, p.row, rect, w.id.empty() ? Role::kImage : Role::kButton, title);
  return height;
}

int WidgetPainter::empty(W w, P p) {
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string sign = icon(w, p.row, "inbox");
  const bool good_news = sign.starts_with("check");
  const Theme& theme = painter_.theme();
  painter_.rect({p.x + p.width / 2 - 36, p.y + 40, 72, 72},
                good_news ? mix(accent_, theme.card, 12) : theme.fill, 36);
  painter_.icon(sign, {p.x + p.width / 2 - 18, p.y + 58, 36, 36},
                good_news ? accent_ : theme.text3);
  const int height = painter_.text(value, {p.x + 32, p.y + 126, p.width - 64, 0},
                                   {.size = 14,
                                    .color = painter_.theme().text2,
                                    .lines = 2,
                                    .align = Align::kCenter});
  touch(w, p.row, {p.x, p.y, p.width, height + 160}, Role::kText, value);
  return height + 160;
}

int WidgetPainter::profile(W w, P p) {
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  const bool accent = w.name(Prop::kStyle, "plain") == "accent";
  const Theme& theme = painter_.theme();
  const int height = 96;
  const Rect rect{p.x, p.y, p.width, height};
  if (accent) {
    painter_.gradient(rect, accent_, mix(accent_, 0xFFFFFFFF, 78),
                      p.surface == Surface::kCard ? size::kRadius : 0);
  } else {
    strip(p, height);
  }
  const std::string name = text(w, Prop::kAvatar, p.row);
  avatar(w, name.empty() ? title : name, {p.x + kPad, p.y + 18, 60, 60}, 12);
  const int x = p.x + kPad + 74;
  const int width = p.width - (x - p.x) - kPad - 20;
  const int text_height =
      painter_.line_height(19) + (subtitle.empty() ? 0 : painter_.line_height(13) + 2);
  int y = p.y + (height - text_height) / 2;
  y += painter_.text(
      title, {x, y, width, 0},
      {.size = 19, .color = accent ? 0xFFFFFFFF : theme.text, .bold = true});
  painter_.text(subtitle, {x, y + 2, width, 0},
                {.size = 13, .color = accent ? 0xFFEFF3FF : theme.text2});
  if (flag(w, Prop::kChevron, p.row, false)) {
    painter_.chevron(p.x + p.width - kPad + 4, p.y + height / 2);
  }
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kButton, title);
  return height;
}

int WidgetPainter::progress(W w, P p) {
  const auto value = number(w, Prop::kValue, p.row, 0);
  const auto maximum = std::max<std::int64_t>(1, number(w, Prop::kMax, p.row, 100));
  const std::string label = text(w, Prop::kLabel, p.row);
  int y = p.y + 8;
  y += painter_.text(label, {p.x + kPad, y, p.width - 2 * kPad, 0},
                     {.size = 13, .color = painter_.theme().text2});
  const Rect track{p.x + kPad, y + 4, p.width - 2 * kPad, 8};
  const int filled =
      int(std::clamp<std::int64_t>(value, 0, maximum) * track.width / maximum);
  painter_.rect(track, painter_.theme().fill, 4);
  painter_.rect({track.x, track.y, filled, track.height}, accent_, 4);
  touch(w, p.row, {p.x, p.y, p.width, y + 20 - p.y}, Role::kText, label);
  return y + 22 - p.y;
}

int WidgetPainter::steps(W w, P p) {
  const auto items = shown_items(w, Prop::kItems, p.row);
  if (items.empty()) return 0;
  const int selected = int(number(w, Prop::kSelected, p.row, 0));
  const int count = int(items.size());
  const int cell = (p.width - 2 * kPad) / count;
  const Theme& theme = painter_.theme();
  for (int i = 0; i < count; ++i) {
    const int cx = p.x + kPad + cell * i + cell / 2;
    const bool reached = i <= selected;
    if (i + 1 < count) {
      painter_.rect({cx, p.y + 19, cell, 2}, i < selected ? accent_ : theme.divider);
    }
    painter_.rect({cx - 10, p.y + 10, 20, 20}, reached ? accent_ : theme.fill, 10);
    if (reached) painter_.icon("check", {cx - 7, p.y + 13, 14, 14}, 0xFFFFFFFF);
    painter_.text(item_text(items[std::size_t(i)].second->label, p.row),
                  {cx - cell / 2, p.y + 36, cell, 0},
                  {.size = 12,
                   .color = reached ? theme.text : theme.text2,
                   .align = Align::kCenter});
  }
  return 44 + painter_.line_height(12);
}

int WidgetPainter::tags(W w, P p) {
  const int height = painter_.line_height(12) + 8;
  // Labels that can be touched need more room than they show.
  const int around = w.id.empty() ? 0 : std::max(0, (36 - height + 1) / 2);
  int x = p.x + kPad, y = p.y + std::max(4, around);
  for (const auto& [part, item] : shown_items(w, Prop::kItems, p.row)) {
    const std::string label = item_text(item->label, p.row);
    const int width = painter_.text_width(label, 12) + 18;
    if (x + width > p.x + p.width - kPad && x > p.x + kPad) {
      x = p.x + kPad;
      y += height + std::max(8, 2 * around);
    }
    const std::uint32_t color = item_color(*item, p.row, accent_);
    const Rect rect{x, y, width, height};
    painter_.rect(rect, mix(color, painter_.theme().card, 12), 6);
    painter_.label(label, rect, {.size = 12, .color = color, .align = Align::kCenter});
    touch(w, p.row, inset(rect, 0, -around), w.id.empty() ? Role::kText : Role::kButton,
          label, part);
    x += width + 8;
  }
  return y + height + std::max(4, around) - p.y;
}

void WidgetPainter::paint_rail(Rect view, int scroll_max) {
  std::vector<const Heading*> letters;
  for (const Heading& heading : headings_) {
    const app::Expr* rail = heading.list->expr(Prop::kRail);
    if (rail && app::holds(*rail, machine_.context(state_))) letters.push_back(&heading);
  }
  if (letters.size() < 2) return;
  const int step = std::clamp((view.height - 24) / int(letters.size()), 10, 20);
  int y = view.y + (view.height - step * int(letters.size())) / 2;
  for (const Heading* heading : letters) {
    std::size_t end = 0;
    next_code_point(heading->text, end);
    const std::string letter = heading->text.substr(0, end);
    const Rect box{view.x + view.width - 24, y, 24, step};
    painter_.label(letter, box,
                   {.size = 11, .color = accent_, .bold = true, .align = Align::kCenter});
    y += step;
    if (!touchable_) continue;
    const Widget& list = *heading->list;
    const std::string list_address = address(list, {}, -1);
    if (Node* node = painter_.node(box, Role::kKey,
                                   {sim::Target::Where::kWidget, list.index, -1, {}},
                                   list_address + ".rail." + letter, letter)) {
      node->scroll_to = std::min(heading->y, scroll_max);
    }
  }
}

// Once, though what lies in a carousel is painted dry first.
void WidgetPainter::note_heading(W list, const std::string& heading, int y) {
  if (noting_ == kNotNoting) return;
  const auto known = [&](const Heading& h) {
    return h.list == &list && h.y == y - noting_;
  };
  if (std::none_of(headings_.begin(), headings_.end(), known))
    headings_.push_back({&list, heading, y - noting_});
}

}  // namespace paperphone::layout

#include <algorithm>

#include "env/layout/kit/widgets.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using sim::Target;

namespace {
using Align = TextStyle::Align;
constexpr int kPad = size::kPadding;
constexpr int kTouch = 36;  // dp: the least side of a small control
}  // namespace

int WidgetPainter::cell(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string tag = text(w, Prop::kTag, p.row);
  const std::string_view style = w.name(Prop::kStyle, "plain");
  const bool enabled = flag(w, Prop::kEnabled, p.row, true);
  const bool has_avatar = w.has(Prop::kAvatar), has_picture = w.has(Prop::kPicture);
  int height = painter_.line_height(16) + 28;
  if (!subtitle.empty())
    height = painter_.line_height(16) + painter_.line_height(13) + 24;
  if (has_avatar) height = std::max(height, 62);
  if (has_picture) height = std::max(height, 76);
  strip(p, height);
  const Rect rect{p.x, p.y, p.width, height};
  const int middle = p.y + height / 2;
  Node* node = touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kListItem,
                     title + (subtitle.empty() ? "" : "，" + subtitle) +
                         (value.empty() ? "" : "，" + value));
  if (node && !enabled) node->enabled = false;
  if (style == "center" || style == "danger") {
    painter_.label(title, {p.x + kPad, p.y, p.width - 2 * kPad, height},
                   {.size = 16,
                    .color = style == "danger" ? theme.danger : accent_,
                    .align = style == "danger" && !subtitle.empty() ? Align::kLeft
                                                                    : Align::kCenter});
    return height;
  }
  int x = p.x + kPad;
  if (has_avatar) {
    avatar(w, text(w, Prop::kAvatar, p.row), {x, middle - 21, 42, 42}, 8);
    x += 54;
  } else if (has_picture) {
    painter_.picture(picture_kind(w, p.row, "pattern"), seed(w, p.row),
                     {x, middle - 28, 56, 56}, 8);
    x += 68;
  } else if (w.has(Prop::kIcon)) {
    if (w.has(Prop::kIconColor)) {
      painter_.rect({x, middle - 15, 30, 30},
                    color(w, Prop::kIconColor, p.row, accent_), 8);
      painter_.icon(icon(w, p.row), {x + 6, middle - 9, 18, 18}, 0xFFFFFFFF);
    } else {
      // A menu's own colour is its text's.
      painter_.icon(icon(w, p.row), {x + 3, middle - 12, 24, 24},
                    screen_.kind == app::ScreenKind::kMenu ? theme.text : accent_);
    }
    x += 44;
  }
  int right = p.x + p.width - kPad;
  const bool selected = flag(w, Prop::kSelected, p.row, false);
  const bool sidebar = p.width < 140;  // a column of categories beside its contents
  if (selected && sidebar) {
    painter_.rect(rect, theme.page);
    painter_.rect({p.x, middle - 9, 3, 18}, accent_, 1);
  } else if (selected) {
    painter_.icon("check", {right - 22, middle - 11, 22, 22}, accent_);
    right -= 28;
  }
  if (sidebar) right += kPad - 4;
  if (flag(w, Prop::kChevron, p.row, false)) {
    painter_.chevron(right + 4, middle);
    right -= 18;
  }
  const std::string badge = text(w, Prop::kBadge, p.row);
  if (!badge.empty() && badge != "0") {
    painter_.badge(badge, {right - 12, middle});
    right -= 32;
  }
  if (!value.empty()) {
    // Half of the row, or what a short title leaves.
    const int left_over = right - x - painter_.text_width(title, 16) - 14 -
                          (tag.empty() ? 0 : painter_.text_width(tag, 11) + 26);
    const int width = std::min(painter_.text_width(value, 14) + 1,
                               std::max((right - x) / 2, left_over));
    painter_.label(value, {right - width, p.y, width, height},
                   {.size = 14, .color = theme.text2, .align = Align::kRight});
    right -= width + 10;
  }
  const std::uint32_t title_color = enabled ? theme.text : theme.text3;
  const TextStyle title_style{.size = sidebar ? 14 : 16,
                              .color = selected && sidebar ? accent_ : title_color,
                              .bold = selected && sidebar};
  int y = subtitle.empty()
              ? middle - painter_.line_height(16) / 2
              : middle - (painter_.line_height(16) + painter_.line_height(13) + 2) / 2;
  int tag_width = 0;
  if (!tag.empty()) tag_width = painter_.text_width(tag, 11) + 12;
  const int shown = painter_.text_width(title, 16);
  painter_.text(title, {x, y, right - x - (tag_width ? tag_width + 6 : 0), 0},
                title_style);
  if (!tag.empty()) {
    const int tx = x + std::min(shown, right - x - tag_width - 6) + 8;
    const int th = painter_.line_height(11) + 2;
    const Rect pill{tx, y + (painter_.line_height(16) - th) / 2, tag_width, th};
    painter_.rect(pill, mix(accent_, theme.card, 14), 4);
    painter_.label(tag, pill, {.size = 11, .color = accent_, .align = Align::kCenter});
  }
  painter_.text(subtitle, {x, y + painter_.line_height(16) + 2, right - x, 0},
                {.size = 13, .color = theme.text2});
  row_divider(w, p, x, height);
  return height;
}

int WidgetPainter::message_row(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  const std::string time = text(w, Prop::kTime, p.row);
  const int height =
      std::max(70, painter_.line_height(16) + painter_.line_height(13) + 28);
  if (flag(w, Prop::kSelected, p.row, false)) {
    painter_.rect({p.x, p.y, p.width, height}, mix(theme.text, theme.card, 5));
  } else {
    strip(p, height);
  }
  const int middle = p.y + height / 2;
  avatar(w, text(w, Prop::kAvatar, p.row), {p.x + kPad, middle - 24, 48, 48}, 8);
  painter_.badge(text(w, Prop::kBadge, p.row), {p.x + kPad + 46, middle - 22});
  const int x = p.x + kPad + 60, right = p.x + p.width - kPad;
  const int time_width = painter_.text_width(time, 11) + 1;
  int y = middle - (painter_.line_height(16) + painter_.line_height(13) + 3) / 2;
  painter_.text(title, {x, y, right - x - time_width - 8, 0},
                {.size = 16, .color = theme.text});
  painter_.text(time, {right - time_width, y + 3, time_width, 0},
                {.size = 11, .color = theme.text3, .align = Align::kRight});
  y += painter_.line_height(16) + 3;
  const bool muted = flag(w, Prop::kMuted, p.row, false);
  painter_.text(subtitle, {x, y, right - x - (muted ? 22 : 0), 0},
                {.size = 13, .color = theme.text2});
  if (muted) painter_.icon("bell-off", {right - 16, y + 1, 15, 15}, theme.text3);
  row_divider(w, p, x, height);
  touch(w, p.row, {p.x, p.y, p.width, height}, Role::kListItem,
        title + "，" + subtitle);
  return height;
}

// "¥12.80": a small sign, large yuan, small fen.
int WidgetPainter::price_tag(std::string_view price, int x, int y, int size,
                             std::uint32_t color) {
  constexpr std::string_view kSign = "¥";
  const int left = x;
  if (price.starts_with(kSign)) {
    const int drop =
        painter_.line_height(size) - painter_.line_height(size * 7 / 10) - size / 10;
    x += painter_.run(kSign, x, y + drop,
                      {.size = size * 7 / 10, .color = color, .bold = true});
    price.remove_prefix(kSign.size());
    const auto dot = price.find('.');
    x += painter_.run(price.substr(0, dot), x, y,
                      {.size = size, .color = color, .bold = true});
    if (dot != std::string_view::npos) {
      x += painter_.run(price.substr(dot), x, y + drop,
                        {.size = size * 7 / 10, .color = color, .bold = true});
    }
    return x - left;
  }
  return painter_.run(price, x, y, {.size = size, .color = color, .bold = true});
}

int WidgetPainter::product_card(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  const std::string price = text(w, Prop::kPrice, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const std::string tag = text(w, Prop::kTag, p.row);
  const std::string was = text(w, Prop::kWas, p.row);
  const std::uint64_t picture_seed = seed(w, p.row);
  // Covers differ in height, as in a feed, but always the same for one picture.
  const int cover = p.width * (90 + int(picture_seed % 4) * 10) / 100;
  const int inner = p.width - 20;
  const auto paint_text = [&](int y) {
    y += painter_.text(title, {p.x + 10, y, inner, 0},
                       {.size = 14, .color = theme.text, .lines = 2});
    if (!tag.empty()) {
      const int tw = painter_.text_width(tag, 10) + 10,
                th = painter_.line_height(10) + 3;
      const Rect pill{p.x + 10, y + 3, std::min(tw, inner), th};
      painter_.outline(pill, mix(accent_, theme.card, 55), 3);
      painter_.label(tag, pill,
                     {.size = 10, .color = accent_, .align = Align::kCenter});
      y += th + 6;
    }
    if (!subtitle.empty()) {
      y += painter_.text(subtitle, {p.x + 10, y + 2, inner, 0},
                         {.size = 12, .color = theme.text2}) +
           2;
    }
    if (!price.empty() || !caption.empty()) {
      int used = price_tag(price, p.x + 10, y + 2, 18, theme.price) + 6;
      if (!was.empty())
        used += painter_.struck(was, p.x + 10 + used, y + 2 + painter_.scaled(6),
                                {.size = 11, .color = theme.text3}) +
                6;
      painter_.text(
          caption,
          {p.x + 10 + used, y + 2 + painter_.scaled(6), std::max(0, inner - used), 0},
          {.size = 11, .color = theme.text2, .align = Align::kRight});
      y += painter_.line_height(18) + 2;
    }
    return y;
  };
  const bool was_dry = painter_.set_dry(true);
  const int height = cover + paint_text(p.y + 8) - p.y + 10;
  painter_.set_dry(was_dry);
  const Rect rect{p.x, p.y, p.width, height};
  if (painter_.hidden(rect)) return height;
  painter_.rect(rect, theme.card, 12);
  // Round above, square where it meets the text.
  const Rect former = painter_.clip();
  painter_.set_clip(intersect(former, {p.x, p.y, p.width, cover}));
  painter_.picture(picture_kind(w, p.row, "goods"), picture_seed,
                   {p.x, p.y, p.width, cover + 12}, 12);
  painter_.set_clip(former);
  paint_text(p.y + cover + 8);
  touch(w, p.row, rect, Role::kListItem, title + (price.empty() ? "" : "，" + price));
  return height;
}

void WidgetPainter::stepper_control(W w, Ref row, Rect area, std::int64_t value) {
  const Theme& theme = painter_.theme();
  const int side = 28;
  const int y = area.y + (area.height - side) / 2;
  const int number_width = 36;
  const int left = area.x + area.width - 2 * side - number_width;
  const Target minus{Target::Where::kWidget, w.index,
                     w.kind == app::WidgetKind::kProductRow ? 1 : 0,
                     w.list >= 0 ? row : Ref{}};
  Target plus = minus;
  ++plus.part;
  const auto paint_end = [&](int x, std::string_view icon, const Target& target) {
    const bool enabled = !machine_.is_disabled(state_, w, target);
    painter_.rect({x, y, side, side}, theme.fill, 6);
    painter_.icon(icon, {x + 6, y + 6, 16, 16}, enabled ? theme.text : theme.text3);
    touch(w, row, {x - (kTouch - side) / 2, y - (kTouch - side) / 2, kTouch, kTouch},
          Role::kButton, icon == "plus" ? "增加" : "减少", target.part);
  };
  if (!painter_.dry()) {
    paint_end(left, "minus", minus);
    paint_end(left + side + number_width, "plus", plus);
  }
  painter_.label(std::to_string(value), {left + side, y, number_width, side},
                 {.size = 15, .color = theme.text, .align = Align::kCenter});
}

int WidgetPainter::product_row(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  const std::string price = text(w, Prop::kPrice, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const std::string tag = text(w, Prop::kTag, p.row);
  const int words = painter_.line_height(15) * (subtitle.empty() ? 2 : 1) +
                    (subtitle.empty() ? 0 : painter_.line_height(12) + 1) +
                    (tag.empty() ? 0 : painter_.line_height(10) + 7) + 4 +
                    painter_.line_height(18);
  const int height = std::max(112, words + 24);
  const Rect rect{p.x, p.y, p.width, height};
  strip(p, height);
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kListItem,
        title + (price.empty() ? "" : "，" + price));
  int x = p.x + kPad;
  if (w.place(Prop::kChecked)) {
    const bool on = bound(w, Prop::kChecked, p.row).as_bool();
    check_circle({x + 10, p.y + height / 2}, on);
    if (Node* node = touch(w, p.row, {p.x, p.y + height / 2 - 24, 44, 48},
                           Role::kCheckBox, "选择" + title, 0)) {
      node->checked = on;
    }
    x += 32;
  }
  painter_.picture(picture_kind(w, p.row, "goods"), seed(w, p.row),
                   {x, p.y + (height - 88) / 2, 88, 88}, 10);
  x += 100;
  const int width = p.x + p.width - kPad - x;
  int y = p.y + 12;
  y += painter_.text(
      title, {x, y, width, 0},
      {.size = 15, .color = theme.text, .lines = subtitle.empty() ? 2 : 1});
  y +=
      painter_.text(subtitle, {x, y + 1, width, 0}, {.size = 12, .color = theme.text2});
  if (!tag.empty()) {
    const Rect pill{x, y + 4, std::min(width, painter_.text_width(tag, 10) + 10),
                    painter_.line_height(10) + 3};
    painter_.outline(pill, mix(accent_, theme.card, 55), 3);
    painter_.label(tag, pill, {.size = 10, .color = accent_, .align = Align::kCenter});
  }
  const int bottom = p.y + height - 12 - painter_.line_height(18);
  int used = price_tag(price, x, bottom, 18, theme.price) + 6;
  if (const std::string was = text(w, Prop::kWas, p.row); !was.empty())
    used += painter_.struck(was, x + used, bottom + painter_.scaled(5),
                            {.size = 12, .color = theme.text3}) +
            6;
  if (w.place(Prop::kBind)) {
    stepper_control(w, p.row, {x, p.y + height - 44, width, 32},
                    bound(w, Prop::kBind, p.row).as_int());
  } else {
    painter_.text(caption,
                  {x + used, bottom + painter_.scaled(5), std::max(0, width - used), 0},
                  {.size = 12, .color = theme.text2, .align = Align::kRight});
  }
  row_divider(w, p, x, height);
  return height;
}

int WidgetPainter::bubble(W w, P p) {
  const Theme& theme = painter_.theme();
  const bool mine = flag(w, Prop::kMine, p.row, false);
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string time = text(w, Prop::kTime, p.row);
  int y = p.y + 6;
  if (!time.empty()) {
    y += painter_.text(time, {p.x, y + 4, p.width, 0},
                       {.size = 11, .color = theme.text3, .align = Align::kCenter}) +
         10;
  }
  const int widest = p.width - 2 * (kPad + 52) - 12;
  const TextStyle style{
      .size = 16, .color = mine ? theme.mine_text : theme.text, .lines = 0};
  const int width = std::min(widest, painter_.text_width(value, 16) + 1);
  const bool was_dry = painter_.set_dry(true);
  const int text_height = painter_.text(value, {0, 0, width, 0}, style);
  painter_.set_dry(was_dry);
  const int height = std::max(40, text_height + 18);
  const int avatar_x = mine ? p.x + p.width - kPad - 40 : p.x + kPad;
  avatar(w, text(w, Prop::kAvatar, p.row), {avatar_x, y, 40, 40}, 6);
  const int bx = mine ? avatar_x - 12 - width - 24 : avatar_x + 52;
  const Rect rect{bx, y, width + 24, height};
  const std::uint32_t fill = mine ? theme.mine : theme.card;
  // The tail: a triangle glyph whose base lies under the bubble's edge.
  painter_.icon(mine ? "menu-right" : "menu-left",
                {mine ? rect.x + rect.width - 12 : rect.x - 16, y + 6, 28, 28}, fill);
  painter_.rect(rect, fill, 8);
  painter_.text(value, {bx + 12, y + (height - text_height) / 2, width, 0}, style);
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kListItem, value);
  return y + height + 8 - p.y;
}

int WidgetPainter::ticket(W w, P p) {
  const Theme& theme = painter_.theme();
  const int margin = p.surface == Surface::kPage ? size::kMargin : 0;
  const std::string tag = text(w, Prop::kTag, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const int big = painter_.line_height(22), line = painter_.line_height(14);
  const int upper =
      std::max(16 + big + 4 + line,
               14 + painter_.line_height(11) + 8 + painter_.line_height(13) +
                   (tag.empty() ? 0 : painter_.line_height(10) + 6));
  const int height = upper + (caption.empty() ? 16 : 22 + painter_.line_height(12));
  const Rect rect{p.x + margin, p.y, p.width - 2 * margin, height};
  painter_.rect(rect, theme.card, 12);
  const int x = rect.x + kPad, right = rect.x + rect.width - kPad;
  const std::string number = text(w, Prop::kNumber, p.row);
  const std::string depart = text(w, Prop::kDepart, p.row);
  const std::string arrive = text(w, Prop::kArrive, p.row);
  const std::string from = text(w, Prop::kFrom, p.row), to = text(w, Prop::kTo, p.row);
  const std::string price = text(w, Prop::kPrice, p.row);
  bool was_dry = painter_.set_dry(true);
  const int price_width = price.empty() ? 0 : price_tag(price, 0, 0, 20, 0) + 12;
  painter_.set_dry(was_dry);
  const int inner = right - x - price_width;
  const int least = std::max(painter_.text_width(depart, 22, true),
                             painter_.text_width(arrive, 22, true)) +
                    1;
  const int names =
      std::max(painter_.text_width(from, 14), painter_.text_width(to, 14)) + 1;
  const int side = std::max(least, std::min(names, (inner - 64) / 2));
  const int mid_x = x + side, mid_width = inner - 2 * side;
  const int second = rect.y + 16 + big + 4;
  painter_.text(depart, {x, rect.y + 16, side, 0},
                {.size = 22, .color = theme.text, .bold = true});
  painter_.text(from, {x, second, side, 0}, {.size = 14, .color = theme.text});
  painter_.text(
      arrive, {mid_x + mid_width, rect.y + 16, side, 0},
      {.size = 22, .color = theme.text, .bold = true, .align = Align::kRight});
  painter_.text(to, {mid_x + mid_width, second, side, 0},
                {.size = 14, .color = theme.text, .align = Align::kRight});
  painter_.text(text(w, Prop::kDuration, p.row), {mid_x, rect.y + 14, mid_width, 0},
                {.size = 11, .color = theme.text2, .align = Align::kCenter});
  const int rail = rect.y + 14 + painter_.line_height(11) + 4;
  painter_.rect({mid_x + 8, rail, mid_width - 16, 1}, theme.text3);
  painter_.rect({mid_x + 6, rail - 2, 5, 5}, accent_, 2);
  painter_.rect({mid_x + mid_width - 11, rail - 2, 5, 5}, accent_, 2);
  int mid_y = rail + 4;
  mid_y += painter_.text(number, {mid_x, mid_y, mid_width, 0},
                         {.size = 13, .color = theme.text2, .align = Align::kCenter});
  if (!tag.empty()) {
    const int tw = painter_.text_width(tag, 10) + 10;
    const Rect pill{mid_x + (mid_width - tw) / 2, mid_y + 1, tw,
                    painter_.line_height(10) + 2};
    painter_.rect(pill, mix(accent_, theme.card, 14), 4);
    painter_.label(tag, pill, {.size = 10, .color = accent_, .align = Align::kCenter});
  }
  if (!price.empty()) {
    price_tag(price, right - price_width + 12,
              rect.y + (upper - painter_.line_height(20)) / 2 + 4, 20, theme.price);
  }
  if (!caption.empty()) {
    painter_.divider(x, rect.y + upper + 7, right - x);
    painter_.text(caption, {x, rect.y + upper + 14, right - x, 0},
                  {.size = 12, .color = theme.text2});
  }
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kListItem,
        number + " " + from + depart + "到" + to + arrive + " " + price);
  return height;
}

}  // namespace paperphone::layout

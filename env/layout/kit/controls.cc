#include "env/layout/kit/controls.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using sim::Target;

int price_tag(Painter& painter, std::string_view price, int x, int y, int size,
              std::uint32_t color) {
  constexpr std::string_view kSign = "¥";
  const int left = x;
  if (price.starts_with(kSign)) {
    const int drop =
        painter.line_height(size) - painter.line_height(size * 7 / 10) - size / 10;
    x += painter.run(kSign, x, y + drop,
                     {.size = size * 7 / 10, .color = color, .bold = true});
    price.remove_prefix(kSign.size());
    const auto dot = price.find('.');
    x += painter.run(price.substr(0, dot), x, y,
                     {.size = size, .color = color, .bold = true});
    if (dot != std::string_view::npos) {
      x += painter.run(price.substr(dot), x, y + drop,
                       {.size = size * 7 / 10, .color = color, .bold = true});
    }
    return x - left;
  }
  return painter.run(price, x, y, {.size = size, .color = color, .bold = true});
}

void stepper_control(const Paint& w, Rect area, std::int64_t value) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int side = 28;
  const int y = area.y + (area.height - side) / 2;
  const int number_width = 36;
  const int left = area.x + area.width - 2 * side - number_width;
  const auto paint_end = [&](int x, std::string_view icon, std::string label) {
    const int part = w.part(icon);
    const Target target{Target::Where::kWidget, w.widget.index, part,
                        w.widget.list >= 0 ? w.row : Ref{}};
    const bool enabled = !w.machine().is_disabled(w.state(), w.widget, target);
    painter.rect({x, y, side, side}, theme.fill, 6);
    painter.icon(icon, {x + 6, y + 6, 16, 16}, enabled ? theme.text : theme.text3);
    w.touch({x - (kTouch - side) / 2, y - (kTouch - side) / 2, kTouch, kTouch},
            std::move(label), part);
  };
  if (!painter.dry()) {
    paint_end(left, "minus", "减少");
    paint_end(left + side + number_width, "plus", "增加");
  }
  painter.label(std::to_string(value), {left + side, y, number_width, side},
                {.size = 15, .color = theme.text, .align = Align::kCenter});
}

int like_mark(const Paint& w, int right, int middle, std::string_view on,
              std::string_view off) {
  Painter& painter = w.painter();
  const std::string count = w.text(Prop::kCount);
  if (!w.has(Prop::kLiked) && count.empty()) return 0;
  const bool liked = w.bound(Prop::kLiked).as_bool();
  const Theme& theme = painter.theme();
  const std::uint32_t color = liked ? theme.badge : theme.text2;
  const int words = count.empty() ? 0 : painter.text_width(count, 12) + 1;
  const int height = painter.line_height(12);
  painter.text(count, {right - words, middle - height / 2, words, 0},
               {.size = 12, .color = color});
  const int x = right - words - (words ? 4 : 0) - 16;
  painter.icon(liked ? on : off, {x, middle - 8, 16, 16}, color);
  if (w.has(Prop::kLiked)) {
    const int width = std::max(kTouch, right - x + 12);
    if (Node* node = w.touch({right + 6 - width, middle - 18, width, kTouch},
                             "赞" + count, w.part("like"))) {
      node->checked = liked;
    }
  }
  return right - x;
}

void check_circle(const Paint& w, Point center, bool on) {
  Painter& painter = w.painter();
  const Rect box{center.x - 10, center.y - 10, 20, 20};
  if (on) {
    painter.rect(box, w.accent(), 10);
    painter.icon("check", inset(box, 3, 3), 0xFFFFFFFF);
  } else {
    painter.outline(box, painter.theme().text3, 10, 1);
  }
}

void button_plate(const Paint& w, Rect rect, const std::string& label,
                  std::string_view style, bool enabled, int part) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int radius = rect.height / 2;
  std::uint32_t color = 0xFFFFFFFF;
  if (!enabled) {
    if (style != "text") painter.rect(rect, theme.fill, radius);
    color = theme.text3;
  } else if (style == "outline" || style == "secondary") {
    painter.rect(rect, mix(w.accent(), theme.card, 12), radius);
    color = w.accent();
  } else if (style == "text") {
    color = w.accent();
  } else if (style == "danger") {
    painter.rect(rect, mix(theme.danger, theme.card, 12), radius);
    color = theme.danger;
  } else {
    painter.gradient(rect, mix(w.accent(), 0xFFFFFFFF, 90), w.accent(), radius);
  }
  int size = 16;  // a narrow button rather has small letters than half a word
  while (size > 12 && painter.text_width(label, size, style != "text") > rect.width - 4)
    --size;
  painter.label(
      label, rect,
      {.size = size, .color = color, .bold = style != "text", .align = Align::kCenter});
  if (Node* node = w.touch(rect, label, part); node && !enabled) {
    node->enabled = false;
  }
}

}  // namespace paperphone::layout

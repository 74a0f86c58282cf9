#include <fmt/format.h>

#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_rating(const Paint& w) {
  Painter& painter = w.painter();
  constexpr std::uint32_t kGold = 0xFFFFA928;
  const Theme& theme = painter.theme();
  const std::string label = w.text(Prop::kLabel);
  const std::string caption = w.text(Prop::kCaption);
  const bool input = w.widget.place(Prop::kBind) != nullptr;
  const std::int64_t tenths =
      input ? w.bound(Prop::kBind).as_int() * 10 : w.number(Prop::kValue, 0);
  const int shown = std::max(painter.line_height(14) + 10, w.has_id() ? kTouch : 0);
  const int height = input ? 52 : shown;
  if (input) w.strip(height);
  int x = w.x + kPad;
  if (!label.empty()) {
    painter.label(label, {x, w.y, w.width / 2, height},
                  {.size = input ? 16 : 13, .color = input ? theme.text : theme.text2});
    x += painter.text_width(label, input ? 16 : 13) + (input ? 14 : 6);
  }
  const int cell = input ? std::min(40, (w.x + w.width - 8 - x) / 5) : 18;
  const int star = input ? 28 : 15;
  for (int i = 0; i < 5; ++i) {
    const Rect box{x + i * cell, w.y, cell, height};
    const std::int64_t lit = tenths - i * 10;
    const std::string_view icon = lit >= 8             ? "star"
                                  : lit >= 3 && !input ? "star-half"
                                                       : "star-outline";
    const Rect glyph{box.x + (cell - star) / 2, w.y + (height - star) / 2, star, star};
    if (icon == "star-half") painter.icon("star-outline", glyph, kGold);
    painter.icon(icon, glyph, lit >= 3 ? kGold : theme.text3);
    if (!input) continue;
    if (Node* node =
            w.touch(box, fmt::format("{}星", i + 1), w.part(std::to_string(i + 1))))
      node->checked = lit == 10;
  }
  x += 5 * cell + 6;
  if (!input) {
    const std::string number = fmt::format("{}.{}", tenths / 10, tenths % 10);
    x += painter.run(number, x, w.y + (height - painter.line_height(14)) / 2,
                     {.size = 14, .color = kGold, .bold = true}) +
         8;
    w.touch({w.x, w.y, w.width, height}, label + number + "分");
  }
  painter.label(caption, {x, w.y, std::max(0, w.x + w.width - kPad - x), height},
                {.size = 13, .color = theme.text2});
  return height;
}

}  // namespace paperphone::layout

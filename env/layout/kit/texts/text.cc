#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_text(const Paint& w) {
  Painter& painter = w.painter();
  const std::string value = w.text(Prop::kValue);
  const std::string_view style = w.name(Prop::kStyle, "body");
  const Theme& theme = painter.theme();
  TextStyle look{
      .size = 15, .color = theme.text, .lines = int(w.integer(Prop::kLines, 0))};
  if (style == "title") look.size = 22, look.bold = true;
  if (style == "heading") look.size = 17, look.bold = true;
  if (style == "caption") look.size = 13, look.color = theme.text2;
  if (style == "note") look.size = 12, look.color = theme.text2;
  if (style == "price") look.size = 24, look.bold = true, look.color = theme.price;
  if (style == "accent") look.color = w.accent();
  if (style == "danger") look.color = theme.danger;
  look.color = w.color(Prop::kColor, look.color);
  const std::string_view align = w.name(Prop::kAlign, "left");
  if (align == "center") look.align = Align::kCenter;
  if (align == "right") look.align = Align::kRight;
  // Words that can be tapped keep a finger's breadth.
  const int around =
      !w.has_id() ? 5 : std::max(5, (37 - painter.line_height(look.size)) / 2);
  const int height =
      painter.text(value, {w.x + kPad, w.y + around, w.width - 2 * kPad, 0}, look);
  const Rect rect{w.x, w.y, w.width, height + 2 * around};
  w.touch(rect, value);
  return rect.height;
}

}  // namespace paperphone::layout

#include <fmt/format.h>

#include "env/app/calendar.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::EvalContext;
using app::Prop;
using app::Value;

int paint_countdown(const Paint& w) {
  Painter& painter = w.painter();
  painter.tick();
  const Theme& theme = painter.theme();
  const EvalContext context = w.context();
  const Value until = app::evaluate(*w.widget.expr(Prop::kUntil), context);
  const std::int64_t left =
      until.is_none()
          ? 0
          : until.as_int() * 60 - app::floor_div(w.state().world.now_ms, 1000);
  const std::string label = w.text(Prop::kLabel);
  const bool boxes = w.name(Prop::kStyle, "boxes") == "boxes";
  const int line = painter.line_height(14);
  const int height = std::max(36, line + 14);
  const int y = w.y + (height - line) / 2;
  int x = w.x + kPad;
  if (left <= 0) {
    const std::string over = w.text(Prop::kEmptyText);
    painter.run(over, x, y, {.size = 14, .color = theme.text2});
    w.touch_as(Role::kText, {w.x, w.y, w.width, height}, over);
    return height;
  }
  if (!label.empty())
    x += painter.run(label, x, y, {.size = 14, .color = theme.text}) + 8;
  const std::int64_t days = left / 86'400;
  if (days > 0) {
    x += painter.run(fmt::format("{}天", days), x, y,
                     {.size = 14, .color = theme.price, .bold = true}) +
         6;
  }
  const std::int64_t parts[] = {left / 3600 % 24, left / 60 % 60, left % 60};
  std::string said = label + (days > 0 ? fmt::format("{}天", days) : "");
  for (int i = 0; i < 3; ++i) {
    const std::string number = fmt::format("{:02}", parts[i]);
    said += (i ? ":" : "") + number;
    if (!boxes) {
      x += painter.run((i ? ":" : "") + number, x, y,
                       {.size = 14, .color = theme.price, .bold = true});
      continue;
    }
    const int width = painter.text_width("00", 13, true) + 8;
    const Rect box{x, w.y + (height - line - 2) / 2, width, line + 2};
    painter.rect(box, theme.dark ? theme.price : 0xFF2B2B2F, 5);
    painter.label(
        number, box,
        {.size = 13, .color = 0xFFFFFFFF, .bold = true, .align = Align::kCenter});
    x += width;
    if (i < 2) {
      painter.text(
          ":", {x, y, 10, 0},
          {.size = 14, .color = theme.text, .bold = true, .align = Align::kCenter});
      x += 10;
    }
  }
  w.touch({w.x, w.y, w.width, height}, said);
  return height;
}

}  // namespace paperphone::layout

#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_product_row(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  const std::string price = w.text(Prop::kPrice);
  const std::string caption = w.text(Prop::kCaption);
  const std::string tag = w.text(Prop::kTag);
  const int words = painter.line_height(15) * (subtitle.empty() ? 2 : 1) +
                    (subtitle.empty() ? 0 : painter.line_height(12) + 1) +
                    (tag.empty() ? 0 : painter.line_height(10) + 7) + 4 +
                    painter.line_height(18);
  const int height = std::max(112, words + 24);
  const Rect rect{w.x, w.y, w.width, height};
  w.strip(height);
  w.touch(rect, title + (price.empty() ? "" : "，" + price));
  int x = w.x + kPad;
  if (w.widget.place(Prop::kChecked)) {
    const bool on = w.bound(Prop::kChecked).as_bool();
    check_circle(w, {x + 10, w.y + height / 2}, on);
    if (Node* node = w.touch({w.x, w.y + height / 2 - 24, 44, 48}, "选择" + title, 0)) {
      node->checked = on;
    }
    x += 32;
  }
  painter.picture(w.picture_kind("goods"), w.seed(),
                  {x, w.y + (height - 88) / 2, 88, 88}, 10);
  x += 100;
  const int width = w.x + w.width - kPad - x;
  int y = w.y + 12;
  y += painter.text(
      title, {x, y, width, 0},
      {.size = 15, .color = theme.text, .lines = subtitle.empty() ? 2 : 1});
  y += painter.text(subtitle, {x, y + 1, width, 0}, {.size = 12, .color = theme.text2});
  if (!tag.empty()) {
    const Rect pill{x, y + 4, std::min(width, painter.text_width(tag, 10) + 10),
                    painter.line_height(10) + 3};
    painter.outline(pill, mix(w.accent(), theme.card, 55), 3);
    painter.label(tag, pill,
                  {.size = 10, .color = w.accent(), .align = Align::kCenter});
  }
  const int bottom = w.y + height - 12 - painter.line_height(18);
  int used = price_tag(painter, price, x, bottom, 18, theme.price) + 6;
  if (const std::string was = w.text(Prop::kWas); !was.empty())
    used += painter.struck(was, x + used, bottom + painter.scaled(5),
                           {.size = 12, .color = theme.text3}) +
            6;
  if (w.widget.place(Prop::kBind)) {
    stepper_control(w, {x, w.y + height - 44, width, 32},
                    w.bound(Prop::kBind).as_int());
  } else {
    painter.text(caption,
                 {x + used, bottom + painter.scaled(5), std::max(0, width - used), 0},
                 {.size = 12, .color = theme.text2, .align = Align::kRight});
  }
  w.row_divider(x, height);
  return height;
}

}  // namespace paperphone::layout

#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_bar(const Paint& w) {
  Painter& painter = w.painter();
  const Rect rect{w.x, w.y, w.width, size::kAppBar};
  const bool has_back = w.state().recents.back().stack.size() > 1;
  const Theme& theme = painter.theme();
  const std::string_view style = w.screen().bar_style;
  const std::uint32_t ink = style == "accent" ? 0xFFFFFFFF : theme.text;
  const std::string title = w.item_text(w.screen().title);
  int left = rect.x + kPad, right = rect.x + rect.width - 8;
  if (has_back) {
    const Rect box{rect.x + 4, rect.y + 2, 44, 44};
    painter.icon("arrow-left", inset(box, 11, 11), ink);
    w.touch(box, "返回", w.part("back"));
    left = rect.x + 50;
  }
  for (auto items = w.shown_items(Prop::kItems); !items.empty(); items.pop_back()) {
    const auto& [part, item] = items.back();
    const std::string label = w.item_text(item->label);
    const std::string sign = w.item_icon(*item);
    const int width = sign.empty() ? painter.text_width(label, 15) + 20 : 44;
    const Rect box{right - width, rect.y + 2, width, 44};
    if (sign.empty()) {
      painter.label(label, box,
                    {.size = 15,
                     .color = style == "accent" ? ink : w.accent(),
                     .align = Align::kCenter});
    } else {
      painter.icon(sign, {box.x + 11, box.y + 11, 22, 22}, ink);
    }
    painter.badge(w.item_text(item->badge), {box.x + 34, box.y + 12});
    w.touch(box, label.empty() ? sign : label, part);
    right -= width;
  }
  painter.label(title, {left, rect.y, right - left, rect.height},
                {.size = has_back ? 18 : 20, .color = ink, .bold = true});
  if (w.touchable()) {
    painter.node({left, rect.y, std::max(0, right - left), rect.height}, Role::kHeader,
                 {}, "", title);
  }
  return rect.height;
}

}  // namespace paperphone::layout

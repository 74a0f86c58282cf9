#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

// For icons that name no colour of their own.
constexpr std::uint32_t kTints[] = {0xFFFF7A45, 0xFF3C8CFF, 0xFF22B573, 0xFFF5A623,
                                    0xFF8A6BF2, 0xFFEB5A7C, 0xFF12B5C9, 0xFF7A8CA5};

}  // namespace

int paint_icons(const Paint& w) {
  Painter& painter = w.painter();
  const auto items = w.shown_items(Prop::kItems);
  if (items.empty()) return 0;
  const int columns = std::clamp(int(w.integer(Prop::kColumns, 5)), 1, 6);
  const std::string_view style = w.name(Prop::kStyle, "tinted");
  const int margin = w.surface == Surface::kPage ? size::kMargin : 4;
  const int width = (w.width - 2 * margin) / columns;
  const int height = 62 + painter.line_height(12);
  const int lines = (int(items.size()) + columns - 1) / columns;
  if (w.surface == Surface::kPage) {
    painter.rect({w.x + margin, w.y, w.width - 2 * margin, lines * height + 10},
                 painter.theme().card, size::kRadius);
  }
  int label_size = 12;  // of all alike: neighbours stay apart under a large font
  for (const auto& [part, item] : items)
    label_size =
        painter.fitting_size(w.item_text(item->label), label_size, width - 4, 9);
  for (int i = 0; i < int(items.size()); ++i) {
    const auto& [part, item] = items[std::size_t(i)];
    const Rect box{w.x + margin + i % columns * width, w.y + 5 + i / columns * height,
                   width, height};
    const int cx = box.x + width / 2;
    const std::uint32_t color =
        w.item_color(*item, kTints[std::size_t(i) % std::size(kTints)]);
    const std::string sign = w.item_icon(*item);
    const Rect disc{cx - 21, box.y + 8, 42, 42};
    if (style == "filled") {
      painter.gradient(disc, mix(color, 0xFFFFFFFF, 80), color, 14);
      painter.icon(sign, {cx - 12, box.y + 17, 24, 24}, 0xFFFFFFFF);
    } else if (style == "plain") {
      painter.icon(sign, {cx - 14, box.y + 15, 28, 28}, color);
    } else {
      painter.rect(disc, mix(color, painter.theme().card, 14), 14);
      painter.icon(sign, {cx - 12, box.y + 17, 24, 24}, color);
    }
    const std::string label = w.item_text(item->label);
    painter.text(
        label, {box.x, box.y + 55, width, 0},
        {.size = label_size, .color = painter.theme().text, .align = Align::kCenter});
    painter.badge(w.item_text(item->badge), {cx + 20, box.y + 10});
    w.touch(box, label, part);
  }
  return lines * height + 10;
}

}  // namespace paperphone::layout

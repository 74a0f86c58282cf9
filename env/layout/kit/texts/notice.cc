#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_notice(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::uint32_t ink = theme.dark ? 0xFFFFB566 : 0xFFD9660A;
  const bool on_page = w.surface == Surface::kPage;
  const int margin = on_page ? size::kMargin : 8;
  const bool chevron = w.flag(Prop::kChevron, false);
  const std::string value = w.text(Prop::kValue);
  const Rect rect{w.x + margin, w.y, w.width - 2 * margin, 0};
  const Rect words{rect.x + 38, w.y + 9, rect.width - 50 - (chevron ? 18 : 0), 0};
  const TextStyle style{.size = 13, .color = ink, .lines = 2};
  const bool was_dry = painter.set_dry(true);
  const int words_height = painter.text(value, words, style);
  painter.set_dry(was_dry);
  const int height = std::max(words_height + 18, !w.has_id() ? 0 : 38);
  const Rect box{rect.x, rect.y, rect.width, height};
  painter.rect(box, mix(0xFFFF8A00, on_page ? theme.page : theme.card, 12), 8);
  painter.icon(w.icon("bullhorn"), {rect.x + 12, w.y + (height - 18) / 2, 18, 18}, ink);
  painter.text(value, {words.x, w.y + (height - words_height) / 2, words.width, 0},
               style);
  if (chevron)
    painter.icon("chevron-right",
                 {box.x + box.width - 24, w.y + height / 2 - 9, 18, 18}, ink);
  w.touch(box, value);
  return height;
}

}  // namespace paperphone::layout

#include "env/layout/kit/containers/instead_of_rows.h"

#include "env/layout/kit/controls.h"
#include "env/layout/kit/texts/skeleton.h"

namespace paperphone::layout {

using app::Prop;

int instead_of_rows(const Paint& w, bool is_grid) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  if (w.flag(Prop::kLoading, false))
    return skeleton_lines(w, is_grid ? "cards" : "rows", is_grid ? 4 : 6);
  if (const std::string error = w.text(Prop::kError); !error.empty()) {
    const int words = painter.line_height(14);
    const int height = 128 + words + (!w.has_id() ? 0 : 62);
    w.strip(height);
    painter.icon("wifi-off", {w.x + w.width / 2 - 26, w.y + 40, 52, 52}, theme.text3);
    painter.text(error, {w.x + kPad, w.y + 104, w.width - 2 * kPad, 0},
                 {.size = 14, .color = theme.text2, .align = Align::kCenter});
    if (w.has_id())
      button_plate(w, {w.x + w.width / 2 - 64, w.y + 118 + words, 128, 38}, "重试",
                   "outline", true, w.part("retry"));
    return height;
  }
  if (!w.rows().empty()) return 0;
  const std::string sentence = w.text(Prop::kEmptyText);
  if (sentence.empty()) return 0;
  if (is_grid) {
    painter.text(sentence, {w.x + kPad, w.y + 36, w.width - 2 * kPad, 20},
                 {.size = 13, .color = theme.text2, .align = Align::kCenter});
    return 90;
  }
  const int height = 120;
  w.strip(height);
  painter.icon("inbox", {w.x + w.width / 2 - 18, w.y + 28, 36, 36}, theme.text3);
  painter.text(sentence, {w.x + kPad, w.y + 70, w.width - 2 * kPad, 20},
               {.size = 13, .color = theme.text2, .align = Align::kCenter});
  w.touch({w.x, w.y, w.width, height}, sentence);
  return height;
}

}  // namespace paperphone::layout

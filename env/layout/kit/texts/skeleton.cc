#include "env/layout/kit/texts/skeleton.h"

namespace paperphone::layout {

using app::Prop;

int skeleton_lines(const Paint& w, std::string_view style, int lines) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::uint32_t grey = theme.dark ? theme.fill : 0xFFEBEDF0;
  const auto bar = [&](int x, int y, int width, int height) {
    painter.rect({x, y, width, height}, grey, height / 2);
  };
  int y = w.y;
  if (style == "cards") {
    const int margin = w.surface == Surface::kPage ? size::kMargin : kPad;
    const int width = (w.width - 2 * margin - 8) / 2, height = width + 66;
    for (int i = 0; i < lines; ++i) {
      const int x = w.x + margin + i % 2 * (width + 8);
      painter.rect({x, y, width, height}, theme.card, 10);
      painter.rect({x, y, width, width}, grey, 10);
      bar(x + 10, y + width + 12, width - 30, 12);
      bar(x + 10, y + width + 36, width / 2, 12);
      if (i % 2 == 1 || i + 1 == lines) y += height + 8;
    }
    return y - w.y;
  }
  if (style == "text") {
    constexpr int kPercent[] = {92, 100, 96, 55};
    w.strip(lines * 24 + 20);
    for (int i = 0; i < lines; ++i)
      bar(w.x + kPad, y + 12 + 24 * i, (w.width - 2 * kPad) * kPercent[i % 4] / 100,
          12);
    return lines * 24 + 20;
  }
  constexpr int kHeight = 72;
  constexpr int kFirst[] = {42, 55, 36, 48};
  w.strip(lines * kHeight);
  for (int i = 0; i < lines; ++i, y += kHeight) {
    painter.rect({w.x + kPad, y + 14, 44, 44}, grey, 10);
    const int x = w.x + kPad + 58, width = w.width - 2 * kPad - 58;
    bar(x, y + 20, width * kFirst[i % 4] / 100, 12);
    bar(x, y + 43, width * 80 / 100, 10);
  }
  return y - w.y;
}

int paint_skeleton(const Paint& w) {
  return skeleton_lines(w, w.name(Prop::kStyle, "rows"),
                        int(w.integer(Prop::kLines, 4)));
}

}  // namespace paperphone::layout

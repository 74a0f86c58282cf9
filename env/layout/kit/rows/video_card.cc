#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_video_card(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const bool as_row = w.name(Prop::kStyle, "card") == "row";
  const std::string title = w.text(Prop::kTitle);
  const std::string caption = w.text(Prop::kCaption);
  const std::string count = w.text(Prop::kCount);
  const std::string duration = w.text(Prop::kDuration);
  const std::string tag = w.text(Prop::kTag);
  const std::string kind = w.picture_kind("poster");
  const auto paint_cover = [&](Rect cover, int below) {
    const Rect former = painter.clip();
    painter.set_clip(intersect(former, cover));
    Rect whole = cover;
    whole.height += below;  // square corners where the words begin
    painter.picture(kind, w.seed(), whole, 8);
    painter.gradient({cover.x, cover.y + cover.height - 34, cover.width, 34 + below},
                     0x01000000, 0x99000000, 8);
    painter.set_clip(former);
    const int line = painter.line_height(11);
    const int y = cover.y + cover.height - line - 4;
    if (!count.empty()) {
      painter.icon("play-box-outline", {cover.x + 7, y + (line - 13) / 2, 13, 13},
                   0xFFFFFFFF);
      painter.run(count, cover.x + 23, y, {.size = 11, .color = 0xFFFFFFFF});
    }
    const int width = painter.text_width(duration, 11) + 1;
    painter.run(duration, cover.x + cover.width - width - 7, y,
                {.size = 11, .color = 0xFFFFFFFF});
  };
  const auto paint_caption = [&](int x, int y, int width) {
    int used = 0;
    if (!tag.empty()) {
      const Rect pill{x, y, painter.text_width(tag, 10) + 8,
                      painter.line_height(10) + 1};
      painter.rect(pill, mix(w.accent(), theme.card, 14), 3);
      painter.label(tag, pill,
                    {.size = 10, .color = w.accent(), .align = Align::kCenter});
      used = pill.width + 5;
    }
    painter.text(caption, {x + used, y, width - used, 0},
                 {.size = 11, .color = theme.text2});
  };
  const std::string spoken = title + (caption.empty() ? "" : "，" + caption);
  if (as_row) {
    const int picture_height = 86;
    const int words = painter.line_height(14) * 2 + painter.line_height(11) + 6;
    const int height = std::max(picture_height, words) + 16;
    w.strip(height);
    const Rect cover{w.x + kPad, w.y + (height - picture_height) / 2, 138,
                     picture_height};
    paint_cover(cover, 0);
    const int x = cover.x + cover.width + 10, width = w.x + w.width - kPad - x;
    painter.text(title, {x, cover.y + 1, width, 0},
                 {.size = 14, .color = theme.text, .lines = 2});
    paint_caption(x, w.y + height - 9 - painter.line_height(11), width);
    w.touch({w.x, w.y, w.width, height}, spoken);
    return height;
  }
  const int cover = w.width * 10 / 16;
  const int height =
      cover + 8 + painter.line_height(13) * 2 + 4 + painter.line_height(11) + 9;
  const Rect rect{w.x, w.y, w.width, height};
  if (painter.hidden(rect)) return height;
  painter.rect(rect, theme.card, 8);
  paint_cover({w.x, w.y, w.width, cover}, 8);
  painter.text(title, {w.x + 8, w.y + cover + 8, w.width - 16, 0},
               {.size = 13, .color = theme.text, .lines = 2});
  paint_caption(w.x + 8, w.y + height - 9 - painter.line_height(11), w.width - 16);
  w.touch(rect, spoken);
  return height;
}

}  // namespace paperphone::layout

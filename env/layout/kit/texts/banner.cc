#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_banner(const Paint& w) {
  Painter& painter = w.painter();
  const int margin = w.surface == Surface::kPage ? size::kMargin : 8;
  const int height = int(w.integer(Prop::kHeight, 130));
  const Rect rect{w.x + margin, w.y, w.width - 2 * margin, height};
  painter.picture(w.picture_kind("landscape"), w.seed(), rect, size::kRadius);
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  if (!title.empty() || !subtitle.empty()) {
    const int text_height = (title.empty() ? 0 : painter.line_height(20)) +
                            (subtitle.empty() ? 0 : painter.line_height(13));
    const int y = rect.y + rect.height - text_height - 12;
    // From clear to dark over the lower part, so that white words can be read.
    const int shade = std::max(rect.y, y - 32);
    painter.gradient({rect.x, shade, rect.width, rect.y + rect.height - shade},
                     0x01000000, 0xA8000000, size::kRadius);
    const int used = painter.text(title, {rect.x + 14, y, rect.width - 28, 0},
                                  {.size = 20, .color = 0xFFFFFFFF, .bold = true});
    painter.text(subtitle, {rect.x + 14, y + used, rect.width - 28, 0},
                 {.size = 13, .color = 0xFFF2F2F2});
  }
  w.touch(rect, title);
  if (const std::string whose = w.text(Prop::kAvatar); !whose.empty()) {
    constexpr int kFace = 56;
    const Rect face{rect.x + rect.width - 14 - kFace, rect.y + rect.height - 12 - kFace,
                    kFace, kFace};
    w.avatar(whose, face, 8);
    if (w.has_id()) w.touch(face, whose + "的头像", w.part("avatar"));
  }
  return height;
}

}  // namespace paperphone::layout

#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_comment(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string value = w.text(Prop::kValue);
  const std::string time = w.text(Prop::kTime);
  const std::string tag = w.text(Prop::kTag);
  const std::string caption = w.text(Prop::kCaption);
  const int x = w.x + kPad + 46, right = w.x + w.width - kPad;
  const TextStyle words{.size = 15, .color = theme.text, .lines = 0};
  const bool was_dry = painter.set_dry(true);
  const int words_height = painter.text(value, {x, 0, right - x, 0}, words);
  painter.set_dry(was_dry);
  const int name_height = painter.line_height(13);
  const int foot = std::max(kTouch, painter.line_height(12) + 12);
  const int replies = caption.empty() ? 0 : painter.line_height(13) + 20;
  const int height = 12 + name_height + 3 + words_height + foot + replies + 4;
  const Rect rect{w.x, w.y, w.width, height};
  w.strip(height);
  w.touch(rect, title + "，" + value);
  const Rect face{w.x + kPad, w.y + 12, 36, 36};
  const std::string whose = w.text(Prop::kAvatar);
  w.avatar(whose, face, 18);
  if (w.has_id()) w.touch(face, whose + "的头像", w.part("avatar"));
  int y = w.y + 12;
  const int shown = std::min(painter.text_width(title, 13) + 1, right - x - 60);
  painter.text(title, {x, y, shown, 0}, {.size = 13, .color = theme.text2});
  if (!tag.empty()) {
    const Rect pill{x + shown + 6, y + 1, painter.text_width(tag, 10) + 8,
                    painter.line_height(10) + 1};
    painter.rect(pill, mix(w.accent(), theme.card, 14), 3);
    painter.label(tag, pill,
                  {.size = 10, .color = w.accent(), .align = Align::kCenter});
  }
  y += name_height + 3;
  y += painter.text(value, {x, y, right - x, 0}, words);
  const int middle = y + foot / 2;
  const int line = painter.line_height(12);
  int used = 0;
  if (!time.empty())
    used = painter.run(time, x, middle - line / 2, {.size = 12, .color = theme.text3}) +
           14;
  painter.run("回复", x + used, middle - line / 2,
              {.size = 12, .color = theme.text2, .bold = true});
  if (w.has_id())
    w.touch({x + used - 8, middle - 18, painter.text_width("回复", 12) + 16, kTouch},
            "回复", w.part("reply"));
  like_mark(w, right, middle, "thumb-up", "thumb-up-outline");
  y += foot;
  if (!caption.empty()) {
    const Rect box{x, y, right - x, replies - 8};
    painter.rect(box, theme.dark ? theme.fill : mix(theme.fill, theme.card, 70), 6);
    painter.label(caption, inset(box, 10, 0), {.size = 13, .color = w.accent()});
    painter.icon("chevron-right",
                 {box.x + 10 + painter.text_width(caption, 13) + 1,
                  box.y + box.height / 2 - 8, 16, 16},
                 w.accent());
  }
  w.row_divider(x, height);
  return height;
}

}  // namespace paperphone::layout

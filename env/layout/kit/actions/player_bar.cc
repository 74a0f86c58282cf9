#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_player_bar(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int height =
      std::max(58, painter.line_height(14) + painter.line_height(11) + 14);
  painter.rect({w.x, w.y, w.width, height}, theme.bar);
  painter.divider(w.x, w.y, w.width);
  const Rect rect{w.x, w.y, w.width, height};
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  w.touch(rect, title);
  const int middle = w.y + height / 2;
  painter.picture(w.picture_kind("poster"), w.seed(), {w.x + 14, middle - 21, 42, 42},
                  21);
  const int right = w.x + w.width - 104, x = w.x + 68;
  const int words =
      painter.line_height(14) + (subtitle.empty() ? 0 : painter.line_height(11));
  int y = middle - words / 2;
  y += painter.text(title, {x, y, right - x, 0}, {.size = 14, .color = theme.text});
  painter.text(subtitle, {x, y, right - x, 0}, {.size = 11, .color = theme.text2});
  const bool playing = w.bound(Prop::kPlaying).as_bool();
  const Rect play{w.x + w.width - 100, middle - 24, 48, 48};
  painter.outline(inset(play, 8, 8), theme.text3, 16, 1);
  painter.icon(playing ? "pause" : "play", inset(play, 15, 15), theme.text);
  const Rect next{w.x + w.width - 52, middle - 24, 48, 48};
  painter.icon("skip-next", inset(next, 11, 11), theme.text);
  if (Node* node = w.touch(play, playing ? "暂停" : "播放", w.part("play"))) {
    node->checked = playing;
  }
  w.touch(next, "下一首", w.part("next"));
  return height;
}

}  // namespace paperphone::layout

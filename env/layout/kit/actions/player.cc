#include <fmt/format.h>

#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

// 205 -> "3:25".
std::string play_time(std::int64_t seconds) {
  seconds = std::max<std::int64_t>(seconds, 0);
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}

}  // namespace

int paint_player(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int side = std::min(248, w.width - 96);
  const Rect cover{w.x + (w.width - side) / 2, w.y + 12, side, side};
  painter.shadow({cover.x, cover.y + 6, side, side}, 18, 18,
                 theme.dark ? 0x66000000 : 0x33000000);
  painter.picture(w.picture_kind("poster"), w.seed(), cover, 18);
  const int cover_part = w.part("cover");
  // Only where it leads somewhere.
  if (w.machine().answers_tap(
          w.state(), {sim::Target::Where::kWidget, w.widget.index, cover_part, w.row}))
    w.touch(cover, "封面", cover_part);
  const std::string title = w.text(Prop::kTitle);
  int y = cover.y + side + 26;
  const int x = w.x + 28, width = w.width - 56;
  y += painter.text(title, {x, y, width, 0},
                    {.size = 21, .color = theme.text, .bold = true});
  y += painter.text(w.text(Prop::kSubtitle), {x, y + 2, width, 0},
                    {.size = 14, .color = theme.text2}) +
       2;
  const auto most = std::max<std::int64_t>(1, w.number(Prop::kMax, 1));
  const auto at = std::clamp<std::int64_t>(w.bound(Prop::kBind).as_int(), 0, most);
  const Rect track{x, y + 24, width, 4};
  const int filled = int(at * width / most);
  painter.rect(track, theme.dark ? theme.divider : 0xFFE2E4E9, 2);
  painter.rect({x, track.y, std::max(4, filled), 4}, w.accent(), 2);
  const Rect knob{x + filled - 6, track.y - 4, 12, 12};
  painter.rect(knob, w.accent(), 6);
  const TextStyle small{.size = 11, .color = theme.text2};
  painter.run(play_time(at), x, track.y + 12, small);
  const std::string end = play_time(most);
  painter.run(end, x + width - painter.text_width(end, 11), track.y + 12, small);
  w.touch({x, track.y - 16, width, kTouch}, title + " " + play_time(at));
  const bool playing = w.bound(Prop::kPlaying).as_bool();
  const int middle = track.y + 22 + painter.line_height(11) + 36;
  const int cx = w.x + w.width / 2;
  painter.rect({cx - 32, middle - 32, 64, 64}, w.accent(), 32);
  painter.icon(playing ? "pause" : "play", {cx - 17, middle - 17, 34, 34}, 0xFFFFFFFF);
  painter.icon("skip-previous", {cx - 100 - 17, middle - 17, 34, 34}, theme.text);
  painter.icon("skip-next", {cx + 100 - 17, middle - 17, 34, 34}, theme.text);
  if (Node* node = w.touch({cx - 32, middle - 32, 64, 64}, playing ? "暂停" : "播放",
                           w.part("play"))) {
    node->checked = playing;
  }
  w.touch({cx - 126, middle - 26, 52, 52}, "上一首", w.part("previous"));
  w.touch({cx + 74, middle - 26, 52, 52}, "下一首", w.part("next"));
  return middle + 42 - w.y;
}

}  // namespace paperphone::layout

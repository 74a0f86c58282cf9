#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

void switch_control(const Paint& w, Rect area, bool on, bool enabled) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const Rect track{area.x + area.width - 46, area.y + (area.height - 26) / 2, 46, 26};
  const std::uint32_t color = on ? w.accent() : theme.switch_off;
  painter.rect(track, enabled ? color : mix(color, theme.card, 45), 13);
  painter.rect({on ? track.x + 23 : track.x + 3, track.y + 3, 20, 20}, 0xFFFFFFFF, 10);
}

}  // namespace

int paint_toggle(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string label = w.text(Prop::kLabel);
  const std::string caption = w.text(Prop::kCaption);
  const bool enabled = w.flag(Prop::kEnabled, true);
  const bool on = w.bound(Prop::kBind).as_bool();
  const int right = w.x + w.width - kPad;
  int x = w.x + kPad;
  if (w.has(Prop::kIcon)) x += 44;
  const TextStyle caption_style{.size = 13, .color = theme.text2, .lines = 2};
  const bool was_dry = painter.set_dry(true);
  const int caption_height =
      painter.text(caption, {x, 0, right - 60 - x, 0}, caption_style);
  painter.set_dry(was_dry);
  const int height =
      painter.line_height(16) + caption_height + (caption.empty() ? 30 : 26);
  w.strip(height);
  const int middle = w.y + height / 2;
  if (w.has(Prop::kIcon)) {
    if (w.has(Prop::kIconColor)) {
      painter.rect({w.x + kPad, middle - 15, 30, 30},
                   w.color(Prop::kIconColor, w.accent()), 8);
      painter.icon(w.icon(), {w.x + kPad + 6, middle - 9, 18, 18}, 0xFFFFFFFF);
    } else {
      painter.icon(w.icon(), {w.x + kPad + 3, middle - 12, 24, 24}, w.accent());
    }
  }
  int y = middle - (painter.line_height(16) + caption_height) / 2;
  y += painter.text(label, {x, y, right - 60 - x, 0},
                    {.size = 16, .color = enabled ? theme.text : theme.text3});
  painter.text(caption, {x, y, right - 60 - x, 0}, caption_style);
  switch_control(w, {x, w.y, right - x, height}, on, enabled);
  if (Node* node = w.touch({w.x, w.y, w.width, height}, label)) {
    node->checked = on;
    node->enabled = node->enabled && enabled;
  }
  return height;
}

}  // namespace paperphone::layout

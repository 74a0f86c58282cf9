#include "env/layout/kit/controls.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

int paint_feed_card(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string caption = w.text(Prop::kCaption);
  const std::string tag = w.text(Prop::kTag);
  const std::uint64_t picture_seed = w.seed();
  // Photographs lie or stand, but always the same way for one picture.
  constexpr int kPercent[] = {100, 133, 75, 120, 105};
  const int cover = w.width * kPercent[picture_seed % std::size(kPercent)] / 100;
  const int inner = w.width - 20;
  const TextStyle words{.size = 14, .color = theme.text, .bold = true, .lines = 2};
  const bool was_dry = painter.set_dry(true);
  const int words_height = painter.text(title, {0, 0, inner, 0}, words);
  painter.set_dry(was_dry);
  const int foot = std::max(kTouch, painter.line_height(11) + 18);
  const int height = cover + 9 + words_height + foot;
  const Rect rect{w.x, w.y, w.width, height};
  if (painter.hidden(rect)) return height;
  painter.rect(rect, theme.card, 10);
  const Rect former = painter.clip();
  painter.set_clip(intersect(former, {w.x, w.y, w.width, cover}));
  painter.picture(w.picture_kind("landscape"), picture_seed,
                  {w.x, w.y, w.width, cover + 10}, 10);
  if (!tag.empty()) {
    const Rect pill{w.x + 8, w.y + 8, painter.text_width(tag, 11) + 14,
                    painter.line_height(11) + 4};
    painter.rect(pill, 0x80000000, pill.height / 2);
    painter.label(tag, pill,
                  {.size = 11, .color = 0xFFFFFFFF, .align = Align::kCenter});
  }
  painter.set_clip(former);
  painter.text(title, {w.x + 10, w.y + cover + 9, inner, 0}, words);
  w.touch(rect, title + "，" + caption);
  const int middle = w.y + height - foot / 2 - 1;
  w.avatar(w.text(Prop::kAvatar), {w.x + 10, middle - 9, 18, 18}, 9);
  const int liked = like_mark(w, w.x + w.width - 10, middle, "heart", "heart-outline");
  painter.text(caption,
               {w.x + 33, middle - painter.line_height(11) / 2, inner - 27 - liked, 0},
               {.size = 11, .color = theme.text2});
  return height;
}

}  // namespace paperphone::layout

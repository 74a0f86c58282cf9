#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

// One picture large, two or four in pairs, else in threes. Returns the height used.
int draw_pictures(const Paint& w, int x, int y, int width) {
  Painter& painter = w.painter();
  const std::uint64_t first = w.seed();
  const int count = int(std::clamp<std::int64_t>(w.number(Prop::kPictures, 1), 0, 9));
  if (!w.has(Prop::kPicture) || count == 0) return 0;
  const std::string kind = w.picture_kind("landscape");
  if (count == 1) {
    const bool upright = first % 2;
    const Rect rect{x, y, upright ? width * 5 / 9 : width * 7 / 9,
                    upright ? width * 6 / 9 : width * 5 / 9};
    painter.picture(kind, first, rect, 6);
    return rect.height;
  }
  constexpr int kGap = 5;
  const int columns = count == 2 || count == 4 ? 2 : 3;
  const int side = (width - 2 * kGap) / 3;
  for (int i = 0; i < count; ++i) {
    painter.picture(
        kind, first + std::uint64_t(i) * 37,
        {x + i % columns * (side + kGap), y + i / columns * (side + kGap), side, side},
        4);
  }
  const int lines = (count + columns - 1) / columns;
  return lines * (side + kGap) - kGap;
}

int post_pictures(const Paint& w, int x, int y, int width) {
  const int height = draw_pictures(w, x, y, width);
  if (height > 0 && w.has_id())
    w.touch({x, y, width, height}, "图片", w.part("pictures"));
  return height;
}

}  // namespace

int paint_post(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string title = w.text(Prop::kTitle);
  const std::string subtitle = w.text(Prop::kSubtitle);
  const std::string value = w.text(Prop::kValue);
  const std::string tag = w.text(Prop::kTag);
  const int width = w.width - 2 * kPad, x = w.x + kPad;
  const TextStyle words{.size = 16, .color = theme.text, .lines = 6};
  const int foot = std::max(44, painter.line_height(12) + 22);
  const int head = std::max(40, painter.line_height(15) + painter.line_height(12));
  const int tag_height = tag.empty() ? 0 : painter.line_height(12) + 10;
  const auto paint_body = [&](int y) {
    const int top = y;
    y += painter.text(value, {x, y, width, 0}, words) + 8;
    if (const int used = post_pictures(w, x, y, width)) y += used + 8;
    return y - top;
  };
  const bool was_dry = painter.set_dry(true);
  const int body = paint_body(0);
  painter.set_dry(was_dry);
  const int height = 14 + head + 8 + body + tag_height + foot;
  const Rect rect{w.x, w.y, w.width, height};
  if (painter.hidden(rect)) return height;
  w.strip(height);
  w.touch(rect, title + "，" + value);
  int y = w.y + 14;
  const Rect face{x, y + (head - 40) / 2, 40, 40};
  const std::string whose = w.text(Prop::kAvatar);
  w.avatar(whose, face, 20);
  if (w.has_id()) w.touch(face, whose + "的头像", w.part("avatar"));
  const int names =
      painter.line_height(15) + (subtitle.empty() ? 0 : painter.line_height(12));
  int name_y = y + (head - names) / 2;
  name_y += painter.text(title, {x + 52, name_y, width - 52, 0},
                         {.size = 15, .color = theme.text, .bold = true});
  painter.text(subtitle, {x + 52, name_y, width - 52, 0},
               {.size = 12, .color = theme.text2});
  y += head + 8;
  y += paint_body(y);
  if (!tag.empty()) {
    painter.icon("map-marker-outline",
                 {x - 1, y + (painter.line_height(12) - 14) / 2, 14, 14}, w.accent());
    painter.text(tag, {x + 16, y, width - 16, 0}, {.size = 12, .color = w.accent()});
    y += tag_height;
  }
  painter.divider(x, y, width);
  // Three things that can be done, in thirds.
  const bool liked = w.bound(Prop::kLiked).as_bool();
  struct Deed {
    std::string_view part, icon, name;
    Prop count;
  };
  const Deed deeds[] = {
      {"share", "share", "转发", Prop::kShares},
      {"comment", "comment-processing-outline", "评论", Prop::kComments},
      {"like", liked ? "heart" : "heart-outline", "赞", Prop::kCount}};
  for (int i = 0; i < 3; ++i) {
    const Deed& deed = deeds[i];
    const Rect box{w.x + w.width * i / 3, y + 1, w.width / 3, foot - 1};
    const std::string count = w.text(deed.count);
    const std::string label = count.empty() ? std::string(deed.name) : count;
    const int words_width = painter.text_width(label, 12) + 1;
    const int left = box.x + (box.width - words_width - 22) / 2;
    const bool red = i == 2 && liked;
    const std::uint32_t ink = red ? theme.badge : theme.text2;
    painter.icon(deed.icon, {left, box.y + box.height / 2 - 9, 18, 18}, ink);
    painter.label(label, {left + 22, box.y, words_width, box.height},
                  {.size = 12, .color = ink});
    if (!w.has_id()) continue;
    if (Node* node = w.touch(box, std::string(deed.name) + count, w.part(deed.part))) {
      node->checked = red;
    }
  }
  return height;
}

}  // namespace paperphone::layout

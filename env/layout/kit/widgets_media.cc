// Pictures that move on, feeds, comments, players.
#include <fmt/format.h>

#include <algorithm>

#include "env/app/parts.h"
#include "env/layout/kit/widgets.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Widget;
using app::WidgetKind;
using app::part_index;

namespace {
using Align = TextStyle::Align;
constexpr int kPad = size::kPadding;
constexpr int kTouch = 36;  // dp: the least side of a small control

// 205 -> "3:25".
std::string play_time(std::int64_t seconds) {
  seconds = std::max<std::int64_t>(seconds, 0);
  return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
}
}  // namespace

int WidgetPainter::carousel(W w, P p) {
  const std::vector<Ref>& rows = rows_of(w);
  if (rows.empty()) return 0;
  const int count = int(rows.size());
  const int page =
      int(std::clamp<std::int64_t>(bound(w, Prop::kBind, p.row).as_int(), 0, count - 1));
  const Widget& item = w.widgets(Prop::kItem).front();
  const Ref row = rows[std::size_t(page)];
  const bool was_dry = painter_.set_dry(true);
  const int inner = paint(item, row, p.x, p.y, p.width, p.surface);
  painter_.set_dry(was_dry);
  // On pictures the dots lie on the picture, else below.
  const bool on_picture =
      item.kind == WidgetKind::kBanner || item.kind == WidgetKind::kPicture;
  const int height = inner + (on_picture || count < 2 ? 0 : 20);
  const Rect rect{p.x, p.y, p.width, height};
  if (Node* node = touch(w, p.row, rect, Role::kImage,
                         fmt::format("第{}张，共{}张", page + 1, count))) {
    node->swiping = Swiping::kSideways;
  }
  paint(item, row, p.x, p.y, p.width, p.surface);
  if (count < 2) return height;
  const Theme& theme = painter_.theme();
  constexpr int kDot = 5, kLong = 13, kBetween = 5;
  const int total = (count - 1) * (kDot + kBetween) + kLong;
  const int y = p.y + height - (on_picture ? 12 : 13);
  int x = p.x + (p.width - total) / 2;
  for (int i = 0; i < count; ++i) {
    const std::uint32_t color = i == page    ? on_picture ? 0xFFFFFFFF : accent_
                                : on_picture ? 0x90FFFFFF
                                             : theme.text3;
    const int width = i == page ? kLong : kDot;
    painter_.rect({x, y, width, kDot}, color, 2);
    x += width + kBetween;
  }
  const int middle = p.x + p.width / 2;
  touch(w, p.row, {middle - 44, p.y + height - 34, 44, 34}, Role::kButton, "上一张",
        part_index(w, "previous"));
  touch(w, p.row, {middle, p.y + height - 34, 44, 34}, Role::kButton, "下一张",
        part_index(w, "next"));
  return height;
}

int WidgetPainter::avatars(W w, P p) {
  const std::vector<Ref>& rows = rows_of(w);
  const Widget& item = w.widgets(Prop::kItem).front();
  constexpr int kFace = 36, kStep = 26;
  const int height = kFace + 20;
  const Theme& theme = painter_.theme();
  strip(p, height);
  int x = p.x + kPad;
  for (const Ref row : rows) {
    if (!is_shown(item, row)) continue;
    if (x + kFace > p.x + p.width - 100) break;
    const Rect box{x, p.y + 10, kFace, kFace};
    painter_.rect(inset(box, -2, -2), theme.card, kFace / 2 + 2);
    avatar(item, text(item, Prop::kAvatar, row), box, kFace / 2);
    x += kStep;
  }
  const std::string label = text(w, Prop::kLabel, p.row);
  painter_.label(label, {x + kFace - kStep + 10, p.y, p.x + p.width - kPad - x - 20, height},
                 {.size = 13, .color = theme.text2});
  touch(w, p.row, {p.x, p.y, p.width, height}, w.id.empty() ? Role::kText : Role::kListItem,
        label);
  return height;
}

int WidgetPainter::like(W w, Ref row, int right, int middle, std::string_view on,
                        std::string_view off) {
  const std::string count = text(w, Prop::kCount, row);
  if (!w.has(Prop::kLiked) && count.empty()) return 0;
  const bool liked = bound(w, Prop::kLiked, row).as_bool();
  const Theme& theme = painter_.theme();
  const std::uint32_t color = liked ? theme.badge : theme.text2;
  const int words = count.empty() ? 0 : painter_.text_width(count, 12) + 1;
  const int height = painter_.line_height(12);
  painter_.text(count, {right - words, middle - height / 2, words, 0},
                {.size = 12, .color = color});
  const int x = right - words - (words ? 4 : 0) - 16;
  painter_.icon(liked ? on : off, {x, middle - 8, 16, 16}, color);
  if (w.has(Prop::kLiked)) {
    const int width = std::max(kTouch, right - x + 12);
    if (Node* node = touch(w, row, {right + 6 - width, middle - 18, width, kTouch},
                           Role::kCheckBox, "赞" + count, part_index(w, "like"))) {
      node->checked = liked;
    }
  }
  return right - x;
}

int WidgetPainter::feed_card(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const std::string tag = text(w, Prop::kTag, p.row);
  const std::uint64_t picture_seed = seed(w, p.row);
  // Photographs lie or stand, but always the same way for one picture.
  constexpr int kPercent[] = {100, 133, 75, 120, 105};
  const int cover = p.width * kPercent[picture_seed % std::size(kPercent)] / 100;
  const int inner = p.width - 20;
  const TextStyle words{.size = 14, .color = theme.text, .bold = true, .lines = 2};
  const bool was_dry = painter_.set_dry(true);
  const int words_height = painter_.text(title, {0, 0, inner, 0}, words);
  painter_.set_dry(was_dry);
  const int foot = std::max(kTouch, painter_.line_height(11) + 18);
  const int height = cover + 9 + words_height + foot;
  const Rect rect{p.x, p.y, p.width, height};
  if (painter_.hidden(rect)) return height;
  painter_.rect(rect, theme.card, 10);
  const Rect former = painter_.clip();
  painter_.set_clip(intersect(former, {p.x, p.y, p.width, cover}));
  painter_.picture(picture_kind(w, p.row, "landscape"), picture_seed,
                   {p.x, p.y, p.width, cover + 10}, 10);
  if (!tag.empty()) {
    const Rect pill{p.x + 8, p.y + 8, painter_.text_width(tag, 11) + 14,
                    painter_.line_height(11) + 4};
    painter_.rect(pill, 0x80000000, pill.height / 2);
    painter_.label(tag, pill,
                   {.size = 11, .color = 0xFFFFFFFF, .align = Align::kCenter});
  }
  painter_.set_clip(former);
  painter_.text(title, {p.x + 10, p.y + cover + 9, inner, 0}, words);
  touch(w, p.row, rect, Role::kListItem, title + "，" + caption);
  const int middle = p.y + height - foot / 2 - 1;
  avatar(w, text(w, Prop::kAvatar, p.row), {p.x + 10, middle - 9, 18, 18}, 9);
  const int liked =
      like(w, p.row, p.x + p.width - 10, middle, "heart", "heart-outline");
  painter_.text(caption,
                {p.x + 33, middle - painter_.line_height(11) / 2, inner - 27 - liked, 0},
                {.size = 11, .color = theme.text2});
  return height;
}

int WidgetPainter::video_card(W w, P p) {
  const Theme& theme = painter_.theme();
  const bool as_row = w.name(Prop::kStyle, "card") == "row";
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const std::string count = text(w, Prop::kCount, p.row);
  const std::string duration = text(w, Prop::kDuration, p.row);
  const std::string tag = text(w, Prop::kTag, p.row);
  const std::string kind = picture_kind(w, p.row, "poster");
  const auto paint_cover = [&](Rect cover, int below) {
    const Rect former = painter_.clip();
    painter_.set_clip(intersect(former, cover));
    Rect whole = cover;
    whole.height += below;  // square corners where the words begin
    painter_.picture(kind, seed(w, p.row), whole, 8);
    painter_.gradient({cover.x, cover.y + cover.height - 34, cover.width, 34 + below},
                      0x01000000, 0x99000000, 8);
    painter_.set_clip(former);
    const int line = painter_.line_height(11);
    const int y = cover.y + cover.height - line - 4;
    if (!count.empty()) {
      painter_.icon("play-box-outline", {cover.x + 7, y + (line - 13) / 2, 13, 13},
                    0xFFFFFFFF);
      painter_.run(count, cover.x + 23, y, {.size = 11, .color = 0xFFFFFFFF});
    }
    const int width = painter_.text_width(duration, 11) + 1;
    painter_.run(duration, cover.x + cover.width - width - 7, y,
                 {.size = 11, .color = 0xFFFFFFFF});
  };
  const auto paint_caption = [&](int x, int y, int width) {
    int used = 0;
    if (!tag.empty()) {
      const Rect pill{x, y, painter_.text_width(tag, 10) + 8,
                      painter_.line_height(10) + 1};
      painter_.rect(pill, mix(accent_, theme.card, 14), 3);
      painter_.label(tag, pill,
                     {.size = 10, .color = accent_, .align = Align::kCenter});
      used = pill.width + 5;
    }
    painter_.text(caption, {x + used, y, width - used, 0},
                  {.size = 11, .color = theme.text2});
  };
  const std::string spoken = title + (caption.empty() ? "" : "，" + caption);
  if (as_row) {
    const int picture_height = 86;
    const int words =
        painter_.line_height(14) * 2 + painter_.line_height(11) + 6;
    const int height = std::max(picture_height, words) + 16;
    strip(p, height);
    const Rect cover{p.x + kPad, p.y + (height - picture_height) / 2, 138,
                     picture_height};
    paint_cover(cover, 0);
    const int x = cover.x + cover.width + 10, width = p.x + p.width - kPad - x;
    painter_.text(title, {x, cover.y + 1, width, 0},
                  {.size = 14, .color = theme.text, .lines = 2});
    paint_caption(x, p.y + height - 9 - painter_.line_height(11), width);
    touch(w, p.row, {p.x, p.y, p.width, height}, Role::kListItem, spoken);
    return height;
  }
  const int cover = p.width * 10 / 16;
  const int height =
      cover + 8 + painter_.line_height(13) * 2 + 4 + painter_.line_height(11) + 9;
  const Rect rect{p.x, p.y, p.width, height};
  if (painter_.hidden(rect)) return height;
  painter_.rect(rect, theme.card, 8);
  paint_cover({p.x, p.y, p.width, cover}, 8);
  painter_.text(title, {p.x + 8, p.y + cover + 8, p.width - 16, 0},
                {.size = 13, .color = theme.text, .lines = 2});
  paint_caption(p.x + 8, p.y + height - 9 - painter_.line_height(11), p.width - 16);
  touch(w, p.row, rect, Role::kListItem, spoken);
  return height;
}

// One picture large, two or four in pairs, else in threes. Returns the height used.
int WidgetPainter::post_pictures(W w, P p, int x, int y, int width) {
  const std::uint64_t first = seed(w, p.row);
  const int count =
      int(std::clamp<std::int64_t>(number(w, Prop::kPictures, p.row, 1), 0, 9));
  if (!w.has(Prop::kPicture) || count == 0) return 0;
  const std::string kind = picture_kind(w, p.row, "landscape");
  if (count == 1) {
    const bool upright = first % 2;
    const Rect rect{x, y, upright ? width * 5 / 9 : width * 7 / 9,
                    upright ? width * 6 / 9 : width * 5 / 9};
    painter_.picture(kind, first, rect, 6);
    return rect.height;
  }
  constexpr int kGap = 5;
  const int columns = count == 2 || count == 4 ? 2 : 3;
  const int side = (width - 2 * kGap) / 3;
  for (int i = 0; i < count; ++i) {
    painter_.picture(kind, first + std::uint64_t(i) * 37,
                     {x + i % columns * (side + kGap), y + i / columns * (side + kGap),
                      side, side},
                     4);
  }
  const int lines = (count + columns - 1) / columns;
  return lines * (side + kGap) - kGap;
}

int WidgetPainter::post(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string tag = text(w, Prop::kTag, p.row);
  const int width = p.width - 2 * kPad, x = p.x + kPad;
  const TextStyle words{.size = 16, .color = theme.text, .lines = 6};
  const int foot = std::max(44, painter_.line_height(12) + 22);
  const int head = std::max(40, painter_.line_height(15) + painter_.line_height(12));
  const int tag_height = tag.empty() ? 0 : painter_.line_height(12) + 10;
  const auto paint_body = [&](int y) {
    const int top = y;
    y += painter_.text(value, {x, y, width, 0}, words) + 8;
    if (const int used = post_pictures(w, p, x, y, width)) y += used + 8;
    return y - top;
  };
  const bool was_dry = painter_.set_dry(true);
  const int body = paint_body(0);
  painter_.set_dry(was_dry);
  const int height = 14 + head + 8 + body + tag_height + foot;
  const Rect rect{p.x, p.y, p.width, height};
  if (painter_.hidden(rect)) return height;
  strip(p, height);
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kListItem,
        title + "，" + value);
  int y = p.y + 14;
  avatar(w, text(w, Prop::kAvatar, p.row), {x, y + (head - 40) / 2, 40, 40}, 20);
  const int names = painter_.line_height(15) +
                    (subtitle.empty() ? 0 : painter_.line_height(12));
  int name_y = y + (head - names) / 2;
  name_y += painter_.text(title, {x + 52, name_y, width - 52, 0},
                          {.size = 15, .color = theme.text, .bold = true});
  painter_.text(subtitle, {x + 52, name_y, width - 52, 0},
                {.size = 12, .color = theme.text2});
  y += head + 8;
  y += paint_body(y);
  if (!tag.empty()) {
    painter_.icon("map-marker-outline", {x - 1, y + (painter_.line_height(12) - 14) / 2, 14, 14},
                  accent_);
    painter_.text(tag, {x + 16, y, width - 16, 0}, {.size = 12, .color = accent_});
    y += tag_height;
  }
  painter_.divider(x, y, width);
  // Three things that can be done, in thirds.
  const bool liked = bound(w, Prop::kLiked, p.row).as_bool();
  struct Deed {
    std::string_view part, icon, name;
    Prop count;
  };
  const Deed deeds[] = {{"share", "share", "转发", Prop::kShares},
                        {"comment", "comment-processing-outline", "评论", Prop::kComments},
                        {"like", liked ? "heart" : "heart-outline", "赞", Prop::kCount}};
  for (int i = 0; i < 3; ++i) {
    const Deed& deed = deeds[i];
    const Rect box{p.x + p.width * i / 3, y + 1, p.width / 3, foot - 1};
    const std::string count = text(w, deed.count, p.row);
    const std::string label = count.empty() ? std::string(deed.name) : count;
    const int words_width = painter_.text_width(label, 12) + 1;
    const int left = box.x + (box.width - words_width - 22) / 2;
    const bool red = i == 2 && liked;
    const std::uint32_t ink = red ? theme.badge : theme.text2;
    painter_.icon(deed.icon, {left, box.y + box.height / 2 - 9, 18, 18}, ink);
    painter_.label(label, {left + 22, box.y, words_width, box.height},
                   {.size = 12, .color = ink});
    if (w.id.empty()) continue;
    if (Node* node = touch(w, p.row, box, i == 2 ? Role::kCheckBox : Role::kButton,
                           std::string(deed.name) + count, part_index(w, deed.part))) {
      node->checked = red;
    }
  }
  return height;
}

int WidgetPainter::comment(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string value = text(w, Prop::kValue, p.row);
  const std::string time = text(w, Prop::kTime, p.row);
  const std::string tag = text(w, Prop::kTag, p.row);
  const std::string caption = text(w, Prop::kCaption, p.row);
  const int x = p.x + kPad + 46, right = p.x + p.width - kPad;
  const TextStyle words{.size = 15, .color = theme.text, .lines = 0};
  const bool was_dry = painter_.set_dry(true);
  const int words_height = painter_.text(value, {x, 0, right - x, 0}, words);
  painter_.set_dry(was_dry);
  const int name_height = painter_.line_height(13);
  const int foot = std::max(kTouch, painter_.line_height(12) + 12);
  const int replies = caption.empty() ? 0 : painter_.line_height(13) + 20;
  const int height = 12 + name_height + 3 + words_height + foot + replies + 4;
  const Rect rect{p.x, p.y, p.width, height};
  strip(p, height);
  touch(w, p.row, rect, w.id.empty() ? Role::kText : Role::kListItem,
        title + "，" + value);
  avatar(w, text(w, Prop::kAvatar, p.row), {p.x + kPad, p.y + 12, 36, 36}, 18);
  int y = p.y + 12;
  const int shown = std::min(painter_.text_width(title, 13) + 1, right - x - 60);
  painter_.text(title, {x, y, shown, 0}, {.size = 13, .color = theme.text2});
  if (!tag.empty()) {
    const Rect pill{x + shown + 6, y + 1, painter_.text_width(tag, 10) + 8,
                    painter_.line_height(10) + 1};
    painter_.rect(pill, mix(accent_, theme.card, 14), 3);
    painter_.label(tag, pill, {.size = 10, .color = accent_, .align = Align::kCenter});
  }
  y += name_height + 3;
  y += painter_.text(value, {x, y, right - x, 0}, words);
  const int middle = y + foot / 2;
  const int line = painter_.line_height(12);
  int used = 0;
  if (!time.empty())
    used = painter_.run(time, x, middle - line / 2, {.size = 12, .color = theme.text3}) +
           14;
  painter_.run("回复", x + used, middle - line / 2,
               {.size = 12, .color = theme.text2, .bold = true});
  if (!w.id.empty())
    touch(w, p.row, {x + used - 8, middle - 18, painter_.text_width("回复", 12) + 16, kTouch},
          Role::kButton, "回复", part_index(w, "reply"));
  like(w, p.row, right, middle, "thumb-up", "thumb-up-outline");
  y += foot;
  if (!caption.empty()) {
    const Rect box{x, y, right - x, replies - 8};
    painter_.rect(box, theme.dark ? theme.fill : mix(theme.fill, theme.card, 70), 6);
    painter_.label(caption, inset(box, 10, 0), {.size = 13, .color = accent_});
    painter_.icon("chevron-right",
                  {box.x + 10 + painter_.text_width(caption, 13) + 1,
                   box.y + box.height / 2 - 8, 16, 16},
                  accent_);
  }
  row_divider(w, p, x, height);
  return height;
}

int WidgetPainter::face(W w, P p) {
  const Theme& theme = painter_.theme();
  const std::string label = text(w, Prop::kLabel, p.row);
  const bool selected = flag(w, Prop::kSelected, p.row, false);
  constexpr int kFace = 48;
  const int height = kFace + 14 + (label.empty() ? 0 : painter_.line_height(12) + 4);
  const Rect rect{p.x, p.y, p.width, height};
  const Rect box{p.x + (p.width - kFace) / 2, p.y + 7, kFace, kFace};
  if (selected) painter_.outline(inset(box, -3, -3), accent_, kFace / 2 + 3, 2);
  avatar(w, text(w, Prop::kAvatar, p.row), box, kFace / 2);
  painter_.badge(text(w, Prop::kBadge, p.row), {box.x + kFace - 4, box.y + 5});
  painter_.text(label, {p.x, box.y + kFace + 6, p.width, 0},
                {.size = 12,
                 .color = selected ? accent_ : theme.text2,
                 .align = Align::kCenter});
  if (Node* node = touch(w, p.row, rect, w.id.empty() ? Role::kImage : Role::kListItem,
                         label)) {
    node->checked = selected;
  }
  return height;
}

int WidgetPainter::lyric(W w, P p) {
  const bool selected = flag(w, Prop::kSelected, p.row, false);
  const std::string value = text(w, Prop::kValue, p.row);
  const int around = std::max(8, (kTouch - painter_.line_height(17)) / 2);
  const int height =
      painter_.text(value, {p.x + 24, p.y + around, p.width - 48, 0},
                    {.size = selected ? 17 : 15,
                     .color = selected ? accent_ : painter_.theme().text2,
                     .bold = selected,
                     .lines = 2,
                     .align = Align::kCenter}) +
      2 * around;
  touch(w, p.row, {p.x, p.y, p.width, height},
        w.id.empty() ? Role::kText : Role::kListItem, value);
  return height;
}

int WidgetPainter::player(W w, P p) {
  const Theme& theme = painter_.theme();
  const int side = std::min(248, p.width - 96);
  const Rect cover{p.x + (p.width - side) / 2, p.y + 12, side, side};
  painter_.shadow({cover.x, cover.y + 6, side, side}, 18, 18,
                  theme.dark ? 0x66000000 : 0x33000000);
  painter_.picture(picture_kind(w, p.row, "poster"), seed(w, p.row), cover, 18);
  const std::string title = text(w, Prop::kTitle, p.row);
  int y = cover.y + side + 26;
  const int x = p.x + 28, width = p.width - 56;
  y += painter_.text(title, {x, y, width, 0},
                     {.size = 21, .color = theme.text, .bold = true});
  y += painter_.text(text(w, Prop::kSubtitle, p.row), {x, y + 2, width, 0},
                     {.size = 14, .color = theme.text2}) +
       2;
  const auto most = std::max<std::int64_t>(1, number(w, Prop::kMax, p.row, 1));
  const auto at =
      std::clamp<std::int64_t>(bound(w, Prop::kBind, p.row).as_int(), 0, most);
  const Rect track{x, y + 24, width, 4};
  const int filled = int(at * width / most);
  painter_.rect(track, theme.dark ? theme.divider : 0xFFE2E4E9, 2);
  painter_.rect({x, track.y, std::max(4, filled), 4}, accent_, 2);
  const Rect knob{x + filled - 6, track.y - 4, 12, 12};
  painter_.rect(knob, accent_, 6);
  const TextStyle small{.size = 11, .color = theme.text2};
  painter_.run(play_time(at), x, track.y + 12, small);
  const std::string end = play_time(most);
  painter_.run(end, x + width - painter_.text_width(end, 11), track.y + 12, small);
  touch(w, p.row, {x, track.y - 16, width, kTouch}, Role::kSlider,
        title + " " + play_time(at));
  const bool playing = bound(w, Prop::kPlaying, p.row).as_bool();
  const int middle = track.y + 22 + painter_.line_height(11) + 36;
  const int cx = p.x + p.width / 2;
  painter_.rect({cx - 32, middle - 32, 64, 64}, accent_, 32);
  painter_.icon(playing ? "pause" : "play", {cx - 17, middle - 17, 34, 34}, 0xFFFFFFFF);
  painter_.icon("skip-previous", {cx - 100 - 17, middle - 17, 34, 34}, theme.text);
  painter_.icon("skip-next", {cx + 100 - 17, middle - 17, 34, 34}, theme.text);
  if (Node* node = touch(w, p.row, {cx - 32, middle - 32, 64, 64}, Role::kButton,
                         playing ? "暂停" : "播放", part_index(w, "play"))) {
    node->checked = playing;
  }
  touch(w, p.row, {cx - 126, middle - 26, 52, 52}, Role::kButton, "上一首",
        part_index(w, "previous"));
  touch(w, p.row, {cx + 74, middle - 26, 52, 52}, Role::kButton, "下一首",
        part_index(w, "next"));
  return middle + 42 - p.y;
}

int WidgetPainter::player_bar(W w, P p) {
  const Theme& theme = painter_.theme();
  const int height = std::max(58, painter_.line_height(14) + painter_.line_height(11) + 14);
  painter_.rect({p.x, p.y, p.width, height}, theme.bar);
  painter_.divider(p.x, p.y, p.width);
  const Rect rect{p.x, p.y, p.width, height};
  const std::string title = text(w, Prop::kTitle, p.row);
  const std::string subtitle = text(w, Prop::kSubtitle, p.row);
  touch(w, p.row, rect, Role::kListItem, title);
  const int middle = p.y + height / 2;
  painter_.picture(picture_kind(w, p.row, "poster"), seed(w, p.row),
                   {p.x + 14, middle - 21, 42, 42}, 21);
  const int right = p.x + p.width - 104, x = p.x + 68;
  const int words = painter_.line_height(14) +
                    (subtitle.empty() ? 0 : painter_.line_height(11));
  int y = middle - words / 2;
  y += painter_.text(title, {x, y, right - x, 0}, {.size = 14, .color = theme.text});
  painter_.text(subtitle, {x, y, right - x, 0}, {.size = 11, .color = theme.text2});
  const bool playing = bound(w, Prop::kPlaying, p.row).as_bool();
  const Rect play{p.x + p.width - 100, middle - 24, 48, 48};
  painter_.outline(inset(play, 8, 8), theme.text3, 16, 1);
  painter_.icon(playing ? "pause" : "play", inset(play, 15, 15), theme.text);
  const Rect next{p.x + p.width - 52, middle - 24, 48, 48};
  painter_.icon("skip-next", inset(next, 11, 11), theme.text);
  if (Node* node = touch(w, p.row, play, Role::kButton, playing ? "暂停" : "播放",
                         part_index(w, "play"))) {
    node->checked = playing;
  }
  touch(w, p.row, next, Role::kButton, "下一首", part_index(w, "next"));
  return height;
}

}  // namespace paperphone::layout

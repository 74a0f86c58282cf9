#include <fmt/format.h>

#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;

namespace {

constexpr int kFace = 40;        // dp: the avatar's side
constexpr int kCardWidth = 236;  // of cards and packets
constexpr std::uint32_t kPacket = 0xFFFA9D3B;
constexpr std::uint32_t kOpenedPacket = 0xFFFABA76;

// Where things stand on one side of the chat.
struct Side {
  bool mine = false;
  int edge = 0;  // of the bubble: its right one if it is mine, else its left
  int y = 0;
  Rect box(int width, int height) const {
    return {mine ? edge - width : edge, y, width, height};
  }
};

// Is there a picture? One of no row, of no text, or number 0 is none.
bool has_picture(const Paint& w) {
  const app::Expr* picture = w.widget.expr(Prop::kPicture);
  if (picture == nullptr) return false;
  const app::Value value = app::evaluate(*picture, w.context());
  return !value.is_none() && (!value.as_text().empty() || value.as_int() != 0);
}

// A plate with its tail: a triangle glyph whose base lies under the plate's edge.
void plate(Painter& painter, const Side& side, Rect box, std::uint32_t color) {
  painter.icon(side.mine ? "menu-right" : "menu-left",
               {side.mine ? box.x + box.width - 12 : box.x - 16, box.y + 6, 28, 28},
               color);
  painter.rect(box, color, 8);
}

int words_bubble(const Paint& w, const Side& side) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string value = w.text(Prop::kValue);
  const int widest = w.width - 2 * (kPad + 52) - 12;
  const TextStyle style{
      .size = 16, .color = side.mine ? theme.mine_text : theme.text, .lines = 0};
  const int width = std::min(widest, painter.text_width(value, 16) + 1);
  const bool was_dry = painter.set_dry(true);
  const int text_height = painter.text(value, {0, 0, width, 0}, style);
  painter.set_dry(was_dry);
  const Rect box = side.box(width + 24, std::max(kFace, text_height + 18));
  plate(painter, side, box, side.mine ? theme.mine : theme.card);
  painter.text(value, {box.x + 12, box.y + (box.height - text_height) / 2, width, 0},
               style);
  w.touch(box, value);
  return box.height;
}

int picture_bubble(const Paint& w, const Side& side) {
  const std::string kind = w.picture_kind("landscape");
  const bool upright = kind == "portrait" || kind == "poster";
  const bool square = kind == "goods" || kind == "food" || kind == "pattern";
  const Rect box = upright  ? side.box(132, 176)
                   : square ? side.box(150, 150)
                            : side.box(184, 132);
  w.painter().picture(kind, w.seed(), box, 8);
  w.touch(box, "图片");
  return box.height;
}

// Sound as it leaves the speaker: a dot and two arcs, towards the chat's middle.
void sound_sign(Painter& painter, Rect box, bool to_the_left, std::uint32_t color) {
  const int middle = box.height / 2 * kPolygonUnit;
  const Point from{to_the_left ? (box.width - 3) * kPolygonUnit : 3 * kPolygonUnit,
                   middle};
  const int centre = to_the_left ? 750 : 250;  // thousandths of a turn
  std::vector<Contour> all;
  for (const auto& [inner, outer] : {std::pair{0, 3}, {5, 7}, {10, 12}}) {
    for (Contour& part : sector({.center = from,
                         .inner = inner * kPolygonUnit,
                         .outer = outer * kPolygonUnit,
                         .from = centre - 120,
                         .to = centre + 120}))
      all.push_back(std::move(part));
  }
  painter.polygon(box, all, color);
}

int voice_bubble(const Paint& w, const Side& side, std::int64_t seconds) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::uint32_t ink = side.mine ? theme.mine_text : theme.text;
  const std::string lasts = fmt::format("{}″", seconds);
  const int words = painter.text_width(lasts, 16) + 1;
  const int shortest = words + 52, longest = w.width - 2 * (kPad + 52) - 12;
  // A minute is as long as a voice message gets.
  const int width =
      shortest + int(std::min<std::int64_t>(seconds, 60)) * (longest - shortest) / 60;
  const Rect box = side.box(width, std::max(kFace, painter.line_height(16) + 18));
  plate(painter, side, box, side.mine ? theme.mine : theme.card);
  const int middle = box.y + box.height / 2;
  const Rect sign{side.mine ? box.x + box.width - 30 : box.x + 12, middle - 12, 18, 24};
  sound_sign(painter, sign, side.mine, ink);
  const int x = side.mine ? sign.x - 8 - words : sign.x + sign.width + 8;
  painter.label(lasts, {x, box.y, words, box.height}, {.size = 16, .color = ink});
  w.touch(box, fmt::format("语音，{}秒", seconds));
  return box.height;
}

// A line across and a few words below it.
int foot_height(const Painter& painter, const std::string& words) {
  return words.empty() ? 0 : painter.line_height(11) + 8;
}

int card_bubble(const Paint& w, const Side& side, const std::string& title) {
  constexpr int kSign = 48;
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const std::string caption = w.text(Prop::kCaption);
  const bool pictured = has_picture(w);
  const bool has_sign = pictured || w.has(Prop::kIcon);
  const int room = kCardWidth - 24 - (has_sign ? kSign + 10 : 0);
  const TextStyle style{.size = 15, .color = theme.text, .lines = 3};
  const bool was_dry = painter.set_dry(true);
  const int words = painter.text(title, {0, 0, room, 0}, style);
  painter.set_dry(was_dry);
  const int body = std::max(words, has_sign ? kSign : 0) + 24;
  const Rect box = side.box(kCardWidth, body + foot_height(painter, caption));
  plate(painter, side, box, theme.card);
  painter.text(title, {box.x + 12, box.y + 12, room, 0}, style);
  const Rect sign{box.x + box.width - 12 - kSign, box.y + 12, kSign, kSign};
  if (pictured) {
    painter.picture(w.picture_kind("pattern"), w.seed(), sign, 4);
  } else if (has_sign) {
    painter.rect(sign, mix(w.accent(), theme.card, 14), 6);
    painter.icon(w.icon("link"), inset(sign, 11, 11), w.accent());
  }
  if (!caption.empty()) {
    painter.divider(box.x + 12, box.y + body, box.width - 24);
    painter.text(caption, {box.x + 12, box.y + body + 4, box.width - 24, 0},
                 {.size = 11, .color = theme.text2});
  }
  w.touch(box, "分享，" + title);
  return box.height;
}

// A small envelope with its flap and seal.
void envelope(Painter& painter, Rect box, bool opened) {
  constexpr std::uint32_t kRed = 0xFFE0533F, kFlap = 0xFFEB6A50, kGold = 0xFFFCE4A8;
  painter.rect(box, kRed, 4);
  painter.rect({box.x, box.y, box.width, box.height * 2 / 5}, kFlap, 4);
  const int seal = opened ? 8 : 12;
  painter.rect({box.x + (box.width - seal) / 2, box.y + box.height * 2 / 5 - seal / 2,
                seal, seal},
               kGold, seal / 2);
}

int packet_bubble(const Paint& w, const Side& side, const std::string& words) {
  Painter& painter = w.painter();
  const bool opened = w.flag(Prop::kMuted, false);
  const std::string caption = w.text(Prop::kCaption);
  const int body = std::max(64, painter.line_height(16) + 30);
  const Rect box = side.box(kCardWidth, body + foot_height(painter, caption));
  plate(painter, side, box, opened ? kOpenedPacket : kPacket);
  envelope(painter, {box.x + 14, box.y + body / 2 - 20, 34, 40}, opened);
  painter.label(words, {box.x + 60, box.y, box.width - 72, body},
                {.size = 16, .color = 0xFFFFFFFF});
  if (!caption.empty()) {
    painter.rect({box.x + 12, box.y + body, box.width - 24, 1}, 0x40FFFFFF);
    painter.text(caption, {box.x + 12, box.y + body + 4, box.width - 24, 0},
                 {.size = 11, .color = 0xFFFFF3E2});
  }
  w.touch(box, "红包，" + words);
  return box.height;
}

// Somebody's words below the answer to them. Returns the height used.
int quotation(const Paint& w, Side side, const std::string& words) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const int widest = w.width - 2 * (kPad + 52) - 12;
  const int width = std::min(widest, painter.text_width(words, 12) + 1);
  const TextStyle style{.size = 12, .color = theme.text2, .lines = 2};
  const bool was_dry = painter.set_dry(true);
  const int height = painter.text(words, {0, 0, width, 0}, style);
  painter.set_dry(was_dry);
  side.y += 4;
  const Rect box = side.box(width + 16, height + 12);
  painter.rect(box, mix(theme.text, theme.page, 7), 5);
  painter.text(words, {box.x + 8, box.y + 6, width, 0}, style);
  return box.height + 4;
}

int said(const Paint& w, const Side& side) {
  if (const std::string packet = w.text(Prop::kPacket); !packet.empty())
    return packet_bubble(w, side, packet);
  if (const std::string card = w.text(Prop::kCardTitle); !card.empty())
    return card_bubble(w, side, card);
  if (const std::int64_t seconds = w.number(Prop::kSeconds, 0); seconds > 0)
    return voice_bubble(w, side, seconds);
  return has_picture(w) ? picture_bubble(w, side) : words_bubble(w, side);
}

}  // namespace

int paint_bubble(const Paint& w) {
  Painter& painter = w.painter();
  const Theme& theme = painter.theme();
  const bool mine = w.flag(Prop::kMine, false);
  const std::string time = w.text(Prop::kTime);
  int y = w.y + 6;
  if (!time.empty()) {
    y += painter.text(time, {w.x, y + 4, w.width, 0},
                      {.size = 11, .color = theme.text2, .align = Align::kCenter}) +
         10;
  }
  const int face_x = mine ? w.x + w.width - kPad - kFace : w.x + kPad;
  const Rect face{face_x, y, kFace, kFace};
  const std::string whose = w.text(Prop::kAvatar);
  w.avatar(whose, face, 6);
  if (w.has_id()) w.touch(face, whose + "的头像", w.part("avatar"));
  const int face_end = y + kFace;
  const int edge = mine ? face_x - 12 : face_x + kFace + 12;
  if (const std::string name = w.text(Prop::kSender); !mine && !name.empty()) {
    y += painter.text(name, {edge, y - 2, w.width - kPad - edge + w.x, 0},
                      {.size = 12, .color = theme.text2});
  }
  y += said(w, {.mine = mine, .edge = edge, .y = y});
  if (const std::string quoted = w.text(Prop::kSubtitle); !quoted.empty())
    y += quotation(w, {.mine = mine, .edge = edge, .y = y}, quoted);
  return std::max(y, face_end) + 8 - w.y;
}

}  // namespace paperphone::layout

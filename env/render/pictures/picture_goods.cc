// Goods on a studio background. Which thing: variant % 24.
#include "env/render/pictures/picture_goods.h"

#include <cmath>

namespace paperphone::render {
namespace {

using namespace goods;

void studio(Sketch& s, const QColor& tone) {
  s.rect(0, 0, s.width, s.height,
         down(0, s.height, tone.lighter(104), tone.darker(106)));
  s.glow(s.width * 0.38, s.height * 0.3, 75, QColor(255, 255, 255, 170));
  const double floor = s.height / 2 + 22;
  s.rect(0, floor, s.width, s.height - floor,
         down(floor, s.height, clear(tone.darker(112), 0), tone.darker(116)));
}

void bottle(Sketch& s, const Paint& p) {
  s.round_rect(36, 34, 28, kFloor - 34, 7, round_body(36, 64, p.main));
  QPainterPath neck(QPointF(37, 40));
  neck.cubicTo(37, 30, 44, 31, 44, 24);
  neck.lineTo(56, 24);
  neck.cubicTo(56, 31, 63, 30, 63, 40);
  neck.closeSubpath();
  s.flat(neck, round_body(36, 64, p.main));
  s.round_rect(42.5, 12, 15, 12.5, 2, round_body(42, 58, p.accent));
  s.round_rect(36, 48, 28, 22, 0.5, round_body(36, 64, QColor(0xFFFAF6EE)));
  s.ellipse(50, 56, 5, 5, p.accent);
  s.rect(42, 63.5, 16, 1.2, p.main.darker(130));
  s.rect(44, 66, 12, 1, p.main.darker(110));
  s.rect(40, 38, 2.2, 42, QColor(255, 255, 255, 90));
}

void shoe(Sketch& s, const Paint& p) {
  QPainterPath sole(QPointF(12, 72));
  sole.cubicTo(12, 80, 14, kFloor, 22, kFloor);
  sole.lineTo(84, kFloor);
  sole.cubicTo(91, kFloor, 92, 76, 90, 72);
  sole.closeSubpath();
  s.flat(sole, down(70, kFloor, Qt::white, QColor(0xFFD5D5D8)));
  QPainterPath upper(QPointF(14, 73));
  upper.cubicTo(12, 58, 14, 46, 18, 38);
  upper.cubicTo(24, 44, 32, 44, 37, 37);
  upper.cubicTo(44, 50, 54, 57, 66, 60);
  upper.cubicTo(80, 62, 90, 64, 90, 73);
  upper.closeSubpath();
  s.flat(upper, down(36, 74, p.main.lighter(118), p.main.darker(115)));
  QPainterPath toe(QPointF(70, 73));
  toe.cubicTo(70, 66, 76, 62, 80, 62.4);
  toe.cubicTo(87, 64, 90, 67, 90, 73);
  toe.closeSubpath();
  s.flat(toe, p.main.darker(125));
  QPainterPath swoosh(QPointF(22, 56));
  swoosh.cubicTo(30, 70, 44, 70, 60, 62);
  swoosh.cubicTo(46, 76, 28, 76, 22, 56);
  s.flat(swoosh, p.accent);
  for (int i = 0; i < 4; ++i) {
    s.line(39 + i * 6, 44 + i * 4.4, 46 + i * 5.6, 41 + i * 4.6, Qt::white, 1.6);
  }
  s.line(18, 40, 17, 62, p.accent, 2.4);
}

void handbag(Sketch& s, const Paint& p) {
  QPainterPath strap(QPointF(33, 46));
  strap.cubicTo(34, 12, 66, 12, 67, 46);
  s.stroke(strap, p.main.darker(140), 3.6);
  s.stroke(strap, p.main.darker(105), 2);
  QPainterPath body(QPointF(24, 42));
  body.lineTo(76, 42);
  body.cubicTo(80, 58, 84, 72, 82, 80);
  body.quadTo(81, kFloor, 76, kFloor);
  body.lineTo(24, kFloor);
  body.quadTo(19, kFloor, 18, 80);
  body.cubicTo(16, 72, 20, 58, 24, 42);
  s.flat(body, down(42, kFloor, p.main.lighter(115), p.main.darker(122)));
  QPainterPath flap(QPointF(23.5, 42));
  flap.lineTo(76.5, 42);
  flap.cubicTo(78, 56, 66, 64, 50, 64);
  flap.cubicTo(34, 64, 22, 56, 23.5, 42);
  s.flat(flap, down(42, 64, p.main.lighter(125), p.main));
  s.stroke(flap, p.main.darker(130), 0.7);
  s.round_rect(45, 58, 10, 9, 2, QColor(0xFFE3C06A));
  s.round_rect(47.2, 60.2, 5.6, 4.6, 1, QColor(0xFFB98F3A));
}

void lamp(Sketch& s, const Paint& p) {
  s.glow(50, 46, 40, QColor(255, 232, 160, 170));
  s.rect(48.6, 46, 2.8, kFloor - 48, QColor(0xFF5A5148));
  s.ellipse(50, kFloor - 2, 16, 3.6, QColor(0xFF3F3934));
  s.ellipse(50, kFloor - 3.4, 15, 3, QColor(0xFF6B6259));
  QPainterPath shade(QPointF(38, 14));
  shade.lineTo(62, 14);
  shade.lineTo(76, 48);
  shade.quadTo(50, 54, 24, 48);
  shade.closeSubpath();
  s.flat(shade, down(14, 50, p.main.lighter(120), QColor(0xFFFFF0C4)));
  for (int i = 1; i < 6; ++i) {
    s.line(38 + i * 4.0, 14, 24 + i * 8.7, 50, clear(p.main.darker(130), 70), 0.6);
  }
}

void mug(Sketch& s, const Paint& p) {
  s.painter.setBrush(Qt::NoBrush);
  s.painter.setPen(QPen(p.main.darker(115), 5));
  s.painter.drawEllipse(QPointF(72, 59), 11, 12);
  s.round_rect(26, 38, 46, kFloor - 38, 8, round_body(26, 72, p.main));
  s.ellipse(49, 38, 23, 5.5, p.main.lighter(125));
  s.ellipse(49, 38.6, 20.5, 4.4, QColor(0xFF6B4029));
  s.ellipse(49, 38.6, 9, 1.9, QColor(0xFFC08A5A));
  s.ellipse(49, 62, 9, 9, p.accent);
  s.ellipse(49, 62, 5.5, 5.5, p.main.lighter(120));
  for (int i = 0; i < 3; ++i) {
    QPainterPath steam(QPointF(41 + i * 8, 30));
    steam.cubicTo(37 + i * 8, 24, 46 + i * 8, 20, 41 + i * 8, 12);
    s.stroke(steam, QColor(255, 255, 255, 150), 1.8);
  }
}

void handset(Sketch& s, const Paint& p) {
  s.round_rect(53, 17, 30, 63, 6, p.main.darker(115));  // the back of another
  s.round_rect(54, 18, 28, 61, 5.4, round_body(54, 90, p.main));
  s.round_rect(57, 21, 11, 17, 4, p.main.darker(125));
  for (double y : {25.5, 33.5}) {
    s.ellipse(62.5, y, 3.2, 3.2, QColor(0xFF1B1D22));
    s.ellipse(62.5, y, 1.4, 1.4, QColor(0xFF4A5B7A));
  }
  s.round_rect(25, 13, 35, 71, 6.5, QColor(0xFF15171C));
  QLinearGradient screen(26, 15, 58, 83);
  screen.setColorAt(0, p.accent.lighter(130));
  screen.setColorAt(0.5, p.main);
  screen.setColorAt(1, p.main.darker(170));
  s.round_rect(26.6, 14.6, 31.8, 67.8, 5.2, screen);
  s.ellipse(50, 60, 17, 17, clear(p.accent.lighter(140), 70));
  s.ellipse(36, 44, 12, 12, QColor(255, 255, 255, 40));
  s.ellipse(42.5, 18.4, 1.2, 1.2, QColor(0xFF15171C));
  s.round_rect(36, 79.4, 13, 0.9, 0.45, QColor(255, 255, 255, 200));
}

void shirt(Sketch& s, const Paint& p) {
  QPainterPath body(QPointF(38, 18));
  body.quadTo(50, 27, 62, 18);
  body.lineTo(76, 24);
  body.lineTo(90, 44);
  body.lineTo(78, 52);
  body.lineTo(72, 45);
  body.lineTo(73, kFloor + 2);
  body.quadTo(50, kFloor + 5, 27, kFloor + 2);
  body.lineTo(28, 45);
  body.lineTo(22, 52);
  body.lineTo(10, 44);
  body.lineTo(24, 24);
  body.closeSubpath();
  s.flat(body, across(15, 85, p.main.lighter(112), p.main.darker(112)));
  QPainterPath collar(QPointF(38, 18));
  collar.quadTo(50, 27, 62, 18);
  s.stroke(collar, p.main.darker(130), 2.4);
  for (double x : {28.0, 72.0})
    s.line(x, 45, x, 62, clear(p.main.darker(140), 120), 0.8);
  for (double x : {40.0, 58.0}) {
    s.line(x, 62, x + 2, 82, clear(p.main.darker(130), 70), 1.6);
  }
  if (s.rng.chance(0.5)) {
    s.ellipse(50, 50, 11, 11, p.accent);
    s.ellipse(46, 47, 4, 4, clear(QColor(Qt::white), 170));
    s.rect(42, 53, 16, 2, QColor(255, 255, 255, 190));
  } else {
    for (double y : {44.0, 52.0, 60.0}) s.rect(28.4, y, 43.4, 3.6, p.accent);
  }
}

void headphones(Sketch& s, const Paint& p) {
  QPainterPath band(QPointF(24, 60));
  band.cubicTo(20, 10, 80, 10, 76, 60);
  s.stroke(band, p.main.darker(135), 7);
  s.stroke(band, p.main.lighter(108), 4.4);
  for (double sign : {-1.0, 1.0}) {
    const double x = 50 + sign * 26;
    s.round_rect(x - 9, 48, 18, 34, 8.5, round_body(x - 9, x + 9, p.main));
    s.round_rect(x - 9 - sign * 5 + 4, 51, 10, 28, 5, p.main.darker(175));
    s.ellipse(x + sign * 3.5, 65, 4, 6.5, p.accent);
  }
}

void watch(Sketch& s, const Paint& p) {
  QPainterPath strap(QPointF(40, 6));
  strap.lineTo(60, 6);
  strap.lineTo(63, 34);
  strap.lineTo(63, 66);
  strap.lineTo(60, 95);
  strap.lineTo(40, 95);
  strap.lineTo(37, 66);
  strap.lineTo(37, 34);
  s.flat(strap, round_body(36, 64, p.accent.darker(125)));
  s.round_rect(73, 46, 4.4, 8, 1.6, QColor(0xFF9A9AA2));
  QRadialGradient metal(QPointF(42, 38), 40);
  metal.setColorAt(0, QColor(0xFFF4F4F6));
  metal.setColorAt(1, QColor(0xFF8E9098));
  s.ellipse(50, 50, 25, 25, metal);
  s.ellipse(50, 50, 21.5, 21.5, p.main.darker(140));
  s.ellipse(50, 50, 20.5, 20.5, p.main);
  for (int i = 0; i < 12; ++i) {
    const double a = i * 0.5236, r = i % 3 ? 18 : 16.4;
    s.line(50 + r * std::cos(a), 50 + r * std::sin(a), 50 + 19.2 * std::cos(a),
           50 + 19.2 * std::sin(a), Qt::white, i % 3 ? 0.7 : 1.4);
  }
  s.line(50, 50, 42, 42, Qt::white, 1.8);
  s.line(50, 50, 58, 38, Qt::white, 1.3);
  s.line(50, 53, 50, 34, QColor(0xFFFF6B57), 0.7);
  s.ellipse(50, 50, 1.7, 1.7, QColor(0xFFFF6B57));
}

void chair(Sketch& s, const Paint& p) {
  const QColor wood(0xFF9A6B43);
  for (double x : {30.0, 66.0}) {
    s.line(x + (x < 50 ? 2 : 2), 62, x + (x < 50 ? -5 : 8), kFloor + 3,
           wood.darker(112), 3);
  }
  s.line(40, 64, 37, kFloor - 3, wood.darker(150), 2.4);
  s.line(60, 64, 63, kFloor - 3, wood.darker(150), 2.4);
  s.round_rect(27, 12, 46, 44, 14,
               down(12, 56, p.main.lighter(116), p.main.darker(112)));
  s.round_rect(24, 50, 52, 15, 7,
               down(50, 66, p.main.lighter(124), p.main.darker(118)));
  for (double x : {38.0, 50.0, 62.0}) s.ellipse(x, 32, 1.3, 1.3, p.main.darker(140));
  s.round_rect(40, 34, 21, 18, 5, p.accent.lighter(110));
}

void book(Sketch& s, const Paint& p) {
  s.painter.save();
  s.painter.translate(50, 50);
  s.painter.rotate(-7);
  s.painter.translate(-50, -50);
  s.round_rect(30, 17, 46, 66, 1.5, p.main.darker(150));
  for (int i = 0; i < 5; ++i) s.rect(73 + i * 0.6, 19, 0.4, 62, QColor(0xFFF6F1E4));
  s.round_rect(26, 15, 47, 66, 1.5,
               across(26, 73, p.main.darker(112), p.main.lighter(108)));
  s.rect(30, 15, 1, 66, p.main.darker(135));
  s.ellipse(52, 42, 14, 14, p.accent);
  QPainterPath hill(QPointF(36, 58));
  hill.cubicTo(44, 44, 50, 52, 54, 48);
  hill.cubicTo(60, 44, 66, 52, 70, 58);
  hill.closeSubpath();
  s.flat(hill, clear(QColor(Qt::white), 210));
  s.rect(40, 22, 24, 2.4, QColor(255, 255, 255, 220));
  s.rect(44, 66, 16, 1.6, QColor(255, 255, 255, 200));
  s.rect(47, 70, 10, 1.2, QColor(255, 255, 255, 160));
  s.painter.restore();
}

void jar(Sketch& s, const Paint& p) {
  s.round_rect(48, 30, 17, kFloor - 30, 3, round_body(48, 65, p.accent));  // a tube
  s.round_rect(49.5, 20, 14, 11, 2, round_body(49, 64, QColor(0xFFE9D9B0)));
  s.rect(51, 46, 11, 1.4, QColor(255, 255, 255, 210));
  s.rect(53, 50, 7, 1, QColor(255, 255, 255, 170));
  s.round_rect(22, 56, 34, kFloor - 56, 6, round_body(22, 56, p.main.lighter(110)));
  s.round_rect(21, 46, 36, 13, 3.5, round_body(21, 57, QColor(0xFFF3EEE6)));
  s.ellipse(39, 72, 6, 6, QColor(255, 255, 255, 190));
  s.ellipse(39, 72, 3, 3, p.main);
  s.ellipse(74, kFloor - 4, 8, 4.4, QColor(0xFF8FBF7A));  // a leaf
  s.line(67, kFloor - 3, 81, kFloor - 5, QColor(0xFF5E8F4E), 0.6);
}

}  // namespace

void sketch_goods(Sketch& s) {
  constexpr void (*kThings[])(Sketch&, const Paint&) = {
      bottle,   shoe,     handbag, lamp,   mug,       handset, shirt,       headphones,
      watch,    chair,    book,    jar,    snack_bag, carton,  phone_stand, power_bank,
      keyboard, trousers, cap,     towels, pot,       bear,    ball,        toy_car};
  const QColor tone(s.one_of({0xFFF1EDE8, 0xFFE4ECF3, 0xFFF7E3DD, 0xFFE6F0E4,
                              0xFFEFE6F4, 0xFFFBF0D4, 0xFFDCE6EA, 0xFFF4F4F6}));
  const Paint paint{QColor(s.one_of({0xFF3F6FB5, 0xFFC8553D, 0xFF3E8E7E, 0xFF2F3B4E,
                                     0xFFE0A030, 0xFFB5658F, 0xFF7D8A95, 0xFFE8DCC8,
                                     0xFF8C6BB8, 0xFFD9706A, 0xFF5B8F4A, 0xFFF2EFEA})),
                    QColor(s.one_of({0xFFF2C14E, 0xFFE86A5C, 0xFF4EA8DE, 0xFF55B38A,
                                     0xFFF08CA8, 0xFF34404F}))};
  studio(s, tone);
  s.painter.translate(s.width / 2 - 50, s.height / 2 - 50);
  s.soft_shadow(51, kFloor, 42, 7, 150);
  kThings[s.variant % std::size(kThings)](s, paint);
}

}  // namespace paperphone::render

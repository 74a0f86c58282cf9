// Goods of the wardrobe and the playroom.
#include <algorithm>

#include "env/render/pictures/picture_goods.h"

namespace paperphone::render::goods {

void trousers(Sketch& s, const Paint& p) {
  QPainterPath body(QPointF(33, 12));
  body.lineTo(67, 12);
  body.cubicTo(72, 34, 74, 60, 75, 89);
  body.lineTo(55, 89);
  body.lineTo(50, 42);
  body.lineTo(45, 89);
  body.lineTo(25, 89);
  body.cubicTo(26, 60, 28, 34, 33, 12);
  body.closeSubpath();
  QLinearGradient cloth(25, 0, 75, 0);
  for (double at : {0.0, 0.5}) {  // each leg is round
    cloth.setColorAt(at, p.main.darker(at > 0 ? 124 : 116));
    cloth.setColorAt(at + 0.2, p.main.lighter(114));
    cloth.setColorAt(at + 0.49, p.main.darker(118));
  }
  s.flat(body, cloth);
  const QColor seam = clear(p.main.darker(160), 170);
  for (double sign : {-1.0, 1.0}) {
    QPainterPath pocket(QPointF(50 + sign * 9, 18));
    pocket.quadTo(50 + sign * 11, 27, 50 + sign * 19.6, 27);
    s.stroke(pocket, seam, 0.9);
    s.line(50 + sign * 15, 34, 50 + sign * 15.4, 82, clear(p.main.darker(140), 90),
           0.8);
    s.rect(50 + sign * 15 - 10, 84.6, 20, 4.4, clear(p.main.lighter(135), 170));
    s.line(50 + sign * 15 - 9.6, 84.6, 50 + sign * 15 + 9.6, 84.6, seam, 0.7);
  }
  QPainterPath fly(QPointF(50, 18));
  fly.lineTo(50, 42);
  s.stroke(fly, seam, 0.8);
  QPainterPath hook(QPointF(54, 18));
  hook.cubicTo(54.4, 28, 54, 33, 50, 35);
  s.stroke(hook, clear(seam, 120), 0.7);
  s.rect(32, 12, 36, 5.8, across(32, 68, p.main.darker(118), p.main.darker(134)));
  for (double x : {36.0, 43.0, 56.0, 62.6})
    s.rect(x, 11.4, 1.8, 7.4, p.main.lighter(112));
  s.ellipse(50, 15, 1.9, 1.9, p.accent);
  s.ellipse(49.6, 14.6, 0.7, 0.7, QColor(255, 255, 255, 200));
}

void cap(Sketch& s, const Paint& p) {
  QPainterPath brim(QPointF(58, 69));
  brim.cubicTo(74, 62, 92, 68, 97, 79);
  brim.cubicTo(97, 83, 92, 83, 88, 81);
  brim.cubicTo(76, 76, 62, 78, 46, 79);
  brim.closeSubpath();
  s.flat(brim, down(64, 82, p.accent.lighter(108), p.accent.darker(140)));
  QPainterPath dome(QPointF(11, 76));
  dome.cubicTo(6, 22, 66, 14, 72, 68);
  dome.cubicTo(58, 70, 46, 76, 40, 80);
  dome.quadTo(24, 81, 11, 76);
  dome.closeSubpath();
  QRadialGradient cloth(QPointF(34, 40), 52);
  cloth.setColorAt(0, p.main.lighter(124));
  cloth.setColorAt(0.5, p.main);
  cloth.setColorAt(1, p.main.darker(142));
  s.flat(dome, cloth);
  const QColor seam = clear(p.main.darker(150), 170);
  QPainterPath left(QPointF(42, 31));
  left.cubicTo(26, 40, 22, 60, 23, 79);
  s.stroke(left, seam, 0.9);
  QPainterPath right(QPointF(42, 31));
  right.cubicTo(54, 40, 60, 54, 61, 70);
  s.stroke(right, seam, 0.9);
  QPainterPath band(QPointF(11, 76));
  band.quadTo(24, 81, 40, 80);
  band.cubicTo(46, 76, 58, 70, 72, 68);
  s.stroke(band, p.main.darker(135), 2);
  s.ellipse(42, 30.6, 3, 1.9, p.accent.darker(110));
  for (double x : {29.0, 53.0}) s.ellipse(x, 45, 1.1, 1.1, p.main.darker(165));
  s.ellipse(42, 60, 8.4, 8.4, QColor(255, 255, 255, 235));
  s.ellipse(42, 60, 6, 6, p.accent);
}

void towels(Sketch& s, const Paint& p) {
  const QColor cloths[] = {p.main, QColor(0xFFF6F1E8), p.accent};
  double top = kFloor;
  for (int i = 0; i < 3; ++i) {
    const QColor& color = cloths[i];
    const double left = 14 + i * 1.6, width = 72 - i * 3, height = 15.4;
    top -= height;
    s.round_rect(left, top, width, height, 6.4,
                 down(top, top + height, color.lighter(112), color.darker(126)));
    s.rect(left + width - 16, top + 0.2, 15.4, height - 0.4,  // the open edge
           down(top, top + height, color.lighter(112), color.darker(126)));
    for (double y : {4.8, 9.8}) {
      s.line(left + 8, top + y, left + width - 0.8, top + y,
             clear(color.darker(155), 120), 0.8);
    }
    const QColor hem = i == 1 ? p.main : QColor(0xFFFBF7F0);
    for (double x : {13.0, 16.4}) {
      s.rect(left + width - x, top + 0.4, 1.6, height - 0.8, clear(hem, 190));
    }
  }
  // a roll on top
  const double y = top - 9.4;
  s.round_rect(25, top - 18.8, 50, 18.8, 9,
               down(top - 19, top, p.main.lighter(118), p.main.darker(124)));
  s.ellipse(68.6, y, 8, 9.4, p.main.darker(112));
  s.ellipse(68.6, y, 6.8, 8.2, p.main.lighter(118));
  QPainterPath spiral(QPointF(68.6, y));
  spiral.cubicTo(71.6, y - 3.4, 73, y + 4, 68, y + 4.2);
  spiral.cubicTo(62.4, y + 4, 63, y - 5.6, 69, y - 5.8);
  spiral.cubicTo(73, y - 5.6, 74.4, y - 1, 73.6, y + 3);
  s.stroke(spiral, p.main.darker(135), 1.1);
  for (double x : {34.0, 38.0}) s.rect(x, top - 18.6, 2.2, 18.4, clear(p.accent, 220));
}

void bear(Sketch& s, const Paint& p) {
  const auto fur = [&](double cx, double cy, double rx, double ry, int shade = 100) {
    QRadialGradient g(QPointF(cx - rx * 0.3, cy - ry * 0.4), std::max(rx, ry) * 1.5);
    g.setColorAt(0, p.main.lighter(118).darker(shade));
    g.setColorAt(0.5, p.main.darker(shade));
    g.setColorAt(1, p.main.darker(150).darker(shade));
    s.ellipse(cx, cy, rx, ry, g);
  };
  const QColor cream = mixed(p.main, QColor(0xFFFFF3DC), 0.8);
  for (double sign : {-1.0, 1.0}) {
    fur(50 + sign * 18, 18, 8, 8);  // ears
    s.ellipse(50 + sign * 18, 18.6, 4.6, 4.6, cream.darker(108));
    fur(50 + sign * 23, 58, 7, 12, 108);  // arms
  }
  fur(50, 64, 22, 20);
  s.ellipse(50, 65, 13, 13, cream);
  for (double sign : {-1.0, 1.0}) {
    fur(50 + sign * 18, 76, 10, 9.4);  // feet
    s.ellipse(50 + sign * 18.6, 77, 5.6, 5.4, cream.darker(106));
    for (double toe : {-3.2, 0.0, 3.2}) {
      s.ellipse(50 + sign * 18.6 + toe, 71.6 + (toe == 0 ? -0.8 : 0), 1.2, 1.1,
                cream.darker(106));
    }
  }
  fur(50, 31, 23, 20);
  s.ellipse(50, 37.6, 10.4, 8.4, cream);
  s.ellipse(50, 33.6, 3.4, 2.4, QColor(0xFF3A2A22));
  QPainterPath mouth(QPointF(45.6, 39.4));
  mouth.quadTo(48, 42.4, 50, 39.4);
  mouth.quadTo(52, 42.4, 54.4, 39.4);
  s.stroke(mouth, QColor(0xFF3A2A22), 1);
  for (double x : {41.0, 59.0}) {
    s.ellipse(x, 28, 2.3, 2.6, QColor(0xFF2A1F1A));
    s.ellipse(x - 0.7, 27, 0.8, 0.8, Qt::white);
  }
  for (double sign : {-1.0, 1.0}) {  // a bow
    QPainterPath loop(QPointF(50, 52));
    loop.lineTo(50 + sign * 11, 46.6);
    loop.quadTo(50 + sign * 13.6, 52, 50 + sign * 11, 57.4);
    loop.closeSubpath();
    s.flat(loop, down(46, 58, p.accent.lighter(112), p.accent.darker(116)));
  }
  s.ellipse(50, 52, 3, 3.4, p.accent.darker(128));
}

void ball(Sketch& s, const Paint& p) {
  constexpr double kX = 50, kY = 50, kRadius = 34;
  QRadialGradient skin(QPointF(38, 36), 62);
  skin.setColorAt(0, p.main.lighter(132));
  skin.setColorAt(0.4, p.main);
  skin.setColorAt(1, p.main.darker(175));
  s.ellipse(kX, kY, kRadius, kRadius, skin);
  s.painter.save();
  s.painter.translate(kX, kY);
  s.painter.rotate(s.real(-32, 32));
  QPainterPath round;
  round.addEllipse(QPointF(0, 0), kRadius, kRadius);
  s.painter.setClipPath(round);
  const QColor seam(0xFF2A2422);
  QPainterPath meridian(QPointF(0, -kRadius));
  meridian.quadTo(7, 0, 0, kRadius);
  s.stroke(meridian, seam, 1.8);
  QPainterPath equator(QPointF(-kRadius, 0));
  equator.quadTo(0, 8, kRadius, 0);
  s.stroke(equator, seam, 1.8);
  for (double sign : {-1.0, 1.0}) {
    QPainterPath side(QPointF(sign * 25, -kRadius));
    side.cubicTo(sign * 9, -14, sign * 11, 14, sign * 25, kRadius);
    s.stroke(side, seam, 1.8);
  }
  s.painter.restore();
  s.glow(37, 33, 15, QColor(255, 255, 255, 130));
}

void toy_car(Sketch& s, const Paint& p) {
  QPainterPath body(QPointF(7, 70));
  body.cubicTo(6, 56, 10, 51, 20, 50);
  body.cubicTo(27, 32, 34, 28, 46, 28);
  body.cubicTo(62, 28, 67, 36, 73, 50);
  body.cubicTo(90, 51, 95, 58, 94, 70);
  body.quadTo(94, 76, 88, 76);
  body.lineTo(13, 76);
  body.quadTo(7, 76, 7, 70);
  s.flat(body, down(28, 76, p.main.lighter(126), p.main.darker(122)));
  const QLinearGradient glass = down(33, 50, QColor(0xFFE6F4FA), QColor(0xFF8FB4C8));
  QPainterPath back(QPointF(27, 49));
  back.cubicTo(31, 37, 36, 34, 45, 34);
  back.lineTo(45, 49);
  back.closeSubpath();
  s.flat(back, glass);
  QPainterPath front(QPointF(49, 34));
  front.cubicTo(58, 34, 62, 38, 66, 49);
  front.lineTo(49, 49);
  front.closeSubpath();
  s.flat(front, glass);
  s.line(31, 46, 37, 37, QColor(255, 255, 255, 190), 1.4);
  s.line(52, 46, 55, 37, QColor(255, 255, 255, 190), 1.4);
  s.rect(8, 60, 85.4, 4.4, p.accent);
  s.line(47, 52, 47, 72, clear(p.main.darker(150), 150), 0.8);
  s.round_rect(40, 54.6, 5, 1.8, 0.9, p.main.darker(145));
  s.ellipse(89.6, 57.4, 3, 3.6, QColor(0xFFFFF1B8));
  s.round_rect(7.4, 55, 3.4, 4, 1.4, QColor(0xFFE4574B));
  QPainterPath gloss(QPointF(29, 37));
  gloss.cubicTo(34, 30.6, 42, 30.4, 52, 30.8);
  s.stroke(gloss, QColor(255, 255, 255, 120), 1.3);
  for (double x : {27.0, 74.0}) {
    s.ellipse(x, 74, 12.4, 12.4, p.main.darker(160));
    s.ellipse(x, 75, 11, 11, QColor(0xFF2A2C33));
    s.ellipse(x, 75, 6.4, 6.4, QColor(0xFFF1F2F5));
    s.ellipse(x, 75, 4.6, 4.6, p.accent);
    s.ellipse(x - 1.2, 73.8, 1.4, 1.4, QColor(255, 255, 255, 200));
  }
}

}  // namespace paperphone::render::goods

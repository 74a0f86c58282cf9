// Goods of the desk and the kitchen.
#include <algorithm>
#include <utility>

#include "env/render/pictures/picture_goods.h"

namespace paperphone::render::goods {

void snack_bag(Sketch& s, const Paint& p) {
  QPainterPath body(QPointF(26, 17));
  body.cubicTo(17, 36, 17, 64, 25, kFloor - 4);
  body.lineTo(75, kFloor - 4);
  body.cubicTo(83, 64, 83, 36, 74, 17);
  body.closeSubpath();
  s.flat(body, round_body(18, 82, p.main));
  for (const auto& [seam, edge] : {std::pair{17.5, 10.0}, {kFloor - 5.0, kFloor + 2}}) {
    QPainterPath crimp(QPointF(25.4, seam));
    for (int i = 0; i <= 24; ++i) {
      crimp.lineTo(25.4 + i * 2.05, edge + (i % 2 ? (seam - edge) * 0.18 : 0));
    }
    crimp.lineTo(74.6, seam);
    crimp.closeSubpath();
    s.flat(crimp, round_body(25, 75, p.main.darker(112)));
    const double middle = (seam + edge) / 2;
    s.line(27, middle, 73, middle, clear(p.main.darker(150), 130), 0.7);
  }
  QPainterPath fold(QPointF(30, 24));
  fold.cubicTo(25, 38, 25, 58, 29, 72);
  s.stroke(fold, QColor(255, 255, 255, 100), 2.6);
  s.ellipse(50, 52, 20, 15, p.accent);
  s.ellipse(50, 52, 18, 13, QColor(0xFFFFF8E8));
  for (const auto& [x, y] : {std::pair{42.0, 54.0}, {56.0, 55.0}, {49.0, 48.0}}) {
    s.ellipse(x, y, 6, 4.6, QColor(0xFFB9772F));
    s.ellipse(x - 0.7, y - 0.8, 4.6, 3.2, QColor(0xFFE0A552));
    s.line(x - 2.6, y - 0.8, x + 2, y + 0.4, QColor(0xFFB9772F), 0.7);
  }
  s.round_rect(33, 26, 34, 5, 2.5, QColor(255, 255, 255, 225));
  s.rect(40, 33.6, 20, 1.4, QColor(255, 255, 255, 170));
  s.rect(39, 72, 22, 1.3, QColor(255, 255, 255, 150));
}

void carton(Sketch& s, const Paint& p) {
  constexpr double kLeft = 17, kRight = 65, kTop = 34;
  const QPointF depth(17, -10);
  const auto leaning = [&](double y1, double y2) {  // a strip of the right side
    QPainterPath strip(QPointF(kRight, y1));
    strip.lineTo(QPointF(kRight, y1) + depth);
    strip.lineTo(QPointF(kRight, y2) + depth);
    strip.lineTo(kRight, y2);
    strip.closeSubpath();
    return strip;
  };
  QPainterPath lid(QPointF(kLeft, kTop));
  lid.lineTo(QPointF(kLeft, kTop) + depth);
  lid.lineTo(QPointF(kRight, kTop) + depth);
  lid.lineTo(kRight, kTop);
  lid.closeSubpath();
  s.flat(lid, p.main.lighter(126));
  s.line(kLeft + depth.x() / 2, kTop + depth.y() / 2, kRight + depth.x() / 2,
         kTop + depth.y() / 2, clear(p.main.darker(140), 110), 0.7);
  s.flat(leaning(kTop, kFloor),
         across(kRight, 82, p.main.darker(128), p.main.darker(155)));
  s.flat(leaning(66, 77), p.accent.darker(135));
  s.rect(kLeft, kTop, kRight - kLeft, kFloor - kTop,
         across(kLeft, kRight, p.main.lighter(112), p.main.darker(104)));
  s.rect(kLeft, 66, kRight - kLeft, 11, p.accent);
  s.ellipse(41, 52, 12.5, 12.5, p.accent);
  s.ellipse(41, 52, 11, 11, QColor(0xFFFFF8EC));
  QPainterPath petals;
  for (int i = 0; i < 4; ++i) {
    petals.addEllipse(QPointF(41 + (i % 2 ? 3.4 : -3.4), 52 + (i / 2 ? 3.4 : -3.4)),
                      3.6, 3.6);
  }
  petals.setFillRule(Qt::WindingFill);
  s.flat(petals, p.main.darker(104));
  s.ellipse(41, 52, 2.4, 2.4, p.accent);
  s.rect(24, 70, 34, 1.4, QColor(255, 255, 255, 230));
  s.rect(31, 73, 20, 1, QColor(255, 255, 255, 180));
  s.rect(kLeft, kTop, 1, kFloor - kTop, QColor(255, 255, 255, 90));
}

void phone_stand(Sketch& s, const Paint& p) {
  s.ellipse(50, kFloor - 2, 25, 5.4, p.main.darker(150));  // the foot
  s.ellipse(50, kFloor - 3.8, 25, 5.4, round_body(25, 75, p.main));
  s.ellipse(50, kFloor - 4.6, 19, 3.6, clear(QColor(Qt::white), 50));
  s.round_rect(46.4, 44, 7.2, kFloor - 47, 2, round_body(46, 54, p.main.darker(108)));
  s.ellipse(50, 62, 6.4, 6.4, round_body(43, 57, p.main.darker(125)));
  s.ellipse(50, 62, 2.6, 2.6, p.accent);
  s.round_rect(12, 12, 76, 40, 5.6, QColor(0xFF15171C));  // a telephone on its side
  QLinearGradient screen(14, 14, 86, 50);
  screen.setColorAt(0, p.accent.lighter(125));
  screen.setColorAt(0.55, mixed(p.accent, QColor(0xFF3A4A7A), 0.6));
  screen.setColorAt(1, QColor(0xFF232B4A));
  s.round_rect(14, 14, 72, 36, 4, screen);
  s.ellipse(66, 24, 5, 5, QColor(255, 244, 214, 220));
  QPainterPath hills(QPointF(14, 45));
  hills.cubicTo(24, 28, 32, 30, 42, 42);
  hills.cubicTo(54, 30, 66, 34, 86, 44);
  hills.lineTo(86, 46);
  hills.quadTo(86, 50, 82, 50);
  hills.lineTo(18, 50);
  hills.quadTo(14, 50, 14, 46);
  hills.closeSubpath();
  s.flat(hills, QColor(20, 30, 50, 110));
  s.ellipse(50, 32, 7, 7, QColor(255, 255, 255, 210));
  QPainterPath play(QPointF(47.8, 28));
  play.lineTo(54.4, 32);
  play.lineTo(47.8, 36);
  play.closeSubpath();
  s.flat(play, QColor(0xFF2B3354));
  for (double x : {32.0, 60.0}) {  // the hooks that hold it
    s.round_rect(x, 47, 8, 7.4, 2.2, round_body(x, x + 8, p.main));
  }
  s.round_rect(30, 51.4, 40, 5, 2.4, round_body(30, 70, p.main));
}

void power_bank(Sketch& s, const Paint& p) {
  QPainterPath cable(QPointF(39, 22));
  cable.cubicTo(39, 2, 76, 4, 76, 30);
  cable.cubicTo(76, 46, 66, 46, 66, 56);
  cable.cubicTo(66, 64, 78, 60, 78, 70);
  s.stroke(cable, QColor(0xFFB9BEC8), 3.2);
  s.stroke(cable, QColor(0xFFF6F7FA), 2);
  s.round_rect(74.4, 66, 7.2, 11, 1.8, round_body(74, 82, QColor(0xFFE9EBF0)));
  s.round_rect(75.6, 76.4, 4.8, 6, 0.8, round_body(75, 81, QColor(0xFFAEB4BF)));
  s.round_rect(35, 17, 8, 8, 1.6, round_body(35, 43, QColor(0xFFE9EBF0)));
  s.round_rect(21, 23, 38, kFloor - 23, 7, p.main.darker(150));
  s.round_rect(21, 23, 36.4, kFloor - 23, 7, round_body(21, 62, p.main));
  s.round_rect(24.4, 26.4, 1.8, 50, 0.9, QColor(255, 255, 255, 110));
  QPainterPath bolt(QPointF(41.4, 38));
  bolt.lineTo(32, 55);
  bolt.lineTo(38.4, 55);
  bolt.lineTo(36.4, 67);
  bolt.lineTo(47, 49.6);
  bolt.lineTo(40.4, 49.6);
  bolt.closeSubpath();
  s.flat(bolt, p.accent.lighter(108));
  s.stroke(bolt, QColor(255, 255, 255, 170), 0.8);
  const int lit = s.whole(1, 4);
  for (int i = 0; i < 4; ++i) {
    s.ellipse(31 + i * 5.4, 75, 1.5, 1.5,
              i < lit ? QColor(0xFFF4FFF4) : clear(p.main.darker(170), 200));
  }
}

void keyboard(Sketch& s, const Paint& p) {
  s.painter.save();
  s.painter.translate(50, 46);
  s.painter.rotate(-9);
  s.painter.translate(-50, -46);
  s.soft_shadow(50, 66, 48, 9, 110);
  s.round_rect(6, 27, 88, 38, 5, p.main.darker(150));
  s.round_rect(6, 25, 88, 38, 5, down(25, 63, p.main.lighter(112), p.main.darker(112)));
  for (int row = 0; row < 4; ++row) {
    const double y = 28.6 + row * 8.2;
    double x = 10;
    for (int i = 0; x < 88; ++i) {
      const bool bar = row == 3 && i == 3;
      const double width = std::min(bar ? 33.0 : i == 0 ? 5 + row * 1.8 : 6.2, 90 - x);
      const bool bright = (row == 0 && i == 0) || (row == 2 && x + width >= 88) || bar;
      const QColor key = bright ? p.accent : QColor(0xFFF7F5F1);
      s.round_rect(x, y + 0.9, width, 6.3, 1.3, key.darker(135));
      s.round_rect(x, y, width, 6.1, 1.3, key);
      x += width + 1.2;
    }
  }
  s.painter.restore();
  s.soft_shadow(76, kFloor, 14, 3, 120);  // a mouse
  s.round_rect(66, 64, 20, 20, 9, p.main.darker(140));
  s.round_rect(66, 62.6, 20, 20, 9, down(62, 83, p.main.lighter(124), p.main));
  s.line(76, 63.4, 76, 71, clear(p.main.darker(160), 160), 0.7);
  s.round_rect(75, 65, 2, 4.6, 1, p.accent.darker(110));
}

void pot(Sketch& s, const Paint& p) {
  s.round_rect(66, 52.6, 29, 5.6, 2.6,
               down(52, 58, QColor(0xFF4A433E), QColor(0xFF1E1A18)));
  s.ellipse(90.6, 55.4, 1.3, 1.3, QColor(0xFFB8ADA4));
  s.round_rect(5.6, 53, 10, 5, 2.4, QColor(0xFF2F2A27));
  QPainterPath body(QPointF(12, 48));
  body.lineTo(72, 48);
  body.lineTo(70, 74);
  body.quadTo(69, kFloor, 59, kFloor);
  body.lineTo(25, kFloor);
  body.quadTo(15, kFloor, 14, 74);
  body.closeSubpath();
  s.flat(body, round_body(12, 72, p.main));
  s.round_rect(19, 53, 2.6, 24, 1.3, QColor(255, 255, 255, 100));
  s.rect(22, kFloor - 2, 40, 2, clear(p.main.darker(180), 120));
  QPainterPath lid(QPointF(12, 47));
  lid.cubicTo(16, 27, 68, 27, 72, 47);
  lid.closeSubpath();
  s.flat(lid, down(30, 48, QColor(0xFFE4EEF2), QColor(0xFF9FB3BD)));
  QPainterPath shine(QPointF(20, 43));
  shine.cubicTo(24, 36, 32, 34, 38, 33.6);
  s.stroke(shine, QColor(255, 255, 255, 220), 2);
  s.round_rect(10, 45, 64, 4.6, 2.2, round_body(10, 74, QColor(0xFFCDD2D8)));
  s.round_rect(39, 28.4, 6, 5, 1, QColor(0xFF6B625C));
  s.ellipse(42, 26.6, 6.4, 3.8, round_body(35, 49, p.accent.darker(115)));
  for (double x : {31.0, 42.0, 53.0}) {
    QPainterPath steam(QPointF(x, 21));
    steam.cubicTo(x - 4, 16, x + 4, 12, x, 6);
    s.stroke(steam, QColor(255, 255, 255, 150), 1.7);
  }
}

}  // namespace paperphone::render::goods

// Posters and covers (large simple compositions), and geometric patterns.
#include <cmath>

#include "env/render/pictures/sketch.h"

namespace paperphone::render {
namespace {

struct Inks {
  QRgb ground, dark, main, second, light;
};

constexpr Inks kInks[] = {
    {0xFF1B2A49, 0xFF0D1526, 0xFFE4572E, 0xFFF3A712, 0xFFF5E9D3},
    {0xFFF6E7CB, 0xFF3A2E39, 0xFFC8553D, 0xFF588B8B, 0xFFFFFFFF},
    {0xFF2D1B4E, 0xFF160B2C, 0xFFE14594, 0xFF7045AF, 0xFFFFC7E0},
    {0xFF0F4C5C, 0xFF062A33, 0xFFFB8B24, 0xFFE36414, 0xFFFFE8C7},
    {0xFFE63946, 0xFF5A0F1A, 0xFFF1FAEE, 0xFFFFB703, 0xFFFFF3D6},
    {0xFFBFD7EA, 0xFF0B3954, 0xFFFF6663, 0xFF087E8B, 0xFFFFFFFF},
    {0xFF22333B, 0xFF0A0908, 0xFFC6AC8F, 0xFF5E503F, 0xFFEAE0D5},
    {0xFFFFD6A5, 0xFF5F0F40, 0xFF9A031E, 0xFFFB8B24, 0xFFFFF6E6},
};

const Inks& inks(Sketch& s) { return kInks[s.rng.below(std::size(kInks))]; }

void planet(Sketch& s, const Inks& c) {
  s.rect(0, 0, s.width, s.height, down(0, s.height, QColor(c.dark), QColor(c.ground)));
  for (int i = 0; i < 70; ++i) {
    const double x = s.real(0, s.width), y = s.real(0, s.height), r = s.real(0.2, 0.7);
    s.ellipse(x, y, r, r, clear(QColor(c.light), s.whole(80, 230)));
  }
  const double x = s.width * s.real(0.35, 0.65), y = s.height * s.real(0.38, 0.52),
               r = 26;
  s.glow(x, y, r * 1.7, clear(QColor(c.main), 120));
  QLinearGradient body(x - r, y - r, x + r, y + r);
  body.setColorAt(0, QColor(c.second));
  body.setColorAt(0.55, QColor(c.main));
  body.setColorAt(1, QColor(c.dark));
  s.ellipse(x, y, r, r, body);
  s.painter.save();
  s.painter.translate(x, y);
  s.painter.rotate(-20);
  s.painter.setBrush(Qt::NoBrush);
  for (int i = 0; i < 3; ++i) {
    s.painter.setPen(QPen(clear(QColor(c.light), 190 - 50 * i), 1.6 - 0.4 * i));
    s.painter.drawArc(QRectF(-40 - 3 * i, -9 - i, 80 + 6 * i, 18 + 2 * i), 150 * 16,
                      240 * 16);
  }
  s.painter.restore();
  QPainterPath land(QPointF(0, s.height));
  for (double px = 0; px <= s.width + 5; px += 5) {
    land.lineTo(px, s.height - 14 - 4 * std::sin(px / 13.0));
  }
  land.lineTo(s.width + 5, s.height);
  s.flat(land, QColor(c.dark));
  s.round_rect(s.width * 0.3, s.height - 23, 2.4, 9, 1.2, QColor(c.light));
  s.ellipse(s.width * 0.3 + 1.2, s.height - 25, 1.8, 1.8, QColor(c.light));
}

void sunburst(Sketch& s, const Inks& c) {
  s.rect(0, 0, s.width, s.height, QColor(c.ground));
  const double x = s.width / 2, y = s.height * 0.52, reach = s.width + s.height;
  for (int i = 0; i < 24; i += 2) {
    const double a = i * 6.2832 / 24, b = (i + 1) * 6.2832 / 24;
    QPainterPath ray(QPointF(x, y));
    ray.lineTo(x + reach * std::cos(a), y + reach * std::sin(a));
    ray.lineTo(x + reach * std::cos(b), y + reach * std::sin(b));
    s.flat(ray, clear(QColor(c.second), 120));
  }
  s.ellipse(x, y, 27, 27, QColor(c.main));
  s.ellipse(x, y, 27, 27,
            down(y - 27, y + 27, QColor(255, 255, 255, 60), QColor(0, 0, 0, 30)));
  QPainterPath peak(QPointF(-2, s.height));
  peak.lineTo(x - 38, y + 12);
  peak.lineTo(x - 20, y + 26);
  peak.lineTo(x + 4, y - 4);
  peak.lineTo(x + 28, y + 24);
  peak.lineTo(x + 44, y + 10);
  peak.lineTo(s.width + 2, s.height);
  s.flat(peak, down(y - 5, s.height, QColor(c.dark).lighter(130), QColor(c.dark)));
  QPainterPath snow(QPointF(x + 4, y - 4));
  snow.lineTo(x + 13, y + 6.5);
  snow.lineTo(x + 6, y + 5);
  snow.lineTo(x, y + 9);
  snow.lineTo(x - 6, y + 8);
  s.flat(snow, QColor(c.light));
}

void waves(Sketch& s, const Inks& c) {
  s.rect(0, 0, s.width, s.height, down(0, s.height, QColor(c.light), QColor(c.ground)));
  s.ellipse(s.width * 0.68, s.height * 0.28, 16, 16, QColor(c.main));
  for (int i = 0; i < 6; ++i) {
    const double base = s.height * (0.42 + 0.105 * i), swing = 4 + i;
    const double phase = s.real(0, 6.28);
    QPainterPath path(QPointF(0, s.height));
    for (double x = 0; x <= s.width + 3; x += 3) {
      path.lineTo(x, base + swing * std::sin(x / (15.0 + 2 * i) + phase));
    }
    path.lineTo(s.width + 3, s.height);
    const QColor color = mixed(QColor(c.second), QColor(c.dark), i / 5.0);
    s.flat(path, down(base - 8, base + 24, color.lighter(125), color));
  }
}

void figure(Sketch& s, const Inks& c) {
  s.rect(0, 0, s.width, s.height, down(0, s.height, QColor(c.main), QColor(c.dark)));
  const double x = s.width / 2, ground = s.height - 10;
  s.glow(x, ground - 40, 60, clear(QColor(c.light), 190));
  // A gate of rings, a traveller before it.
  s.painter.setBrush(Qt::NoBrush);
  for (int i = 0; i < 5; ++i) {
    s.painter.setPen(QPen(clear(QColor(c.light), 200 - 36 * i), 1.5));
    s.painter.drawEllipse(QPointF(x, ground - 36), 15 + i * 7, 15 + i * 7);
  }
  for (int i = 0; i < 9; ++i) {
    const double bx = (i + s.real(-0.3, 0.3)) * s.width / 8, tall = s.real(8, 30);
    const double half = s.real(3, 7);
    s.rect(bx - half, ground - tall * std::abs(i - 4) / 4, half * 2, tall + 30,
           clear(QColor(c.dark), 200));
  }
  s.rect(0, ground - 1, s.width, 20, QColor(c.dark));
  QPainterPath cloak(QPointF(x - 2.2, ground - 19));
  cloak.lineTo(x + 2.2, ground - 19);
  cloak.quadTo(x + 5.5, ground - 8, x + 6.5, ground);
  cloak.lineTo(x - 6.5, ground);
  cloak.quadTo(x - 5.5, ground - 8, x - 2.2, ground - 19);
  s.flat(cloak, QColor(c.dark).darker(150));
  s.ellipse(x, ground - 21.5, 3, 3.3, QColor(c.dark).darker(150));
}

void blocks(Sketch& s, const Inks& c) {
  s.rect(0, 0, s.width, s.height, QColor(c.light));
  const double cell = 25;
  for (double y = 0; y < s.height; y += cell) {
    for (double x = 0; x < s.width; x += cell) {
      const QRgb colors[] = {c.ground, c.main, c.second, c.dark, c.light};
      const QColor a(colors[s.rng.below(5)]), b(colors[s.rng.below(5)]);
      s.rect(x, y, cell + 0.5, cell + 0.5, a);
      s.painter.save();
      s.painter.setClipRect(QRectF(x, y, cell, cell), Qt::IntersectClip);
      switch (s.rng.below(5)) {
        case 0:
          s.ellipse(x + cell / 2, y + cell / 2, cell * 0.36, cell * 0.36, b);
          break;
        case 1:
          s.ellipse(x, y, cell, cell, b);
          break;
        case 2:
          s.ellipse(x + cell, y + cell, cell, cell, b);
          break;
        case 3: {
          QPainterPath half(QPointF(x, y));
          half.lineTo(x + cell, y + cell);
          half.lineTo(x, y + cell);
          s.flat(half, b);
          break;
        }
        default:
          for (int i = 0; i < 3; ++i) s.rect(x, y + i * 9, cell, 4, b);
      }
      s.painter.restore();
    }
  }
}

void grain(Sketch& s) {
  for (int i = 0; i < 90; ++i) {
    const double x = s.real(0, s.width), y = s.real(0, s.height);
    s.rect(x, y, 0.6, 0.6, i % 2 ? QColor(255, 255, 255, 28) : QColor(0, 0, 0, 28));
  }
}

void scales(Sketch& s, const Inks& c) {  // overlapping fans
  const double r = s.real(9, 14);
  int row = 0;
  for (double y = -r; y < s.height + 2 * r; y += r * 0.5, ++row) {
    for (double x = (row % 2) * r - r; x < s.width + r; x += 2 * r) {
      const QRgb rings[] = {c.dark, c.light, c.main, c.light, c.second};
      for (int i = 0; i < 5; ++i)
        s.ellipse(x, y, r * (1 - i * 0.19), r * (1 - i * 0.19), QColor(rings[i]));
    }
  }
}

void triangles(Sketch& s, const Inks& c) {
  s.rect(0, 0, s.width, s.height, QColor(c.ground));
  const double side = s.real(13, 20), tall = side * 0.87;
  const QColor ends[] = {QColor(c.main), QColor(c.ground), QColor(c.second)};
  for (int row = 0; row * tall < s.height; ++row) {
    for (int i = -1; i * side / 2 < s.width; ++i) {
      const double x = i * side / 2, y = row * tall;
      const bool up = (i + row) % 2 == 0;
      QPainterPath path(QPointF(x, up ? y + tall : y));
      path.lineTo(x + side, up ? y + tall : y);
      path.lineTo(x + side / 2, up ? y : y + tall);
      const QColor color = mixed(ends[0], ends[1], y / s.height);
      const QColor face = mixed(color, ends[2], s.real(0, 0.6));
      s.flat(path, face.lighter(s.whole(92, 112)));
    }
  }
}

void terrazzo(Sketch& s, const Inks& c) {
  s.rect(0, 0, s.width, s.height, QColor(c.light));
  for (int i = 0; i < 60; ++i) {
    const QRgb colors[] = {c.ground, c.main, c.second, c.dark};
    const double x = s.real(0, s.width), y = s.real(0, s.height);
    QPainterPath chip;
    for (int k = 0; k < 5; ++k) {
      const double r = s.real(2, 5.5), a = k * 1.2566;
      const QPointF at(x + r * std::cos(a), y + r * std::sin(a));
      if (k == 0)
        chip.moveTo(at);
      else
        chip.lineTo(at);
    }
    chip.closeSubpath();
    s.flat(chip, QColor(colors[s.rng.below(4)]));
  }
}

void ribbons(Sketch& s, const Inks& c) {
  QLinearGradient ground(0, 0, s.width, s.height);
  ground.setColorAt(0, QColor(c.second));
  ground.setColorAt(1, QColor(c.ground));
  s.rect(0, 0, s.width, s.height, ground);
  for (int i = 0; i < 7; ++i) {
    const double y = s.height * (i + 0.5) / 7, bend = s.real(-40, 40);
    QPainterPath path(QPointF(-5, y + bend * 0.4));
    path.cubicTo(s.width * 0.3, y - bend, s.width * 0.7, y + bend, s.width + 5,
                 y - bend * 0.4);
    const QRgb colors[] = {c.main, c.light, c.dark, c.second};
    s.stroke(path, clear(QColor(colors[i % 4]), 150), s.real(4, 11));
  }
}

}  // namespace

void sketch_poster(Sketch& s) {
  const Inks& c = inks(s);
  switch (s.variant % 5) {
    case 0:
      planet(s, c);
      break;
    case 1:
      sunburst(s, c);
      break;
    case 2:
      waves(s, c);
      break;
    case 3:
      figure(s, c);
      break;
    default:
      blocks(s, c);
  }
  grain(s);
}

void sketch_pattern(Sketch& s) {
  const Inks& c = inks(s);
  switch (s.variant % 4) {
    case 0:
      return scales(s, c);
    case 1:
      return triangles(s, c);
    case 2:
      return terrazzo(s, c);
    default:
      return ribbons(s, c);
  }
}

}  // namespace paperphone::render

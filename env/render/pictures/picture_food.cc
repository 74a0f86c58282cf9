// Dishes seen from above, a cake and a drink seen from the side.
#include <cmath>

#include "env/render/pictures/sketch.h"

namespace paperphone::render {
namespace {

constexpr double kTurn = 6.283185307179586;

QPointF around(double cx, double cy, double radius, double turn) {
  return {cx + radius * std::cos(turn * kTurn), cy + radius * std::sin(turn * kTurn)};
}

// Anywhere on a disc.
QPointF scattered(Sketch& s, double cx, double cy, double radius) {
  const double turn = s.rng.uniform();
  return around(cx, cy, radius * std::sqrt(s.rng.uniform()), turn);
}

void table(Sketch& s) {
  const QColor wood(
      s.one_of({0xFFB98556, 0xFF8C5A3B, 0xFFD9C3A3, 0xFF5C6670, 0xFFE9E4DA}));
  s.rect(0, 0, s.width, s.height, wood);
  double y = 0;
  while (y < s.height) {  // planks
    const double tall = s.real(14, 22), shade = s.real(92, 112);
    s.rect(0, y, s.width, tall,
           down(y, y + tall, wood.lighter(int(shade)), wood.darker(108)));
    s.rect(0, y, s.width, 0.5, wood.darker(140));
    for (int i = 0; i < 5; ++i) {
      const double x = s.real(-10, s.width), length = s.real(10, 40);
      s.rect(x, y + s.real(0.1, 0.9) * tall, length, 0.35, clear(wood.darker(150), 90));
    }
    y += tall;
  }
  // Light from a window.
  QLinearGradient light(0, 0, s.width, s.height);
  light.setColorAt(0, QColor(255, 255, 255, 70));
  light.setColorAt(1, QColor(0, 0, 0, 60));
  s.rect(0, 0, s.width, s.height, light);
}

struct Dish {
  double x, y, radius;
};

Dish plate(Sketch& s, const QColor& rim, double size) {
  const Dish d{s.width / 2 + s.real(-3, 3), s.height / 2 + s.real(-2, 2), size};
  s.soft_shadow(d.x + 2, d.y + 3.5, d.radius * 1.16, d.radius * 1.16, 150);
  QRadialGradient china(QPointF(d.x - d.radius * 0.3, d.y - d.radius * 0.4),
                        d.radius * 1.8);
  china.setColorAt(0, rim.lighter(112));
  china.setColorAt(1, rim.darker(122));
  s.ellipse(d.x, d.y, d.radius, d.radius, china);
  s.ellipse(d.x, d.y, d.radius * 0.96, d.radius * 0.96, clear(rim.lighter(106), 255));
  s.ellipse(d.x, d.y, d.radius * 0.82, d.radius * 0.82, rim.darker(112));
  return d;
}

QColor china_color(Sketch& s) {
  return QColor(s.one_of(
      {0xFFF7F5F0, 0xFFE6EDF2, 0xFF39485A, 0xFFDDE8DC, 0xFF2F2F33, 0xFFF2DFC8}));
}

void chopsticks(Sketch& s, const Dish& d) {
  const double x = d.x + d.radius * 0.98;
  for (double offset : {0.0, 3.2}) {
    s.line(x + offset + 1, d.y - 34 + 1.4, x + offset - 5, d.y + 38 + 1.4,
           QColor(0, 0, 0, 60), 1.9);
    s.line(x + offset, d.y - 34, x + offset - 6, d.y + 38, QColor(0xFF7A2E22), 1.8);
    s.line(x + offset, d.y - 34, x + offset - 1.4, d.y - 18, QColor(0xFFE8C46A), 1.8);
  }
}

void scallions(Sketch& s, const Dish& d, int count, double reach) {
  for (int i = 0; i < count; ++i) {
    const QPointF at = scattered(s, d.x, d.y, d.radius * reach);
    s.ellipse(at.x(), at.y(), 1.25, 1.25, QColor(0xFF5FA845));
    s.ellipse(at.x(), at.y(), 0.55, 0.55, QColor(0xFFD5EDBE));
  }
}

void half_egg(Sketch& s, double x, double y, double size) {
  s.ellipse(x + 0.5, y + 0.8, size, size * 0.82, QColor(0, 0, 0, 50));
  s.ellipse(x, y, size, size * 0.82, QColor(0xFFFFFAF0));
  s.ellipse(x, y, size * 0.55, size * 0.5, QColor(0xFFF5A623));
  s.ellipse(x - size * 0.15, y - size * 0.15, size * 0.2, size * 0.16,
            QColor(0xFFFFD27A));
}

void noodles(Sketch& s) {
  const Dish d = plate(s, china_color(s), 41);
  const double r = d.radius * 0.8;
  const QColor soup(s.one_of({0xFFD98E3F, 0xFFC23B22, 0xFFEBD9A8, 0xFF9A5A2B}));
  QRadialGradient broth(QPointF(d.x, d.y), r);
  broth.setColorAt(0, soup.lighter(120));
  broth.setColorAt(1, soup.darker(115));
  s.ellipse(d.x, d.y, r, r, broth);
  for (int i = 0; i < 34; ++i) {
    const double a = s.rng.uniform(), b = a + s.real(0.12, 0.4);
    const double ra = r * s.real(0.2, 0.82), rb = r * s.real(0.2, 0.82);
    QPainterPath path(around(d.x, d.y, ra, a));
    path.quadTo(around(d.x, d.y, (ra + rb) * 0.62, (a + b) / 2),
                around(d.x, d.y, rb, b));
    s.stroke(path, QColor(0xFFB88A3A), 1.9);
    s.stroke(path, QColor(i % 3 ? 0xFFF6DFA0 : 0xFFFBEBC0), 1.3);
  }
  for (int i = 0; i < 4; ++i) {  // slices of meat
    const QPointF at = around(d.x, d.y, r * 0.5, 0.52 + i * 0.075);
    s.ellipse(at.x() + 0.5, at.y() + 0.8, 6.2, 4.6, QColor(0, 0, 0, 60));
    s.ellipse(at.x(), at.y(), 6.2, 4.6, QColor(0xFF9C4A32));
    s.ellipse(at.x() - 0.6, at.y() - 0.5, 4.6, 3.2, QColor(0xFFC9785A));
  }
  half_egg(s, d.x + r * 0.36, d.y - r * 0.32, 7.5);
  for (int i = 0; i < 5; ++i) {
    const QPointF at = around(d.x, d.y, r * 0.55, 0.1 + i * 0.045);
    s.ellipse(at.x(), at.y(), 4, 2.4, QColor(i % 2 ? 0xFF3F8F3F : 0xFF62B152));
  }
  scallions(s, d, 22, 0.7);
  chopsticks(s, d);
}

void stir_fry(Sketch& s) {
  const Dish d = plate(s, china_color(s), 42);
  const double r = d.radius * 0.68;
  s.ellipse(d.x, d.y, r * 1.05, r, QColor(0xFF7A3B1E));
  const QRgb main = s.one_of({0xFFB5522E, 0xFFE07B39, 0xFF8A4B2D, 0xFFF0C9A0});
  const QRgb side = s.one_of({0xFF4C9A3F, 0xFFD8352A, 0xFFE9B730, 0xFF7FBF5A});
  const QRgb dot = s.one_of({0xFFE23B2E, 0xFFF2E2B6, 0xFF2F6B33});
  for (int i = 0; i < 90; ++i) {
    const double far = r * std::sqrt(1 - i / 95.0) * s.real(0.7, 1);
    const QPointF at = around(d.x, d.y, far, s.rng.uniform());
    const double kind = s.rng.uniform();
    const QColor color(kind < 0.5 ? main : kind < 0.8 ? side : dot);
    s.painter.save();
    s.painter.translate(at);
    s.painter.rotate(s.real(0, 180));
    const double size = kind < 0.8 ? s.real(3, 4.6) : s.real(1.4, 2.2);
    s.round_rect(-size + 0.4, -size * 0.5 + 0.8, size * 2, size * 1.1, size * 0.45,
                 QColor(0, 0, 0, 70));
    s.round_rect(-size, -size * 0.55, size * 2, size * 1.1, size * 0.45,
                 color.lighter(s.whole(90, 122)));
    s.round_rect(-size * 0.6, -size * 0.38, size * 0.9, size * 0.3, size * 0.15,
                 QColor(255, 255, 255, 90));
    s.painter.restore();
  }
  scallions(s, d, 14, 0.6);
  chopsticks(s, d);
}

void steamer(Sketch& s) {
  const Dish d = plate(s, QColor(0xFFC99A5B), 43);
  const double r = d.radius * 0.84;
  s.ellipse(d.x, d.y, r, r, QColor(0xFFEBCF9E));
  for (double x = -r; x < r; x += 3.2) {
    const double half = std::sqrt(r * r - x * x);
    s.line(d.x + x, d.y - half, d.x + x, d.y + half, QColor(0xFFCFA868), 0.5);
  }
  const QColor dough(s.one_of({0xFFFFF8EC, 0xFFFDF3E2, 0xFFF4E6B8, 0xFFEFF5E0}));
  const int outer = s.whole(5, 7);
  for (int i = -1; i < outer; ++i) {
    const QPointF at =
        i < 0 ? QPointF(d.x, d.y) : around(d.x, d.y, r * 0.64, double(i) / outer);
    const double size = r * (outer == 5 ? 0.3 : 0.25);
    s.soft_shadow(at.x() + 1, at.y() + 1.6, size * 1.3, size * 1.3, 130);
    QRadialGradient skin(QPointF(at.x() - size * 0.3, at.y() - size * 0.4), size * 1.6);
    skin.setColorAt(0, Qt::white);
    skin.setColorAt(0.5, dough);
    skin.setColorAt(1, dough.darker(130));
    s.ellipse(at.x(), at.y(), size, size, skin);
    for (int fold = 0; fold < 9; ++fold) {
      const QPointF end = around(at.x(), at.y(), size * 0.78, fold / 9.0);
      QPainterPath path(at);
      path.quadTo(around(at.x(), at.y(), size * 0.5, fold / 9.0 + 0.06), end);
      s.stroke(path, clear(dough.darker(140), 150), 0.5);
    }
    s.ellipse(at.x(), at.y(), size * 0.13, size * 0.13, dough.darker(125));
  }
}

void rice_bowl(Sketch& s) {
  const Dish d = plate(s, china_color(s), 41);
  const double r = d.radius * 0.8;
  s.ellipse(d.x, d.y, r, r, QColor(0xFFFBF7EC));
  for (int i = 0; i < 80; ++i) {
    const QPointF at = scattered(s, d.x, d.y, r * 0.95);
    s.ellipse(at.x(), at.y(), 1.2, 0.6, QColor(0xFFE9E2CF));
  }
  // Toppings in sectors.
  constexpr QRgb kToppings[] = {0xFFE8833A, 0xFF6FB24A, 0xFFB5452F, 0xFFF2C94C,
                                0xFF8A4B8F, 0xFFF3A6A0, 0xFF4F7F3A};
  const int sectors = s.whole(4, 6);
  const int first = s.whole(0, 6);
  for (int i = 0; i < sectors; ++i) {
    const QColor color(kToppings[(first + i) % 7]);
    for (int k = 0; k < 14; ++k) {
      const double turn = (i + s.real(0.1, 0.9)) / sectors;
      const QPointF at = around(d.x, d.y, r * s.real(0.4, 0.9), turn);
      s.ellipse(at.x() + 0.3, at.y() + 0.6, 2.7, 2.2, QColor(0, 0, 0, 50));
      s.ellipse(at.x(), at.y(), 2.7, 2.2, color.lighter(s.whole(92, 122)));
    }
  }
  half_egg(s, d.x, d.y, 9);
  scallions(s, d, 10, 0.85);
}

void pizza(Sketch& s) {
  const Dish d = plate(s, QColor(0xFF4A4A4E), 45);
  const double r = d.radius * 0.86;
  s.ellipse(d.x, d.y, r, r, QColor(0xFFC98A45));
  s.ellipse(d.x, d.y, r * 0.96, r * 0.96, QColor(0xFFE3AE62));
  s.ellipse(d.x, d.y, r * 0.84, r * 0.84, QColor(0xFFC8472B));
  for (int i = 0; i < 46; ++i) {
    const QPointF at = scattered(s, d.x, d.y, r * 0.76);
    const double size = s.real(2, 5);
    s.ellipse(at.x(), at.y(), size, size * 0.8,
              QColor(i % 3 ? 0xFFF8D87A : 0xFFFFEDB5));
  }
  const bool sausage = s.rng.chance(0.6);
  for (int i = 0; i < 9; ++i) {
    const QPointF at =
        around(d.x, d.y, r * (i < 3 ? 0.25 : 0.6), i / 6.0 + (i < 3) * 0.08);
    s.ellipse(at.x() + 0.4, at.y() + 0.7, 4.4, 4.4, QColor(0, 0, 0, 70));
    s.ellipse(at.x(), at.y(), 4.4, 4.4, QColor(sausage ? 0xFFB43A2A : 0xFFE2523A));
    s.ellipse(at.x(), at.y(), 3.4, 3.4, QColor(sausage ? 0xFFC9523E : 0xFFF07A5A));
  }
  for (int i = 0; i < 9; ++i) {
    const double far = r * s.real(0.2, 0.75);
    const QPointF at = around(d.x, d.y, far, s.rng.uniform());
    s.ellipse(at.x(), at.y(), 2.6, 1.3, QColor(0xFF4A8F3C));
  }
  for (int i = 0; i < 4; ++i) {
    const QPointF a = around(d.x, d.y, r, i / 8.0),
                  b = around(d.x, d.y, r, i / 8.0 + 0.5);
    s.line(a.x(), a.y(), b.x(), b.y(), QColor(90, 40, 10, 110), 0.5);
  }
}

void backdrop(Sketch& s) {
  const QColor wall(s.one_of({0xFFFDE7E0, 0xFFE3F0EA, 0xFFFFF0CF, 0xFFE6E6F5}));
  s.rect(0, 0, s.width, s.height,
         down(0, s.height, wall.lighter(103), wall.darker(108)));
  s.rect(0, s.height - 24, s.width, 24,
         down(s.height - 24, s.height, wall.darker(106), wall.darker(122)));
}

void cake(Sketch& s) {
  backdrop(s);
  const double x = s.width / 2, base = s.height - 18;
  const QColor cream(s.one_of({0xFFFFF3E2, 0xFFF7C6D0, 0xFF6B3F2A, 0xFFCFE6B8}));
  const QColor sponge(s.one_of({0xFFF2C97D, 0xFF8A5433, 0xFFE8B4A0}));
  s.soft_shadow(x, base + 5, 46, 8, 120);
  s.ellipse(x, base + 3, 43, 6.5, QColor(0xFFFFFFFF));
  s.ellipse(x, base + 1.8, 40, 5.4, QColor(0xFFEDEDED));
  const double half = 28, top = base - 38;
  for (int layer = 0; layer < 3; ++layer) {
    const double y = top + layer * 13;
    s.round_rect(x - half, y, half * 2, 13, 2,
                 across(x - half, x + half, sponge.lighter(115), sponge.darker(118)));
    s.round_rect(x - half - 0.6, y + 9, half * 2 + 1.2, 4.4, 2.2,
                 across(x - half, x + half, cream.lighter(106), cream.darker(112)));
  }
  QPainterPath icing(QPointF(x - half - 1, top + 3));
  for (int i = 0; i < 7; ++i) {
    const double left = x - half - 1 + i * (half * 2 + 2) / 7;
    icing.quadTo(left + 4, top + 8 + (i % 3) * 3, left + (half * 2 + 2) / 7, top + 3);
  }
  icing.lineTo(x + half + 1, top - 3);
  icing.quadTo(x, top - 9, x - half - 1, top - 3);
  icing.closeSubpath();
  s.flat(icing, across(x - half, x + half, cream.lighter(108), cream.darker(108)));
  const QColor berry(s.one_of({0xFFD9304A, 0xFF4A5FB5, 0xFFF08A24}));
  for (int i = 0; i < 5; ++i) {
    const double bx = x - 20 + i * 10, by = top - 8 - (i % 2) * 1.5;
    s.ellipse(bx, by, 4.6, 4.6, berry.darker(112));
    s.ellipse(bx - 0.8, by - 0.8, 3.4, 3.4, berry.lighter(112));
    s.ellipse(bx - 1.6, by - 1.8, 1.1, 0.9, QColor(255, 255, 255, 180));
    s.ellipse(bx + 2.6, by - 4.4, 2.4, 1.2, QColor(0xFF5FA845));
  }
}

void drink(Sketch& s) {
  backdrop(s);
  const double x = s.width / 2, base = s.height - 12;
  s.soft_shadow(x + 3, base, 26, 6, 120);
  const QColor tea(
      s.one_of({0xFFC98F5E, 0xFFF3A6B5, 0xFFA5C96B, 0xFFF2B544, 0xFF9B7FC6}));
  const double top = base - 66, wide = 20, narrow = 15;
  QPainterPath cup(QPointF(x - wide, top));
  cup.lineTo(x + wide, top);
  cup.lineTo(x + narrow, base - 3);
  cup.quadTo(x, base + 2, x - narrow, base - 3);
  cup.closeSubpath();
  s.flat(cup, down(top, base, tea.lighter(128), tea.darker(108)));
  s.painter.save();
  s.painter.setClipPath(cup, Qt::IntersectClip);
  for (int i = 0; i < 6; ++i) {  // milk drifting down
    const double sx = x + s.real(-16, 16);
    QPainterPath swirl(QPointF(sx, top));
    swirl.cubicTo(sx + 8, top + 16, sx - 8, top + 26, sx + s.real(-4, 4), top + 44);
    s.stroke(swirl, QColor(255, 250, 240, 110), s.real(2, 4.5));
  }
  for (int i = 0; i < 22; ++i) {  // pearls
    const double px = x + s.real(-14, 14), py = base - s.real(2, 14);
    s.ellipse(px, py, 2.3, 2.3, QColor(0xFF3A2420));
    s.ellipse(px - 0.7, py - 0.8, 0.6, 0.6, QColor(255, 255, 255, 130));
  }
  s.rect(x - wide, top, 7, 70,
         across(x - wide, x - wide + 7, QColor(255, 255, 255, 20),
                QColor(255, 255, 255, 110)));
  s.painter.restore();
  s.line(x + 4, top - 1, x + 13, top - 27, QColor(0xFFE0605E), 3);
  s.round_rect(x - wide - 2, top - 4, wide * 2 + 4, 5.5, 2.5,
               QColor(255, 255, 255, 235));
  s.round_rect(x - 10, top + 26, 20, 17, 3, QColor(255, 255, 255, 225));
  s.ellipse(x, top + 34.5, 5, 5, tea);
}

}  // namespace

void sketch_food(Sketch& s) {
  const int dish = int(s.variant % 7);
  if (dish < 5) table(s);
  switch (dish) {
    case 0:
      return noodles(s);
    case 1:
      return stir_fry(s);
    case 2:
      return steamer(s);
    case 3:
      return rice_bowl(s);
    case 4:
      return pizza(s);
    case 5:
      return cake(s);
    default:
      return drink(s);
  }
}

}  // namespace paperphone::render

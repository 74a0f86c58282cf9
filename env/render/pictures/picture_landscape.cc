// Landscapes: hills, snow mountains, sea, city, flower fields, ink mountains.
#include <cmath>

#include "env/render/pictures/sketch.h"

namespace paperphone::render {
namespace {

struct Sky {
  QRgb top, bottom, sun, far, near;  // far, near: the land's colours
  bool night;
};

constexpr Sky kSkies[] = {
    {0xFF4A9BE8, 0xFFDDF1FC, 0xFFFFF6D8, 0xFFA9C7D6, 0xFF3F7F4F, false},  // noon
    {0xFF3A6FB5, 0xFFFFD9A8, 0xFFFFF0C0, 0xFFC3A9B4, 0xFF3C5A4A, false},  // morning
    {0xFF3B3A78, 0xFFFF9A6B, 0xFFFFD27A, 0xFFB06A86, 0xFF2B2B4E, false},  // dusk
    {0xFFEF6F6C, 0xFFFFE0A3, 0xFFFFFBE0, 0xFFD98C86, 0xFF5A3A4E, false},  // red dusk
    {0xFF0B1236, 0xFF36508F, 0xFFF4F1DA, 0xFF3C5487, 0xFF10203C, true},   // night
    {0xFF8CC6D8, 0xFFF3F6EC, 0xFFFFFFFF, 0xFFB9CFC4, 0xFF5E8C61, false},  // haze
};

void draw_sky(Sketch& s, const Sky& sky, double horizon) {
  s.rect(0, 0, s.width, s.height,
         down(0, horizon, QColor(sky.top), QColor(sky.bottom)));
  if (sky.night) {
    for (int i = 0; i < 40; ++i) {
      const double size = s.real(0.2, 0.7);
      const QPointF at = s.spot(0, s.width, 0, horizon);
      s.ellipse(at.x(), at.y(), size, size, QColor(255, 255, 255, s.whole(90, 230)));
    }
  }
}

QPointF draw_sun(Sketch& s, const Sky& sky, double horizon) {
  const QPointF at =
      s.spot(0.2 * s.width, 0.8 * s.width, 0.3 * horizon, 0.85 * horizon);
  const double radius = s.real(5, 9);
  s.glow(at.x(), at.y(), radius * 4.5, clear(QColor(sky.sun), sky.night ? 90 : 170));
  s.ellipse(at.x(), at.y(), radius, radius, QColor(sky.sun));
  return at;
}

void draw_clouds(Sketch& s, double horizon, int count) {
  for (int i = 0; i < count; ++i) {
    const double x = s.real(-5, s.width), y = s.real(0.08, 0.6) * horizon;
    const double size = s.real(4, 8);
    QPainterPath cloud;
    cloud.setFillRule(Qt::WindingFill);
    for (int puff = 0; puff < 5; ++puff) {
      const double r = size * (1.15 - 0.28 * std::abs(puff - 2));
      cloud.addEllipse(QPointF(x + (puff - 2) * size * 0.9, y - r * 0.25), r, r * 0.62);
    }
    s.flat(cloud, down(y - size, y + size * 0.5, QColor(255, 255, 255, 235),
                       QColor(255, 255, 255, 110)));
  }
}

// A ridge as a sum of three waves.
QPainterPath ridge(Sketch& s, double base, double swing) {
  const double a = s.real(0, 6.28), b = s.real(0, 6.28), c = s.real(0, 6.28);
  const double length = s.real(55, 110);
  QPainterPath path(QPointF(0, s.height));
  for (double x = 0; x <= s.width + 4; x += 4) {
    const double t = x / length * 6.28;
    const double y = std::sin(t + a) * 0.6 + std::sin(t * 2.1 + b) * 0.28 +
                     std::sin(t * 4.7 + c) * 0.12;
    path.lineTo(x, base - swing * y);
  }
  path.lineTo(s.width + 4, s.height);
  path.closeSubpath();
  return path;
}

void pine(Sketch& s, double x, double y, double size, const QColor& color) {
  s.rect(x - size * 0.05, y - size * 0.15, size * 0.1, size * 0.15, color.darker(160));
  for (int tier = 0; tier < 3; ++tier) {
    const double top = y - size * (1.0 - tier * 0.24);
    const double half = size * (0.16 + 0.09 * tier);
    QPainterPath path(QPointF(x, top));
    path.lineTo(x + half, top + size * 0.38);
    path.lineTo(x - half, top + size * 0.38);
    s.flat(path, across(x - half, x + half, color.lighter(125), color.darker(125)));
  }
}

void round_tree(Sketch& s, double x, double y, double size, const QColor& color) {
  s.rect(x - size * 0.05, y - size * 0.4, size * 0.1, size * 0.4, QColor(0xFF6B4A33));
  s.ellipse(x, y - size * 0.62, size * 0.34, size * 0.38, color);
  s.ellipse(x - size * 0.1, y - size * 0.72, size * 0.2, size * 0.2,
            color.lighter(122));
}

void hills(Sketch& s, const Sky& sky) {
  const double horizon = s.height * 0.62;
  draw_sky(s, sky, horizon);
  draw_sun(s, sky, horizon);
  if (!sky.night) draw_clouds(s, horizon, s.whole(1, 3));
  const int layers = 4;
  for (int i = 0; i < layers; ++i) {
    const double part = double(i) / (layers - 1);
    const double base = horizon + (s.height * 0.88 - horizon) * part;
    const QColor color = mixed(QColor(sky.far), QColor(sky.near), part);
    s.flat(ridge(s, base, 9 - 3 * part),
           down(base - 10, base + 25, color.lighter(112), color.darker(115)));
    if (i < 1) continue;
    const int trees = s.whole(3, 7);
    for (int t = 0; t < trees; ++t) {
      const double size = (5 + 9 * part) * s.real(0.8, 1.3);
      const double x = s.real(0, s.width), y = base + s.real(4, 9);
      if (s.variant % 2)
        pine(s, x, y, size, color.darker(140));
      else
        round_tree(s, x, y, size, color.darker(128));
    }
  }
}

void mountains(Sketch& s, const Sky& sky) {
  const double horizon = s.height * 0.66;
  draw_sky(s, sky, horizon);
  draw_sun(s, sky, horizon * 0.7);
  if (!sky.night) draw_clouds(s, horizon, 2);
  for (int layer = 0; layer < 2; ++layer) {
    const int peaks = 3 + layer;
    for (int i = 0; i < peaks; ++i) {
      const double cx = (i + s.real(0.2, 0.8)) * s.width / peaks;
      const double tall = s.real(22, 38) * (layer ? 0.7 : 1.1);
      const double half = tall * s.real(0.75, 1.0);
      const double top = horizon - tall;
      const QColor rock = mixed(QColor(sky.far), QColor(sky.near), 0.35 + 0.35 * layer);
      QPainterPath left(QPointF(cx, top));
      left.lineTo(cx + half * 0.15, horizon);
      left.lineTo(cx - half, horizon);
      s.flat(left, rock.lighter(118));
      QPainterPath right(QPointF(cx, top));
      right.lineTo(cx + half, horizon);
      right.lineTo(cx + half * 0.12, horizon);
      right.lineTo(cx + half * 0.06, top + tall * 0.5);
      s.flat(right, rock.darker(118));
      const double snow = tall * 0.32;
      QPainterPath cap(QPointF(cx, top));
      cap.lineTo(cx + half * 0.32, top + snow);
      cap.lineTo(cx + half * 0.14, top + snow * 0.75);
      cap.lineTo(cx, top + snow * 1.15);
      cap.lineTo(cx - half * 0.14, top + snow * 0.8);
      cap.lineTo(cx - half * 0.32, top + snow);
      s.flat(cap, QColor(255, 255, 255, 235));
    }
  }
  // A lake, with a forest on its shore.
  const QColor water = mixed(QColor(sky.top), QColor(sky.bottom), 0.35);
  s.rect(0, horizon, s.width, s.height - horizon,
         down(horizon, s.height, water.lighter(115), water.darker(150)));
  for (int i = 0; i < 16; ++i) {
    const double y = s.real(horizon + 3, s.height), length = s.real(4, 16);
    const double x = s.real(-4, s.width);
    s.rect(x, y, length, 0.5, QColor(255, 255, 255, 60));
  }
  for (double x = 0; x < s.width; x += s.real(2.5, 5)) {
    pine(s, x, horizon + 1.5, s.real(5, 10), QColor(sky.near).darker(120));
  }
}

void sea(Sketch& s, const Sky& sky) {
  const double horizon = s.height * s.real(0.48, 0.58);
  draw_sky(s, sky, horizon);
  const QPointF sun = draw_sun(s, sky, horizon);
  draw_clouds(s, horizon, sky.night ? 0 : 3);
  s.flat(ridge(s, horizon - 1, 3), clear(QColor(sky.far), 150));
  const QColor water =
      sky.night ? QColor(0xFF14305E) : mixed(QColor(0xFF1C8FB8), QColor(sky.top), 0.4);
  s.rect(0, horizon, s.width, s.height - horizon,
         down(horizon, s.height, mixed(water, QColor(sky.bottom), 0.45),
              water.darker(120)));
  for (int i = 0; i < 22; ++i) {  // the sun's road
    const double y = horizon + (s.height - horizon) * i / 22;
    const double half = 2 + i * 0.5 * s.real(0.5, 1.2);
    s.rect(sun.x() - half + s.real(-2, 2), y, half * 2, 0.8,
           clear(QColor(sky.sun), 130));
  }
  // The beach, with foam.
  const double shore = s.height * 0.86, lean = s.real(-6, 6);
  QPainterPath foam(QPointF(0, s.height));
  QPainterPath sand(QPointF(0, s.height));
  for (double x = 0; x <= s.width + 4; x += 4) {
    const double y = shore + lean * (x / s.width - 0.5) + 2 * std::sin(x / 9.0);
    foam.lineTo(x, y - 1.8);
    sand.lineTo(x, y);
  }
  foam.lineTo(s.width + 4, s.height);
  sand.lineTo(s.width + 4, s.height);
  s.flat(foam, QColor(255, 255, 255, 200));
  s.flat(sand, down(shore - 5, s.height, QColor(0xFFF2DDB0), QColor(0xFFD9B77E)));
  // A sail.
  const double x = s.real(0.15, 0.85) * s.width, y = horizon + 6;
  QPainterPath sail(QPointF(x, y - 12));
  sail.lineTo(x + 6, y - 1.5);
  sail.lineTo(x, y - 1.5);
  s.flat(sail, QColor(255, 255, 255, 240));
  QPainterPath hull(QPointF(x - 4, y - 1));
  hull.lineTo(x + 7, y - 1);
  hull.lineTo(x + 5, y + 1.5);
  hull.lineTo(x - 2.5, y + 1.5);
  s.flat(hull, QColor(0xFF8A3B2E));
}

void city(Sketch& s, const Sky& sky) {
  const double ground = s.height * 0.86;
  draw_sky(s, sky, ground);
  draw_sun(s, sky, ground * 0.6);
  if (!sky.night) draw_clouds(s, ground, 3);
  for (int layer = 0; layer < 3; ++layer) {
    const double part = layer / 2.0;
    const QColor stone = mixed(QColor(sky.near), QColor(0xFF3E5878), 0.75);
    const QColor wall =
        mixed(QColor(sky.far), sky.night ? QColor(sky.near) : stone, 0.2 + 0.7 * part);
    const QColor lit = sky.night || layer == 2 ? QColor(0xFFFFE3A0) : wall.lighter(130);
    for (double x = -3; x < s.width;) {
      const double wide = s.real(7, 14), tall = s.real(18, 52) * (1.1 - 0.4 * part);
      const double top = ground - tall;
      s.rect(x, top, wide, tall,
             across(x, x + wide, wall.lighter(112), wall.darker(110)));
      if (s.rng.chance(0.3)) s.rect(x + wide * 0.46, top - 5, wide * 0.08, 5, wall);
      if (layer > 0) {
        for (double wy = top + 2; wy < ground - 3; wy += 3.4) {
          for (double wx = x + 1.3; wx < x + wide - 1.6; wx += 2.8) {
            if (s.rng.chance(sky.night ? 0.45 : 0.3)) {
              s.rect(wx, wy, 1.3, 1.7, clear(lit, 210));
            }
          }
        }
      }
      x += wide + s.real(0, layer == 2 ? 8 : 2);
    }
  }
  const QColor street = mixed(QColor(sky.near), QColor(0xFF404858), 0.5);
  s.rect(0, ground, s.width, s.height - ground,
         down(ground, s.height, street.lighter(130), street.darker(120)));
  for (int i = 0; i < 12; ++i) {
    const QPointF at = s.spot(0, s.width, ground, s.height);
    s.glow(at.x(), at.y(), s.real(1.5, 4), QColor(255, 214, 140, 90));
  }
}

void field(Sketch& s, const Sky& sky) {
  const double horizon = s.height * 0.52;
  draw_sky(s, sky, horizon);
  draw_sun(s, sky, horizon);
  draw_clouds(s, horizon, 2);
  s.flat(ridge(s, horizon, 5), QColor(sky.far).darker(110));
  const QColor bloom(s.one_of({0xFF9B6FD1, 0xFFF2C230, 0xFFE85D75, 0xFFF08CB4}));
  const QColor green = sky.night ? QColor(0xFF1F4A3A) : QColor(0xFF6FA84E);
  s.rect(0, horizon + 2, s.width, s.height - horizon,
         down(horizon, s.height, green.lighter(118), green.darker(140)));
  // Rows run towards a point on the horizon.
  const double vanish = s.real(0.3, 0.7) * s.width;
  for (int row = -9; row <= 9; ++row) {
    const double foot = vanish + row * s.width * 0.17;
    QPainterPath path(QPointF(vanish + row * 1.6, horizon + 3));
    path.lineTo(foot + s.width * 0.05, s.height);
    path.lineTo(foot - s.width * 0.05, s.height);
    s.flat(path, down(horizon, s.height, clear(bloom, 140), bloom));
  }
  for (int i = 0; i < 120; ++i) {
    const double t = s.rng.uniform(), y = horizon + 4 + (s.height - horizon) * t * t;
    const double size = 0.3 + 1.1 * t * t, x = s.real(0, s.width);
    s.ellipse(x, y, size, size, bloom.lighter(s.whole(105, 140)));
  }
  const double tree = s.real(0.1, 0.9) * s.width;
  round_tree(s, tree, horizon + 5, s.real(14, 22), green.darker(125));
}

void ink(Sketch& s) {
  const QColor paper(s.one_of({0xFFF4EEDF, 0xFFEAF0EC, 0xFFF3E9DE}));
  const QColor stone(s.one_of({0xFF2F4F4F, 0xFF2A4A66, 0xFF4A4A52}));
  s.rect(0, 0, s.width, s.height, down(0, s.height, paper, paper.darker(106)));
  const double x = s.real(0.2, 0.8) * s.width;
  s.ellipse(x, s.height * 0.25, 7, 7, QColor(0xFFD9482B));
  for (int i = 0; i < 5; ++i) {
    const double part = i / 4.0, base = s.height * (0.42 + 0.12 * i);
    s.flat(ridge(s, base, 12 - part * 4),
           down(base - 12, base + 26, clear(stone, 70 + int(120 * part)),
                clear(stone, int(10 + 30 * part))));
  }
  for (int i = 0; i < 3; ++i) {
    const double bx = x + s.real(-24, 24), by = s.height * s.real(0.12, 0.3);
    QPainterPath bird(QPointF(bx - 3, by));
    bird.quadTo(bx - 1.2, by - 1.6, bx, by);
    bird.quadTo(bx + 1.2, by - 1.6, bx + 3, by);
    s.stroke(bird, QColor(30, 40, 40, 200), 0.5);
  }
}

}  // namespace

void sketch_landscape(Sketch& s) {
  const Sky& sky = kSkies[(s.variant / 6) % std::size(kSkies)];
  switch (s.variant % 6) {
    case 0:
      return hills(s, sky);
    case 1:
      return mountains(s, sky);
    case 2:
      return sea(s, sky);
    case 3:
      return city(s, sky);
    case 4:
      return field(s, sky);
    default:
      return ink(s);
  }
}

}  // namespace paperphone::render

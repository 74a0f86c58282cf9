// Portraits as flat illustrations: background, clothes, face, hair.
#include "env/render/pictures/sketch.h"

namespace paperphone::render {
namespace {

struct Face {
  double x, y;  // centre
  double rx, ry;
  QColor skin, hair, cloth;
};

void hair_behind(Sketch& s, const Face& f, int style) {
  const QBrush hair = down(f.y - 30, f.y + 40, f.hair.lighter(125), f.hair);
  if (style == 1) {  // long
    s.round_rect(f.x - f.rx * 1.28, f.y - f.ry * 1.15, f.rx * 2.56, f.ry * 2.75, f.rx,
                 hair);
  } else if (style == 2) {  // bob
    s.round_rect(f.x - f.rx * 1.3, f.y - f.ry * 1.2, f.rx * 2.6, f.ry * 2.05, f.rx,
                 hair);
  } else if (style == 3) {  // bun
    s.ellipse(f.x, f.y - f.ry * 1.35, f.rx * 0.5, f.rx * 0.5, hair);
    s.ellipse(f.x, f.y - f.ry * 0.2, f.rx * 1.16, f.ry * 1.05, hair);
  } else if (style == 4) {  // curls
    for (int i = 0; i < 9; ++i) {
      const double t = i / 8.0;
      s.ellipse(f.x + (t - 0.5) * f.rx * 2.5, f.y - f.ry * (0.2 + 2.6 * t * (1 - t)),
                f.rx * 0.48, f.rx * 0.48, hair);
    }
  }
}

void hair_front(Sketch& s, const Face& f, int style, bool parted_left) {
  const double top = f.y - f.ry * 1.18, side = f.rx * 1.08;
  const QBrush hair = down(top, f.y, f.hair.lighter(140), f.hair);
  const double part = f.x + (parted_left ? -0.35 : 0.35) * f.rx;
  QPainterPath path(QPointF(f.x - side, f.y - f.ry * 0.1));
  path.cubicTo(f.x - side * 1.05, top, f.x - f.rx * 0.5, top - 3, f.x, top - 2);
  path.cubicTo(f.x + f.rx * 0.5, top - 3, f.x + side * 1.05, top, f.x + side,
               f.y - f.ry * 0.1);
  if (style == 0) {  // short: straight across, swept aside
    path.quadTo(f.x + f.rx * 0.8, f.y - f.ry * 0.42, part, f.y - f.ry * 0.66);
    path.quadTo(f.x - f.rx * 0.8, f.y - f.ry * 0.42, f.x - side, f.y - f.ry * 0.1);
  } else if (style == 2) {  // fringe
    path.quadTo(f.x + f.rx * 0.8, f.y - f.ry * 0.3, f.x, f.y - f.ry * 0.34);
    path.quadTo(f.x - f.rx * 0.8, f.y - f.ry * 0.3, f.x - side, f.y - f.ry * 0.1);
  } else {  // parted
    path.quadTo(f.x + f.rx * 0.75, f.y - f.ry * 0.4, part, f.y - f.ry * 0.82);
    path.quadTo(f.x - f.rx * 0.75, f.y - f.ry * 0.4, f.x - side, f.y - f.ry * 0.1);
  }
  s.flat(path, hair);
}

void features(Sketch& s, const Face& f) {
  const QColor dark(0xFF33272A);
  const double eye_x = f.rx * 0.42, eye_y = f.y + f.ry * 0.06;
  for (double sign : {-1.0, 1.0}) {
    const double x = f.x + sign * eye_x;
    s.ellipse(x, eye_y, 1.9, 2.3, dark);
    s.ellipse(x + 0.6, eye_y - 0.8, 0.7, 0.7, Qt::white);
    QPainterPath brow(QPointF(x - 3, eye_y - 5.4));
    brow.quadTo(x, eye_y - 7.2, x + 3, eye_y - 5.4);
    s.stroke(brow, f.hair.darker(110), 1.2);
    s.glow(f.x + sign * f.rx * 0.62, f.y + f.ry * 0.36, 4.6, QColor(240, 110, 100, 90));
  }
  QPainterPath nose(QPointF(f.x, eye_y + 2));
  nose.quadTo(f.x + 1.8, f.y + f.ry * 0.34, f.x - 0.4, f.y + f.ry * 0.36);
  s.stroke(nose, f.skin.darker(128), 0.9);
  const double mouth_y = f.y + f.ry * 0.58;
  const double wide = s.real(3.4, 5);
  QPainterPath mouth(QPointF(f.x - wide, mouth_y));
  if (s.rng.chance(0.4)) {
    mouth.quadTo(f.x, mouth_y + 5.6, f.x + wide, mouth_y);
    mouth.closeSubpath();
    s.flat(mouth, QColor(0xFFB8434A));
    s.rect(f.x - wide * 0.6, mouth_y, wide * 1.2, 1.1, Qt::white);
  } else {
    mouth.quadTo(f.x, mouth_y + 3.6, f.x + wide, mouth_y);
    s.stroke(mouth, QColor(0xFFB8545A), 1.2);
  }
}

void glasses(Sketch& s, const Face& f) {
  const QColor frame(s.one_of({0xFF2E2E38, 0xFF8A5A36, 0xFFB08D57}));
  const double y = f.y + f.ry * 0.07;
  s.painter.setBrush(QColor(255, 255, 255, 40));
  s.painter.setPen(QPen(frame, 1.0));
  for (double sign : {-1.0, 1.0}) {
    s.painter.drawEllipse(QPointF(f.x + sign * f.rx * 0.43, y), 5.6, 5.2);
  }
  s.line(f.x - 2.2, y - 0.6, f.x + 2.2, y - 0.6, frame, 1.0);
}

void clothes(Sketch& s, const Face& f, double bottom) {
  const double top = f.y + f.ry * 1.25, half = 34;
  QPainterPath body(QPointF(f.x - half, bottom + 1));
  body.cubicTo(f.x - half, top + 6, f.x - 20, top + 1, f.x - 9, top - 1);
  body.quadTo(f.x, top + 8, f.x + 9, top - 1);
  body.cubicTo(f.x + 20, top + 1, f.x + half, top + 6, f.x + half, bottom + 1);
  body.closeSubpath();
  s.flat(body,
         across(f.x - half, f.x + half, f.cloth.lighter(112), f.cloth.darker(115)));
  switch (s.whole(0, 2)) {
    case 0:  // collar
      for (double sign : {-1.0, 1.0}) {
        QPainterPath collar(QPointF(f.x + sign * 9.5, top - 2));
        collar.lineTo(f.x, top + 6);
        collar.lineTo(f.x + sign * 6, top + 12);
        collar.closeSubpath();
        s.flat(collar, QColor(255, 255, 255, 220));
      }
      break;
    case 1:  // stripes
      s.painter.save();
      s.painter.setClipPath(body, Qt::IntersectClip);
      for (double y = top + 7; y < bottom; y += 6) {
        s.rect(f.x - half, y, half * 2, 2.2, QColor(255, 255, 255, 120));
      }
      s.painter.restore();
      break;
    default: {  // hem
      QPainterPath hem(QPointF(f.x - 9, top - 0.5));
      hem.quadTo(f.x, top + 8.5, f.x + 9, top - 0.5);
      s.stroke(hem, f.cloth.darker(130), 1.4);
    }
  }
}

}  // namespace

void sketch_portrait(Sketch& s) {
  const QColor ground(s.one_of({0xFFBFE3F5, 0xFFFFE0B5, 0xFFF7C6D0, 0xFFCDE8CF,
                                0xFFD8CFF0, 0xFFFFD1B8, 0xFFB9D9E8, 0xFFE9E2D0}));
  s.rect(0, 0, s.width, s.height,
         down(0, s.height, ground.lighter(108), ground.darker(112)));
  const QPointF disc =
      s.spot(0.1 * s.width, 0.9 * s.width, 0.1 * s.height, 0.5 * s.height);
  const double size = s.real(20, 34);
  s.ellipse(disc.x(), disc.y(), size, size, clear(QColor(Qt::white), 70));
  const int style = int(s.variant % 5);
  Face f;
  f.x = s.width / 2 + s.real(-2, 2);
  f.y = s.height - 53;
  f.rx = s.real(16, 18.5);
  f.ry = s.real(19.5, 22);
  f.skin = QColor(s.one_of({0xFFFFDFC6, 0xFFF9D0B0, 0xFFFCD8BD, 0xFFE8B48C}));
  f.hair = QColor(s.one_of({0xFF2A2226, 0xFF3A2A26, 0xFF4A332B, 0xFF6B4630, 0xFF1F2430,
                            s.rng.chance(0.2) ? 0xFFB9B4B0 : 0xFF2E2628}));
  f.cloth = QColor(s.one_of({0xFF4B7BE5, 0xFFE0605E, 0xFF35A873, 0xFFF2A33C, 0xFF8A63D2,
                             0xFF2F3E5C, 0xFFE88BA8, 0xFF2BA6A0}));
  hair_behind(s, f, style);
  clothes(s, f, s.height);
  s.round_rect(f.x - 6.5, f.y + f.ry * 0.6, 13, f.ry * 0.78, 5.5, f.skin.darker(112));
  for (double sign : {-1.0, 1.0}) {
    s.ellipse(f.x + sign * f.rx, f.y + f.ry * 0.1, 3.2, 4.4, f.skin.darker(106));
  }
  s.ellipse(f.x, f.y, f.rx, f.ry,
            down(f.y - f.ry, f.y + f.ry, f.skin.lighter(104), f.skin));
  features(s, f);
  hair_front(s, f, style, s.rng.chance(0.5));
  if (s.rng.chance(0.25)) glasses(s, f);
}

}  // namespace paperphone::render

// A street map: blocks, parks, a river, roads of three classes, places.
#include <cmath>
#include <vector>

#include "env/render/pictures/sketch.h"

namespace paperphone::render {

void sketch_map(Sketch& s) {
  s.rect(0, 0, s.width, s.height, QColor(0xFFF1EFEA));
  // Everything is laid out on a grid, turned about the middle.
  const double reach = (s.width + s.height) * 0.75;
  s.painter.save();
  s.painter.translate(s.width / 2, s.height / 2);
  s.painter.rotate(s.real(-25, 25));
  std::vector<double> columns, rows;
  for (double x = -reach; x < reach; x += s.real(11, 19)) columns.push_back(x);
  for (double y = -reach; y < reach; y += s.real(9, 17)) rows.push_back(y);

  for (std::size_t i = 0; i + 1 < columns.size(); ++i) {
    for (std::size_t j = 0; j + 1 < rows.size(); ++j) {
      const double x = columns[i] + 1.4, y = rows[j] + 1.4;
      const double w = columns[i + 1] - x - 1.4, h = rows[j + 1] - y - 1.4;
      const double kind = s.rng.uniform();
      if (kind < 0.1) {
        s.round_rect(x, y, w, h, 2, QColor(0xFFCBE8C4));
        for (int t = 0; t < 5; ++t) {
          const QPointF tree = s.spot(0.15, 0.85, 0.15, 0.85);
          s.ellipse(x + tree.x() * w, y + tree.y() * h, 0.9, 0.9, QColor(0xFFA9D5A0));
        }
        continue;
      }
      s.round_rect(x, y, w, h, 0.8, QColor(kind < 0.2 ? 0xFFF5E9DC : 0xFFE9E6E0));
      const int houses = s.whole(1, 4);
      for (int t = 0; t < houses; ++t) {
        const double hw = w * s.real(0.2, 0.4), hh = h * s.real(0.2, 0.4);
        const QPointF at = s.spot(0.05, 0.55, 0.05, 0.55);
        s.rect(x + at.x() * w, y + at.y() * h, hw, hh, QColor(0xFFDAD6CE));
      }
    }
  }
  // A river crosses, wide and soft.
  QPainterPath river(QPointF(-reach, s.real(-40, 40)));
  const QPointF bends = s.spot(-60, 60, -60, 60);
  river.cubicTo(-reach / 3, bends.x(), reach / 3, bends.y(), reach, s.real(-40, 40));
  const double wide = s.real(7, 13);
  s.stroke(river, QColor(0xFFC3DDF0), wide + 2);
  s.stroke(river, QColor(0xFFAAD3F2), wide);

  for (double x : columns) s.line(x, -reach, x, reach, Qt::white, 1.5);
  for (double y : rows) s.line(-reach, y, reach, y, Qt::white, 1.5);
  const auto avenue = [&](const QPainterPath& path, QRgb edge, QRgb face, double size) {
    s.stroke(path, QColor(edge), size + 0.9);
    s.stroke(path, QColor(face), size);
  };
  const auto straight = [&](double x1, double y1, double x2, double y2) {
    QPainterPath path(QPointF(x1, y1));
    path.lineTo(x2, y2);
    return path;
  };
  const double main_x = columns[columns.size() / 2], main_y = rows[rows.size() / 2];
  avenue(straight(main_x, -reach, main_x, reach), 0xFFE8C46A, 0xFFFCE08A, 2.8);
  avenue(straight(-reach, main_y, reach, main_y), 0xFFE8C46A, 0xFFFCE08A, 2.8);
  const double radius = s.real(36, 60);
  if (s.variant % 2) {
    QPainterPath ring;
    ring.addRoundedRect(
        QRectF(main_x - radius, main_y - radius * 0.8, radius * 2, radius * 1.6),
        radius * 0.5, radius * 0.5);
    avenue(ring, 0xFFEBC98C, 0xFFFDE3AE, 2.2);
  }
  s.painter.restore();

  // Metro line with stations, and places.
  QPainterPath metro(QPointF(0, s.height * s.real(0.2, 0.8)));
  metro.lineTo(s.width * 0.4, s.height * s.real(0.3, 0.7));
  metro.lineTo(s.width, s.height * s.real(0.2, 0.8));
  const QColor metro_color(s.one_of({0xFFD9534F, 0xFF4A90D9, 0xFF3FA66B, 0xFF9B59B6}));
  s.stroke(metro, clear(metro_color, 190), 1.1);
  for (double part : {0.12, 0.4, 0.66, 0.9}) {
    const QPointF at = metro.pointAtPercent(part);
    s.ellipse(at.x(), at.y(), 1.6, 1.6, metro_color);
    s.ellipse(at.x(), at.y(), 0.9, 0.9, Qt::white);
  }
  for (int i = 0; i < 7; ++i) {
    const double x = s.real(0.08, 0.92) * s.width, y = s.real(0.08, 0.92) * s.height;
    const QColor color(s.one_of({0xFFF28C38, 0xFF5B8DEF, 0xFF3FA66B, 0xFFE0605E}));
    s.ellipse(x, y, 2.3, 2.3, Qt::white);
    s.ellipse(x, y, 1.8, 1.8, color);
  }
}

}  // namespace paperphone::render

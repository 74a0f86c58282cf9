// A painter, a seed and a few strokes that the procedural pictures share. Units: the
// shorter side is 100, the origin is the top left corner.
#pragma once

#include <QColor>
#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>
#include <initializer_list>

#include "env/base/rng.h"

namespace paperphone::render {

struct Sketch {
  QPainter& painter;
  double width;   // units
  double height;  // units
  Rng rng;
  std::uint64_t variant;

  double real(double low, double high) { return low + (high - low) * rng.uniform(); }
  int whole(int low, int high) { return int(rng.between(low, high)); }
  // Random numbers must not meet in one call's arguments: their order of evaluation
  // is the compiler's. This takes x first.
  QPointF spot(double x_low, double x_high, double y_low, double y_high) {
    const double x = real(x_low, x_high);
    return {x, real(y_low, y_high)};
  }
  QRgb one_of(std::initializer_list<QRgb> colors) {
    return colors.begin()[rng.below(colors.size())];
  }

  // Inside the picture, or near enough to leave a trace in it.
  bool seen(const QRectF& r) const {
    constexpr double kMargin = 2;  // pixels
    const QRectF on_picture = painter.transform().mapRect(r);
    return on_picture.right() >= -kMargin && on_picture.bottom() >= -kMargin &&
           on_picture.left() <= painter.device()->width() + kMargin &&
           on_picture.top() <= painter.device()->height() + kMargin;
  }

  void flat(const QPainterPath& path, const QBrush& brush) {
    painter.fillPath(path, brush);
  }
  void rect(double x, double y, double w, double h, const QBrush& brush) {
    const QRectF r(x, y, w, h);
    if (seen(r)) painter.fillRect(r, brush);
  }
  void round_rect(double x, double y, double w, double h, double radius,
                  const QBrush& brush) {
    const QRectF r(x, y, w, h);
    if (!seen(r)) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(brush);
    painter.drawRoundedRect(r, radius, radius);
  }
  void ellipse(double cx, double cy, double rx, double ry, const QBrush& brush) {
    const QRectF r(cx - rx, cy - ry, 2 * rx, 2 * ry);
    if (!seen(r)) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(brush);
    painter.drawEllipse(r);
  }
  void stroke(const QPainterPath& path, const QColor& color, double line_width) {
    painter.strokePath(
        path, QPen(color, line_width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  }
  void line(double x1, double y1, double x2, double y2, const QColor& color,
            double line_width) {
    painter.setPen(QPen(color, line_width, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(x1, y1), QPointF(x2, y2));
  }
  // A soft dark spot under something.
  void soft_shadow(double cx, double cy, double rx, double ry, int alpha = 90) {
    painter.save();
    painter.translate(cx, cy);
    painter.scale(1, ry / rx);
    QRadialGradient glow(QPointF(0, 0), rx);
    glow.setColorAt(0, QColor(20, 20, 30, alpha));
    glow.setColorAt(0.6, QColor(20, 20, 30, alpha / 3));
    glow.setColorAt(1, QColor(20, 20, 30, 0));
    ellipse(0, 0, rx, rx, glow);
    painter.restore();
  }
  void glow(double cx, double cy, double radius, QColor color) {
    QRadialGradient light(QPointF(cx, cy), radius);
    light.setColorAt(0, color);
    color.setAlpha(0);
    light.setColorAt(1, color);
    ellipse(cx, cy, radius, radius, light);
  }
};

inline QLinearGradient down(double y1, double y2, QColor top, QColor bottom) {
  QLinearGradient gradient(0, y1, 0, y2);
  gradient.setColorAt(0, top);
  gradient.setColorAt(1, bottom);
  return gradient;
}

inline QLinearGradient across(double x1, double x2, QColor left, QColor right) {
  QLinearGradient gradient(x1, 0, x2, 0);
  gradient.setColorAt(0, left);
  gradient.setColorAt(1, right);
  return gradient;
}

// `part` 0: a, 1: b.
inline QColor mixed(const QColor& a, const QColor& b, double part) {
  const auto mix = [part](int x, int y) { return int(x + (y - x) * part + 0.5); };
  return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()),
                mix(a.blue(), b.blue()), mix(a.alpha(), b.alpha()));
}

inline QColor clear(QColor color, int alpha) {
  color.setAlpha(alpha);
  return color;
}

void sketch_goods(Sketch& sketch);
void sketch_landscape(Sketch& sketch);
void sketch_portrait(Sketch& sketch);
void sketch_food(Sketch& sketch);
void sketch_poster(Sketch& sketch);
void sketch_map(Sketch& sketch);
void sketch_pattern(Sketch& sketch);

}  // namespace paperphone::render

// What the goods' motifs share. Each draws one thing in a box of 100 x 100 units that
// stands on y = kFloor.
#pragma once

#include "env/render/pictures/sketch.h"

namespace paperphone::render::goods {

constexpr double kFloor = 84;

struct Paint {
  QColor main, accent;
};

// Light from the left on something round.
inline QLinearGradient round_body(double x1, double x2, const QColor& color) {
  QLinearGradient g(x1, 0, x2, 0);
  g.setColorAt(0, color.darker(130));
  g.setColorAt(0.22, color.lighter(122));
  g.setColorAt(0.45, color);
  g.setColorAt(1, color.darker(150));
  return g;
}

// Desk and kitchen.
void snack_bag(Sketch& s, const Paint& p);
void carton(Sketch& s, const Paint& p);
void phone_stand(Sketch& s, const Paint& p);
void power_bank(Sketch& s, const Paint& p);
void keyboard(Sketch& s, const Paint& p);
void pot(Sketch& s, const Paint& p);

// Wardrobe and playroom.
void trousers(Sketch& s, const Paint& p);
void cap(Sketch& s, const Paint& p);
void towels(Sketch& s, const Paint& p);
void bear(Sketch& s, const Paint& p);
void ball(Sketch& s, const Paint& p);
void toy_car(Sketch& s, const Paint& p);

}  // namespace paperphone::render::goods

#include "tools/screens/annotate.h"

#include <algorithm>
#include <cmath>

namespace paperphone::tools {
namespace {

struct Color {
  std::uint8_t r, g, b;
};
constexpr Color kRed{230, 30, 60};
constexpr Color kWhite{255, 255, 255};

class Pen {
 public:
  explicit Pen(const ImageView& screen)
      : height_(screen.height),
        width_(screen.width),
        pixels_HWC_(screen.pixels_HWC.begin(), screen.pixels_HWC.end()) {}

  // Pixels whose distance from the point is between the radii.
  void ring(Point at, double inner, double outer, Color color) {
    const int reach = int(std::ceil(outer));
    for (int y = at.y - reach; y <= at.y + reach; ++y)
      for (int x = at.x - reach; x <= at.x + reach; ++x) {
        const double distance = std::hypot(x - at.x, y - at.y);
        if (distance >= inner && distance <= outer) set(x, y, color);
      }
  }

  void line(Point from, Point to, double thickness, Color color) {
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const int steps = std::max(1, int(length));
    for (int i = 0; i <= steps; ++i) {
      const Point at{from.x + (to.x - from.x) * i / steps,
                     from.y + (to.y - from.y) * i / steps};
      ring(at, 0, thickness, color);
    }
  }

  void top_bar(int height, Color color) {
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width_; ++x) set(x, y, color);
  }

  int unit() const { return std::max(1, width_ / 90); }  // 4 dp
  std::vector<std::uint8_t> take() { return std::move(pixels_HWC_); }

 private:
  void set(int x, int y, Color color) {
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return;
    auto* pixel = &pixels_HWC_[(std::size_t(y) * width_ + x) * 3];
    pixel[0] = color.r;
    pixel[1] = color.g;
    pixel[2] = color.b;
  }

  int height_;
  int width_;
  std::vector<std::uint8_t> pixels_HWC_;
};

void mark(Pen& pen, Point at) {
  const int unit = pen.unit();
  pen.ring(at, 4.0 * unit, 5.6 * unit, kWhite);
  pen.ring(at, 4.3 * unit, 5.3 * unit, kRed);
  pen.ring(at, 0, unit, kRed);
}

}  // namespace

std::vector<std::uint8_t> with_action(const ImageView& screen, const Action& action) {
  Pen pen(screen);
  if (const auto* click = std::get_if<Click>(&action)) {
    mark(pen, click->point);
  } else if (const auto* press = std::get_if<LongPress>(&action)) {
    mark(pen, press->point);
    pen.ring(press->point, 6.5 * pen.unit(), 7.5 * pen.unit(), kRed);
  } else if (const auto* swipe = std::get_if<Swipe>(&action)) {
    pen.line(swipe->from, swipe->to, 0.7 * pen.unit(), kRed);
    pen.ring(swipe->to, 0, 2.2 * pen.unit(), kRed);
    mark(pen, swipe->from);
  } else {
    pen.top_bar(pen.unit(), kRed);
  }
  return pen.take();
}

}  // namespace paperphone::tools

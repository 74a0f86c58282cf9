#include "env/layout/polygon.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace paperphone::layout {
namespace {

constexpr int kTurn = 1000;   // a whole turn
constexpr int kOne = 1 << 14;  // the sine's unit

// sin of i thousandths of a turn, i = 0 .. 250, by its series. Evaluated by the
// compiler, in long division of integers: no machine's floating point has a say.
constexpr std::array<int, kTurn / 4 + 1> make_sines() {
  std::array<int, kTurn / 4 + 1> out{};
  constexpr std::int64_t kUnit = std::int64_t{1} << 28;
  constexpr std::int64_t kPi = 843314857;  // in kUnit
  for (int i = 0; i <= kTurn / 4; ++i) {
    const std::int64_t x = 2 * kPi * i / kTurn;
    std::int64_t term = x, sum = x;
    for (int n = 1; n <= 7; ++n) {
      term = -(term * x / kUnit) * x / kUnit / (2 * n * (2 * n + 1));
      sum += term;
    }
    out[std::size_t(i)] = int((sum + (kUnit / kOne) / 2) / (kUnit / kOne));
  }
  return out;
}
constexpr auto kSines = make_sines();

int sine(int angle) {
  angle = (angle % kTurn + kTurn) % kTurn;
  if (angle > kTurn / 2) return -sine(angle - kTurn / 2);
  return kSines[std::size_t(angle <= kTurn / 4 ? angle : kTurn / 2 - angle)];
}

int rounded(std::int64_t x) {
  return int(x >= 0 ? (x + kOne / 2) / kOne : -((-x + kOne / 2) / kOne));
}

// Clockwise from the top.
Point on_circle(Point center, int radius, int angle) {
  return {center.x + rounded(std::int64_t(radius) * sine(angle)),
          center.y - rounded(std::int64_t(radius) * sine(angle + kTurn / 4))};
}

std::int64_t twice_area(const Contour& contour) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < contour.size(); ++i) {
    const Point a = contour[i], b = contour[(i + 1) % contour.size()];
    sum += std::int64_t(a.x) * b.y - std::int64_t(b.x) * a.y;
  }
  return sum;
}

int integer_sqrt(std::int64_t x) {
  std::int64_t r = 0;
  for (std::int64_t bit = std::int64_t{1} << 20; bit > 0; bit >>= 1)
    if ((r + bit) * (r + bit) <= x) r += bit;
  return int(r);
}

}  // namespace

std::string polygon_text(const std::vector<Contour>& contours) {
  std::string out;
  for (Contour contour : contours) {
    if (twice_area(contour) < 0) std::reverse(contour.begin(), contour.end());
    if (!out.empty()) out += ';';
    for (std::size_t i = 0; i < contour.size(); ++i)
      out += fmt::format("{}{},{}", i == 0 ? "" : " ", contour[i].x, contour[i].y);
  }
  return out;
}

std::vector<Contour> polygon_from_text(std::string_view text) {
  std::vector<Contour> out(1);
  int numbers[2] = {0, 0};
  int at = 0;
  const char* c = text.data();
  const char* end = c + text.size();
  while (c < end) {
    const auto [stop, error] = std::from_chars(c, end, numbers[at]);
    if (error != std::errc()) break;
    if (at == 1) out.back().push_back({numbers[0], numbers[1]});
    at = 1 - at;
    if (stop < end && *stop == ';') out.emplace_back();
    c = stop + 1;
  }
  return out;
}

std::vector<Contour> sector(const Sector& s) {
  const int sweep = std::clamp(s.to - s.from, 0, kTurn);
  if (sweep == 0 || s.outer <= 0) return {};
  // A side every 15 thousandths of a turn; a fine disc has as many as its size asks for.
  const int step = s.outer > 40 * kPolygonUnit ? 8 : 15;
  const int sides = std::max(1, (sweep + step - 1) / step);
  const auto angle = [&](int i) { return s.from + sweep * i / sides; };
  if (s.inner <= 0) {
    Contour slice;
    for (int i = 0; i <= sides; ++i)
      slice.push_back(on_circle(s.center, s.outer, angle(i)));
    if (sweep < kTurn) slice.push_back(s.center);
    return {std::move(slice)};
  }
  // A ring in pieces: a hole needs no contour that runs the other way.
  std::vector<Contour> pieces;
  for (int i = 0; i < sides; ++i)
    pieces.push_back({on_circle(s.center, s.outer, angle(i)),
                      on_circle(s.center, s.outer, angle(i + 1)),
                      on_circle(s.center, s.inner, angle(i + 1)),
                      on_circle(s.center, s.inner, angle(i))});
  return pieces;
}

std::vector<Contour> stroke(const std::vector<Point>& points, int thickness) {
  std::vector<Contour> out;
  const int half = std::max(1, thickness / 2);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Point a = points[i], b = points[i + 1];
    const std::int64_t dx = b.x - a.x, dy = b.y - a.y;
    const int length = integer_sqrt(dx * dx + dy * dy);
    if (length == 0) continue;
    const int nx = int(-dy * half / length), ny = int(dx * half / length);
    out.push_back({{a.x + nx, a.y + ny},
                   {b.x + nx, b.y + ny},
                   {b.x - nx, b.y - ny},
                   {a.x - nx, a.y - ny}});
  }
  for (const Point& point : points) {
    Contour joint;
    for (int i = 0; i < 12; ++i)
      joint.push_back(on_circle(point, half, i * kTurn / 12));
    out.push_back(std::move(joint));
  }
  return out;
}

}  // namespace paperphone::layout

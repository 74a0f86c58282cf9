#include "env/layout/kit/containers/street_map.h"

#include <algorithm>

#include "env/base/rng.h"
#include "env/base/utf8.h"

namespace paperphone::layout {

namespace {

// Units of the city: 16 to a thousandth of the map's side.
constexpr int kFine = 16;
constexpr int kSide = sim::kMapSide * kFine;
constexpr int kZooms = sim::kMapZooms + 1;
constexpr std::size_t kAvenueNames = 20;

enum Road : std::uint8_t { kExpressway, kAvenue, kStreet, kLane };
// dp across, by zoom; 0: not drawn from so far away.
constexpr int kBreadth[][kZooms] = {
    {5, 7, 9, 14, 20}, {4, 5, 8, 12, 17}, {1, 3, 5, 8, 12}, {0, 0, 3, 5, 8}};

struct Colors {
  std::uint32_t land, house, park, tree, water, bank, edge, street, avenue, fast,
      fast_edge, metro, ink, ink2;
};
constexpr Colors kLight = {0xFFF3F0EA, 0xFFE4DFD6, 0xFFCFE8C6, 0xFFB5D9AB, 0xFFA9D4F3,
                           0xFFC6E2F6, 0xFFD9D4CA, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFCDD8C,
                           0xFFE6B653, 0xFF4A90D9, 0xFF5F5A52, 0xFF8A847A};
constexpr Colors kDark = {0xFF1E2228, 0xFF292E36, 0xFF203529, 0xFF294434, 0xFF1C3348,
                          0xFF20394F, 0xFF14171B, 0xFF3A414C, 0xFF454D59, 0xFF6F5F36,
                          0xFF3F371F, 0xFF3B6EA6, 0xFFC2C7D0, 0xFF8F96A3};

// One straight road: where it runs, and between which ends.
struct Line {
  Road road = kStreet;
  int at = 0;  // across
  int from = 0, to = kSide;
  std::size_t name = 0;
};

class CityPainter {
 public:
  CityPainter(Painter& painter, const City& city, const MapScale& scale)
      : painter_(painter),
        city_(city),
        scale_(scale),
        rng_(Rng(city.seed).fork("city")),
        colors_(painter.theme().dark ? kDark : kLight) {}

  void paint() {
    painter_.rect(scale_.rect, colors_.land);
    down_ = avenues(rng_.fork("down"), 0);
    across_ = avenues(rng_.fork("across"), 1);
    for (std::size_t i = 0; i + 1 < down_.size(); ++i)
      for (std::size_t j = 0; j + 1 < across_.size(); ++j) quarter(int(i), int(j));
    streets(inner_across_, inner_down_);
    river();
    diagonal();
    streets(across_, down_);
    metro();
    names(inner_across_, inner_down_);
    names(across_, down_);
  }

 private:
  int zoom() const { return scale_.view.zoom; }
  static int breadth(Road road, int zoom) { return kBreadth[road][zoom]; }
  Point at(int x, int y) const {
    const Point whole = scale_.whole();
    const auto dp = [](int units, int side, int middle) {
      return int(std::int64_t{units - middle * kFine} * side / kSide);
    };
    return {scale_.rect.x + scale_.rect.width / 2 + dp(x, whole.x, scale_.view.x),
            scale_.rect.y + scale_.rect.height / 2 + dp(y, whole.y, scale_.view.y)};
  }
  Rect box(int x0, int y0, int x1, int y1) const {
    const Point a = at(x0, y0), b = at(x1, y1);
    return {a.x, a.y, b.x - a.x, b.y - a.y};
  }
  bool seen(Rect r) const { return !intersect(r, scale_.rect).empty(); }

  // From edge to edge, and some beyond, so that the last quarter is no cut one. The
  // second and the last but one are the ring of expressways.
  std::vector<Line> avenues(Rng rng, std::size_t first_name) const {
    std::vector<Line> out;
    for (int x = -int(rng.between(400, 1200)); x < kSide + 3000;
         x += int(rng.between(2100, 3100)))
      out.push_back({.road = kAvenue, .at = x, .from = -kSide, .to = 2 * kSide});
    out[1].road = out[out.size() - 3].road = kExpressway;
    for (std::size_t i = 0; i < out.size(); ++i) out[i].name = 2 * i + first_name;
    return out;
  }

  // What lies between two avenues and two that cross them: streets of its own, blocks.
  void quarter(int i, int j) {
    const int x0 = down_[std::size_t(i)].at, x1 = down_[std::size_t(i) + 1].at;
    const int y0 = across_[std::size_t(j)].at, y1 = across_[std::size_t(j) + 1].at;
    if (!seen(box(x0, y0, x1, y1))) return;
    Rng rng = rng_.fork("quarter", std::uint64_t(i) * 64 + std::uint64_t(j));
    if (rng.below(9) == 0) return park(x0, y0, x1, y1, rng);
    const std::vector<int> xs = parts(x0, x1, rng), ys = parts(y0, y1, rng);
    const auto add = [&](std::vector<Line>& to, const std::vector<int>& ats, int from,
                         int end) {
      for (std::size_t k = 1; k + 1 < ats.size(); ++k)
        to.push_back({.road = kStreet,
                      .at = ats[k],
                      .from = from,
                      .to = end,
                      .name = std::size_t(rng.below(10'000))});
    };
    add(inner_down_, xs, y0, y1);
    add(inner_across_, ys, x0, x1);
    for (std::size_t a = 0; a + 1 < xs.size(); ++a)
      for (std::size_t b = 0; b + 1 < ys.size(); ++b)
        block(xs[a], ys[b], xs[a + 1], ys[b + 1], rng.fork("block", a * 8 + b));
  }

  static std::vector<int> parts(int from, int to, Rng& rng) {
    const int count = int(rng.between(2, 3));
    std::vector<int> out{from};
    for (int k = 1; k < count; ++k)
      out.push_back(from + (to - from) * k / count + int(rng.between(-130, 130)));
    out.push_back(to);
    return out;
  }

  void park(int x0, int y0, int x1, int y1, Rng rng) {
    const Rect lawn = inset(box(x0, y0, x1, y1), 2, 2);
    painter_.rect(lawn, colors_.park, 6);
    const int w = lawn.width, h = lawn.height;
    const Rect lake{lawn.x + w * int(rng.between(15, 40)) / 100,
                    lawn.y + h * int(rng.between(15, 40)) / 100, w * 2 / 5, h * 3 / 10};
    painter_.rect(lake, colors_.water, lake.height / 2);
    if (zoom() == 0) return;
    for (int k = 0; k < 14; ++k) {
      const int x = lawn.x + w * int(rng.between(4, 94)) / 100;
      const int y = lawn.y + h * int(rng.between(4, 94)) / 100;
      const int side = 3 << std::min(zoom(), 3);
      painter_.rect({x, y, side, side}, colors_.tree, side / 2);
    }
  }

  // Houses, a lane through the middle, or a green.
  void block(int x0, int y0, int x1, int y1, Rng rng) {
    const int pad = std::max(1, breadth(kStreet, zoom()) / 2 + zoom());
    const Rect ground = inset(box(x0, y0, x1, y1), pad, pad);
    if (zoom() == 0 || !seen(ground)) return;
    if (rng.below(8) == 0) {
      painter_.rect(ground, colors_.park, 4);
      return;
    }
    const bool has_lane = rng.below(3) != 0;
    const int middle = (x0 + x1) / 2 + int(rng.between(-90, 90));
    if (has_lane && breadth(kLane, zoom()) > 0)
      inner_down_.push_back({.road = kLane,
                             .at = middle,
                             .from = y0,
                             .to = y1,
                             .name = std::size_t(rng.below(10'000))});
    const int lane = breadth(kLane, zoom()) / 2 + 2;
    const int columns = int(rng.between(2, 3)), rows = int(rng.between(2, 4));
    const int gap = zoom() == 1 ? 3 : 2 + zoom() * 2;
    const auto houses = [&](Rect area) {
      if (area.width < 12 || area.height < 12) return;
      const int w = area.width / columns, h = area.height / rows;
      for (int c = 0; c < columns; ++c)
        for (int r = 0; r < rows; ++r) {
          const int less = int(rng.between(0, 30));
          const bool empty = rng.below(7) == 0;
          if (empty) continue;
          painter_.rect({area.x + c * w + gap / 2, area.y + r * h + gap / 2,
                         w - gap - w * less / 100, h - gap},
                        colors_.house, 2);
        }
    };
    const int x = at(middle, 0).x;
    if (!has_lane) return houses(ground);
    houses({ground.x, ground.y, x - lane - ground.x, ground.height});
    houses({x + lane, ground.y, ground.x + ground.width - x - lane, ground.height});
  }

  // In layers, so that crossings are open: all edges, then all faces.
  void streets(const std::vector<Line>& across, const std::vector<Line>& down) {
    for (const Road road : {kLane, kStreet, kAvenue, kExpressway}) {
      for (const bool face : {false, true}) {
        for (const Line& line : across)
          if (line.road == road) street(line, /*is_across=*/true, face);
        for (const Line& line : down)
          if (line.road == road) street(line, /*is_across=*/false, face);
      }
    }
  }

  void street(const Line& line, bool is_across, bool face) {
    const int wide = breadth(line.road, zoom()) + (face ? 0 : 2);
    if (wide <= 2 && !face) return;
    if (wide <= 0) return;
    const bool fast = line.road == kExpressway;
    const std::uint32_t color = face   ? fast                   ? colors_.fast
                                         : line.road == kAvenue ? colors_.avenue
                                                                : colors_.street
                                : fast ? colors_.fast_edge
                                       : colors_.edge;
    const Rect rect = is_across ? box(line.from, line.at, line.to, line.at)
                                : box(line.at, line.from, line.at, line.to);
    painter_.rect(
        intersect(is_across ? Rect{rect.x, rect.y - wide / 2, rect.width, wide}
                            : Rect{rect.x - wide / 2, rect.y, wide, rect.height},
                  inset(scale_.rect, -20, -20)),
        color);
  }

  std::vector<Contour> way(const std::vector<Point>& points, int dp) const {
    std::vector<Point> fine;
    for (const Point& point : points) {
      const Point p = at(point.x, point.y);
      fine.push_back(
          {(p.x - scale_.rect.x) * kPolygonUnit, (p.y - scale_.rect.y) * kPolygonUnit});
    }
    return stroke(fine, dp * kPolygonUnit);
  }

  // From the left edge to the right one in two bends, rounded by halving.
  void river() {
    Rng rng = rng_.fork("river");
    std::vector<Point> points;
    for (const int x : {-3000, 2500, 5500, 8000, 10500, 13500, 19000})
      points.push_back({x, kSide / 2 + int(rng.between(-4200, 4200))});
    for (int turn = 0; turn < 3; ++turn) {
      std::vector<Point> rounder{points.front()};
      for (std::size_t i = 0; i + 1 < points.size(); ++i) {
        const Point a = points[i], b = points[i + 1];
        rounder.push_back({(3 * a.x + b.x) / 4, (3 * a.y + b.y) / 4});
        rounder.push_back({(a.x + 3 * b.x) / 4, (a.y + 3 * b.y) / 4});
      }
      rounder.push_back(points.back());
      points = std::move(rounder);
    }
    const int wide = int(rng.between(9, 14)) << zoom();
    painter_.polygon(scale_.rect, way(points, wide + 4 + 2 * zoom()), colors_.bank);
    painter_.polygon(scale_.rect, way(points, wide), colors_.water);
  }

  // An avenue that minds no grid.
  void diagonal() {
    Rng rng = rng_.fork("diagonal");
    const bool falls = rng.below(2) == 0;
    const int from = int(rng.between(500, 5000)), to = int(rng.between(11000, 15500));
    const std::vector<Point> points = {
        {falls ? from : to, -2000},
        {kSide / 2 + int(rng.between(-1500, 1500)), int(rng.between(6500, 9500))},
        {falls ? to : from, kSide + 2000}};
    const int wide = breadth(kAvenue, zoom());
    painter_.polygon(scale_.rect, way(points, wide + 2), colors_.edge);
    painter_.polygon(scale_.rect, way(points, wide), colors_.avenue);
  }

  // A line along avenues, with a station at every crossing.
  void metro() {
    Rng rng = rng_.fork("metro");
    const Line& along = across_[std::size_t(rng.between(2, 4)) % across_.size()];
    const Line& then = down_[std::size_t(rng.between(2, 4)) % down_.size()];
    const std::vector<Point> points = {
        {-2000, along.at}, {then.at, along.at}, {then.at, kSide + 2000}};
    painter_.polygon(scale_.rect, way(points, 2), colors_.metro);
    const auto station = [&](int x, int y) {
      const Point p = at(x, y);
      const int side = 6 + 2 * zoom();
      painter_.rect({p.x - side / 2, p.y - side / 2, side, side}, colors_.metro,
                    side / 2);
      painter_.rect({p.x - side / 2 + 2, p.y - side / 2 + 2, side - 4, side - 4},
                    colors_.street, side / 2 - 2);
    };
    for (const Line& line : down_)
      if (line.at <= then.at) station(line.at, along.at);
    for (const Line& line : across_)
      if (line.at > along.at) station(then.at, line.at);
  }

  std::string_view name(const Line& line) const {
    const std::size_t count = city_.streets.size();
    if (count == 0) return {};
    // The first names are the avenues', each its own.
    const bool few = count < 2 * kAvenueNames;
    const std::size_t number = line.road <= kAvenue || few
                                   ? line.name
                                   : kAvenueNames + line.name % (count - kAvenueNames);
    return city_.streets[(rng_.key() + number) % count];
  }

  void names(const std::vector<Line>& across, const std::vector<Line>& down) {
    const int farthest[] = {0, 0, 2, 3};  // zooms from which they are written
    for (const Line& line : across)
      if (zoom() >= farthest[line.road]) name_across(line, down_);
    for (const Line& line : down)
      if (zoom() >= farthest[line.road]) name_down(line, across_);
  }

  TextStyle ink(const Line& line) const {
    const bool large = line.road <= kAvenue;
    return {.size = large ? 11 : 10, .color = large ? colors_.ink : colors_.ink2};
  }

  // Between every second pair of crossings, where there is room.
  void name_across(const Line& line, const std::vector<Line>& crossing) {
    const TextStyle style = ink(line);
    const std::string_view words = name(line);
    const int width = painter_.text_width(words, style.size) + 1;
    const int height = painter_.line_height(style.size);
    for_spans(line, crossing, [&](int from, int to) {
      const Point a = at(from, line.at), b = at(to, line.at);
      const Rect rect{(a.x + b.x - width) / 2, a.y - height / 2, width, height};
      if (b.x - a.x >= width + 12 && is_whole(rect)) write(words, rect, style);
    });
  }

  // One character below the other.
  void name_down(const Line& line, const std::vector<Line>& crossing) {
    const TextStyle style = ink(line);
    const std::string_view words = name(line);
    std::vector<std::string_view> letters;
    for (std::size_t i = 0; i < words.size();) {
      const std::size_t begin = i;
      next_code_point(words, i);
      letters.push_back(words.substr(begin, i - begin));
    }
    const int step = painter_.scaled(style.size) + 2;
    const int width = painter_.scaled(style.size) + 1;
    const int tall = step * int(letters.size());
    for_spans(line, crossing, [&](int from, int to) {
      const Point a = at(line.at, from), b = at(line.at, to);
      int y = (a.y + b.y - tall) / 2;
      if (b.y - a.y < tall + 12 || !is_whole({a.x - width / 2, y, width, tall})) return;
      for (const std::string_view letter : letters) {
        write(letter, {a.x - width / 2, y, width, painter_.line_height(style.size)},
              style);
        y += step;
      }
    });
  }

  template <class Visit>
  void for_spans(const Line& line, const std::vector<Line>& crossing, Visit visit) {
    if (line.road > kAvenue) return visit(line.from, line.to);
    for (std::size_t i = line.name / 2 % 2; i + 1 < crossing.size(); i += 2)
      visit(crossing[i].at, crossing[i + 1].at);
  }

  // Half a name at the edge helps nobody.
  bool is_whole(Rect rect) const { return intersect(rect, scale_.rect) == rect; }

  void write(std::string_view words, Rect rect, const TextStyle& style) {
    TextStyle halo = style;
    halo.color = colors_.land;
    for (const Point& by : {Point{-1, 0}, {1, 0}, {0, -1}, {0, 1}})
      painter_.text(words, {rect.x + by.x, rect.y + by.y, rect.width, rect.height},
                    halo);
    painter_.text(words, rect, style);
  }

  Painter& painter_;
  const City& city_;
  const MapScale& scale_;
  const Rng rng_;
  const Colors& colors_;
  std::vector<Line> down_, across_;              // avenues
  std::vector<Line> inner_down_, inner_across_;  // of the quarters in sight
};

}  // namespace

Point MapScale::at(std::int64_t x, std::int64_t y) const {
  const Point side = whole();
  return {rect.x + rect.width / 2 + int((x - view.x) * side.x / sim::kMapSide),
          rect.y + rect.height / 2 + int((y - view.y) * side.y / sim::kMapSide)};
}

void paint_city(Painter& painter, const City& city, const MapScale& scale) {
  CityPainter(painter, city, scale).paint();
}

}  // namespace paperphone::layout

// Collects shapes and nodes under a clip; in a dry run only measures.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "env/layout/font_metrics.h"
#include "env/layout/frame.h"
#include "env/layout/polygon.h"
#include "env/layout/theme.h"

namespace paperphone::layout {

struct TextStyle {
  int size = 15;  // dp per em, before the font scale
  std::uint32_t color = 0xFF000000;
  bool bold = false;
  int lines = 1;  // most lines; 0: any number
  enum class Align : std::uint8_t { kLeft, kCenter, kRight } align = Align::kLeft;
};

class Painter {
 public:
  Painter(Frame& frame, const Fonts& fonts, const Theme& theme, int font_percent)
      : frame_(frame),
        fonts_(fonts),
        theme_(theme),
        font_percent_(font_percent),
        clip_{0, 0, frame.width, frame.height} {}

  const Theme& theme() const { return theme_; }
  const Fonts& fonts() const { return fonts_; }
  int font_percent() const { return font_percent_; }
  const Frame& frame() const { return frame_; }
  // Nothing is collected while dry: the same code then measures heights.
  bool set_dry(bool dry) { return std::exchange(dry_, dry); }
  bool dry() const { return dry_; }
  Rect set_clip(Rect clip);  // returns the former one
  Rect clip() const { return clip_; }
  // Nodes end here even where shapes go on (under the gesture bar).
  void set_touch_bottom(int y) { touch_bottom_ = y; }
  // What is painted changes from second to second.
  void tick() { frame_.ticking = true; }
  // Outside of the clip: need not be drawn.
  bool hidden(Rect rect) const;

  // A dp size of text under the phone's font scale.
  int scaled(int size) const { return (size * font_percent_ + 50) / 100; }
  int line_height(int size) const { return scaled(size) * 7 / 5; }
  int text_width(std::string_view text, int size, bool bold = false) const;
  // The largest size up to `size` at which one line of it is no wider; at least
  // `least`.
  int fitting_size(std::string_view text, int size, int width, int least) const;

  void rect(Rect rect, std::uint32_t color, int radius = 0);
  void gradient(Rect rect, std::uint32_t top, std::uint32_t bottom, int radius = 0);
  void outline(Rect rect, std::uint32_t color, int radius, int width = 1);
  void shadow(Rect rect, int radius, int blur, std::uint32_t color = 0x22000000);
  void scrim(Rect rect, std::uint32_t color);
  void icon(std::string_view name, Rect box, std::uint32_t color);
  // veil: a translucent colour over it.
  void picture(std::string_view kind, std::uint64_t seed, Rect rect, int radius,
               std::uint32_t veil = 0);
  void avatar(std::string_view name, Rect rect, int radius);
  // One or two characters of the name on a plate; 0: of a colour that the name chooses.
  void letters(std::string_view name, Rect rect, int radius, std::uint32_t plate);
  // A merchant's sign: its first character on a colour of its own, square.
  void brand(std::string_view name, Rect rect, std::uint32_t plate = 0);
  // Contours relative to the rectangle's corner; what leaves it is cut.
  void polygon(Rect rect, const std::vector<Contour>& contours, std::uint32_t color);
  // Another screen, small: as wide as `face`, cut at its bottom, round at its corners.
  void miniature(const Frame& screen, Rect face, int radius);
  // Draws from the top of `rect` and returns the height used. Draws nothing for "".
  int text(std::string_view text, Rect rect, const TextStyle& style);
  // One line, vertically centred in `rect`.
  void label(std::string_view text, Rect rect, const TextStyle& style);
  // A line where parts differ: draws `text` at x and returns its width.
  int run(std::string_view text, int x, int y, const TextStyle& style);
  // The same, struck through.
  int struck(std::string_view text, int x, int y, const TextStyle& style);
  // A red dot or pill with its centre at `at`; nothing for "".
  void badge(std::string_view text, Point at);
  void chevron(int right, int center_y);
  void divider(int x, int y, int width);

  // nodes.back() can be amended by the caller (checked, enabled, ...); nullptr if
  // the rectangle is not visible.
  Node* node(Rect rect, Role role, const sim::Target& target, std::string address,
             std::string text);

  struct Mark {  // how far painting has come
    std::size_t draws = 0, nodes = 0, shown = 0;
  };
  Mark mark() const {
    return {frame_.draws.size(), frame_.nodes.size(), frame_.shown.size()};
  }
  // What was painted since `from` moves below what was painted since `below`: a card's
  // back is as tall as what lies on it.
  void put_below(Mark below, Mark from);
  void take_back(Mark from);  // nothing painted since then stays

  // A widget was painted there.
  void show(int widget, app::Ref row, Rect rect);

  // The nodes of a whole widget, from number `first` on, answer to these swipes.
  void set_swiping(std::size_t first, int widget, Swiping swiping);

 private:
  Draw* add(Shape shape, Rect rect);

  Frame& frame_;
  const Fonts& fonts_;
  const Theme& theme_;
  const int font_percent_;
  Rect clip_;
  int touch_bottom_ = 1 << 20;
  bool dry_ = false;
};

Rect intersect(Rect a, Rect b);
Rect inset(Rect r, int dx, int dy);

}  // namespace paperphone::layout

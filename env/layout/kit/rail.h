// The letters at the right edge of a list with `rail`: a tap scrolls to the heading.
#pragma once

#include <string>
#include <vector>

#include "env/app/spec.h"
#include "env/types.h"

namespace paperphone::layout {

class WidgetPainter;

class Rail {
 public:
  // Headings are noted while the body is painted, from its top, up to end().
  void begin(int top) {
    headings_.clear();
    noting_ = top;
  }
  void end() { noting_ = kNotNoting; }
  void note(const app::Widget& list, const std::string& heading, int y);

  void paint(WidgetPainter& kit, Rect view, int scroll_max) const;

 private:
  struct Heading {
    const app::Widget* list;
    std::string text;
    int y;  // dp below the top of the body
  };
  static constexpr int kNotNoting = -1 << 24;
  std::vector<Heading> headings_;
  int noting_ = kNotNoting;  // the body's top while headings are noted
};

}  // namespace paperphone::layout

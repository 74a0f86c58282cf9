// Paints the widgets of a state's top screen: which are shown, how far they stand apart,
// how tall they were. What each looks like is in its own file, in a folder beside this.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "env/layout/kit/rail.h"
#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

// What lies under a widget: rows bring their own white strip on a page, none in a card.
enum class Surface : std::uint8_t { kPage, kCard };

struct Paint;

class WidgetPainter {
 public:
  // state's top screen is the one painted. Without `touchable` no nodes are made
  // (pages below a sheet).
  WidgetPainter(const sim::Machine& machine, const sim::PhoneState& state,
                Painter& painter, bool touchable);

  const sim::Machine& machine() const { return machine_; }
  const sim::PhoneState& state() const { return state_; }
  Painter& painter() const { return painter_; }
  bool touchable() const { return touchable_; }
  const app::AppSpec& app() const { return app_; }
  const app::ScreenSpec& screen() const { return screen_; }
  std::uint32_t accent() const { return accent_; }

  bool is_shown(const app::Widget& widget, app::Ref row) const;
  int paint_all(const std::vector<app::Widget>& widgets, app::Ref row, int x, int y,
                int width, Surface surface);
  // Measured once per row and width; what is off the screen is not evaluated again.
  int paint(const app::Widget& widget, app::Ref row, int x, int y, int width,
            Surface surface);

  // Of a list, looked up once.
  const std::vector<app::Ref>& rows_of(const app::Widget& list);
  // "shop.home.products.card[17]", "shop.home.bar.cart".
  std::string address(const app::Widget& widget, app::Ref row, int part) const;

  Rail& rail() { return rail_; }

  // Where the focused field was painted last; empty if it was not.
  Rect focused_field() const { return focused_; }
  void note_focused_field(Rect area) { focused_ = area; }

  // The list item being painted, unless it is the last; the former one is returned.
  const app::Widget* set_divided(const app::Widget* item) {
    return std::exchange(divided_, item);
  }
  const app::Widget* divided() const { return divided_; }

 private:
  // A row with `actions`: itself and, if a swipe has moved it aside, its buttons.
  int paint_row(const Paint& w);

  const sim::Machine& machine_;
  const sim::PhoneState& state_;
  Painter& painter_;
  const bool touchable_;
  const app::AppSpec& app_;
  const app::ScreenSpec& screen_;
  const std::uint32_t accent_;
  Rail rail_;
  Rect focused_;
  const app::Widget* divided_ = nullptr;

  struct HeightKey {
    const app::Widget* widget;
    app::Ref row;
    int width;
    Surface surface;
    bool operator==(const HeightKey&) const = default;
  };
  struct HeightHash {
    std::size_t operator()(const HeightKey& key) const;
  };
  std::unordered_map<HeightKey, int, HeightHash> heights_;
  std::map<int, std::vector<app::Ref>> rows_;  // of lists, by widget index
};

}  // namespace paperphone::layout

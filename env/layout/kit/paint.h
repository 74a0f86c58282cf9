// One widget while it is painted: where, for which row, and what it says there.
//
// A painter is a function `int paint_toggle(const Paint& w)`: it paints at (x, y, width)
// and returns the height it used; in a dry run it only measures.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "env/app/parts.h"
#include "env/layout/kit/widget_painter.h"

namespace paperphone::layout {

using Align = TextStyle::Align;
inline constexpr int kPad = size::kPadding;
inline constexpr int kTouch = 36;  // dp: the least side of a small control

struct Paint {
  WidgetPainter& kit;
  const app::Widget& widget;
  app::Ref row;
  int x = 0, y = 0, width = 0;
  Surface surface = Surface::kPage;
  std::span<const app::Value> day = {};  // what `day` is, of a calendar

  // Another widget, or the same for another row, in the same place: the item of a list,
  // the points of a chart.
  Paint of(const app::Widget& other, app::Ref its_row) const {
    return {kit, other, its_row, x, y, width, surface, day};
  }

  Painter& painter() const { return kit.painter(); }
  const sim::Machine& machine() const { return kit.machine(); }
  const sim::PhoneState& state() const { return kit.state(); }
  const app::ScreenSpec& screen() const { return kit.screen(); }
  std::uint32_t accent() const { return kit.accent(); }
  bool touchable() const { return kit.touchable(); }
  app::EvalContext context() const {
    app::EvalContext context = machine().context(state(), row);
    context.params = day;
    return context;
  }

  // ---- what it says: a property that is missing gives the fallback ------------------

  bool has(app::Prop prop) const { return widget.has(prop); }
  bool has_id() const { return !widget.id.empty(); }
  // As the file has them, the same for every row.
  std::int64_t integer(app::Prop prop, std::int64_t fallback) const {
    return widget.number(prop, fallback);
  }
  std::string_view name(app::Prop prop, std::string_view fallback = "") const {
    return widget.name(prop, fallback);
  }
  // Of this row.
  std::string text(app::Prop prop) const;
  bool flag(app::Prop prop, bool fallback) const;
  std::int64_t number(app::Prop prop, std::int64_t fallback) const;
  app::Value bound(app::Prop prop) const;
  std::uint64_t seed() const;
  std::string picture_kind(std::string_view fallback) const;
  std::string icon(std::string_view fallback = "") const;
  std::uint32_t color(app::Prop prop, std::uint32_t fallback) const;  // argb

  // ---- what its entries say ---------------------------------------------------------

  // Those that are shown, with their part.
  std::vector<std::pair<int, const app::Item*>> shown_items(app::Prop prop) const;
  std::string item_text(const app::Template& text) const;
  std::string item_icon(const app::Item& item) const;
  std::uint32_t item_color(const app::Item& item, std::uint32_t fallback) const;

  const std::vector<app::Ref>& rows() const { return kit.rows_of(widget); }

  // ---- what can be touched and read -------------------------------------------------

  int part(std::string_view part_name) const {
    return app::part_index(widget, part_name);
  }
  // A node for the widget or one of its parts, with the role that its rule has; nullptr
  // if none is wanted or seen.
  Node* touch(Rect rect, std::string label, int part = -1) const;
  // The same in another role.
  Node* touch_as(Role role, Rect rect, std::string label, int part = -1) const;
  bool is_focused() const;

  // ---- what many have ---------------------------------------------------------------

  // The strip behind a row on a page.
  void strip(int height) const;
  // The line between a list's rows, from x to the row's right end; none below the last.
  void row_divider(int from, int height) const;
  void avatar(const std::string& name, Rect rect, int radius) const;
};

}  // namespace paperphone::layout

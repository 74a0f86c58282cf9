#include "env/layout/kit/widget_painter.h"

#include <fmt/format.h>

#include "env/app/parts.h"
#include "env/base/rng.h"
#include "env/layout/kit/painters.h"

namespace paperphone::layout {

using app::Prop;
using app::Ref;
using app::Spacing;
using app::Widget;

namespace {

// Space before a widget on a page or in a card that is not part of a run of rows.
int gap_before(Spacing before, Spacing after, Surface surface) {
  if (before == Spacing::kNone || after == Spacing::kNone) return 0;
  if (before == Spacing::kHeading || after == Spacing::kTabs) return 0;
  if (before == Spacing::kTabs) return 8;
  const bool run = before == Spacing::kRow || before == Spacing::kText;
  if (run && before == after) return 0;
  return surface == Surface::kPage ? 10 : 4;
}

}  // namespace

WidgetPainter::WidgetPainter(const sim::Machine& machine, const sim::PhoneState& state,
                             Painter& painter, bool touchable)
    : machine_(machine),
      state_(state),
      painter_(painter),
      touchable_(touchable),
      app_(machine.apps().apps[std::size_t(state.front_app())]),
      screen_(app_.screens[std::size_t(state.top()->screen)]),
      accent_(0xFF000000 | app_.accent) {}

bool WidgetPainter::is_shown(const Widget& widget, Ref row) const {
  return app::holds(widget.show, machine_.context(state_, row));
}

std::string WidgetPainter::address(const Widget& widget, Ref row, int part) const {
  std::string out = app_.id + "." + screen_.id + ".";
  if (widget.list >= 0) {
    const Widget& list = *screen_.widgets[std::size_t(widget.list)];
    if (!list.id.empty()) out += list.id + ".";
  }
  out += widget.id;
  if (row.valid() && widget.list >= 0) out += fmt::format("[{}]", row.row_id);
  if (part >= 0) {
    const std::string_view name = app::part_name(widget, part);
    out += '.';
    out += name.empty() ? std::to_string(part) : std::string(name);
  }
  return out;
}

int WidgetPainter::paint_all(const std::vector<Widget>& widgets, Ref row, int x, int y,
                             int width, Surface surface) {
  const int top = y;
  const Widget* before = nullptr;
  const auto spacing = [](const Widget& widget) {
    return app::component(widget.kind).spacing;
  };
  for (const Widget& widget : widgets) {
    if (!is_shown(widget, row)) continue;
    const int gap =
        before ? gap_before(spacing(*before), spacing(widget), surface) : 0;
    const int height = paint(widget, row, x, y + gap, width, surface);
    if (height == 0) continue;  // an empty list, say, leaves no gap
    y += gap + height;
    before = &widget;
  }
  return y - top;
}

std::size_t WidgetPainter::HeightHash::operator()(const HeightKey& key) const {
  return std::size_t(Rng::mix(reinterpret_cast<std::uintptr_t>(key.widget) ^
                              std::uint64_t(std::uint32_t(key.row.row_id)) << 32 ^
                              std::uint64_t(key.width) << 1 ^
                              std::uint64_t(key.surface)));
}

const std::vector<Ref>& WidgetPainter::rows_of(const Widget& list) {
  const auto found = rows_.find(list.index);
  if (found != rows_.end()) return found->second;
  return rows_.emplace(list.index, machine_.visible_rows(state_, list)).first->second;
}

int WidgetPainter::paint(const Widget& widget, Ref row, int x, int y, int width,
                         Surface surface) {
  // A focused field has to be found even where it is not seen.
  const bool may_skip = painter_.dry() || state_.focus.widget < 0;
  const HeightKey key{&widget, row, width, surface};
  const auto known = heights_.find(key);
  if (known != heights_.end() && may_skip &&
      painter_.hidden({x, y, width, known->second})) {
    return known->second;
  }
  const Paint w{*this, widget, row, x, y, width, surface};
  const int height = w.has(Prop::kActions) ? paint_row(w) : paint_widget(w);
  if (touchable_) painter_.show(widget.index, row, {x, y, width, height});
  heights_[key] = height;
  return height;
}

int WidgetPainter::paint_row(const Paint& w) {
  constexpr int kButton = 76;
  const std::size_t first = painter_.frame().nodes.size();
  const bool opened = touchable_ && machine_.is_opened(state_, w.widget.index, w.row);
  const auto actions = w.shown_items(Prop::kActions);
  if (painter_.dry() || !opened || actions.empty()) {
    const int height = paint_widget(w);
    painter_.set_swiping(first, w.widget.index, Swiping::kSideways);
    return height;
  }
  const bool was_dry = painter_.set_dry(true);
  const int height = paint_widget(w);
  painter_.set_dry(was_dry);
  const int aside = kButton * int(actions.size());
  const Rect former = painter_.clip();
  painter_.set_clip(intersect(former, {w.x, w.y, w.width, height}));
  Paint moved = w;
  moved.x -= aside;
  paint_widget(moved);
  painter_.set_swiping(first, w.widget.index, Swiping::kSideways);
  const Theme& theme = painter_.theme();
  int x = w.x + w.width - aside;
  for (const auto& [part, item] : actions) {
    const Rect button{x, w.y, kButton, height};
    painter_.rect(button, item->style == "danger"    ? theme.danger
                          : item->style == "primary" ? accent_
                                                     : mix(theme.text2, theme.card, 70));
    const std::string label = w.item_text(item->label);
    painter_.label(label, button,
                   {.size = 15, .color = 0xFFFFFFFF, .align = Align::kCenter});
    w.touch(button, label, part);
    x += kButton;
  }
  painter_.set_clip(former);
  return height;
}

}  // namespace paperphone::layout

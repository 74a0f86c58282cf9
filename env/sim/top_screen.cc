#include "env/sim/top_screen.h"

#include <algorithm>

namespace paperphone::sim {

using app::AppSet;
using app::EvalContext;
using app::Expr;
using app::holds;
using app::Prop;
using app::Ref;
using app::ScreenSpec;
using app::SelectedRow;
using app::Widget;

namespace {

enum class Shown : std::uint8_t { kNotHere, kHidden, kYes };

// Is the widget, and everything it lies in, shown? Its `show` and theirs count.
Shown find_shown(const std::vector<Widget>& forest, std::int32_t index,
                 const EvalContext& context) {
  for (const Widget& widget : forest) {
    if (widget.index > index) break;  // indices are in pre-order
    Shown found = widget.index == index ? Shown::kYes : Shown::kNotHere;
    for (const Prop prop : {Prop::kBody, Prop::kItem})
      if (found == Shown::kNotHere)
        found = find_shown(widget.widgets(prop), index, context);
    if (found == Shown::kNotHere) continue;
    return found == Shown::kYes && holds(widget.show, context) ? Shown::kYes
                                                               : Shown::kHidden;
  }
  return Shown::kNotHere;
}

}  // namespace

const ScreenSpec* top_screen(const AppSet& apps, const PhoneState& state) {
  const ScreenEntry* top = state.top();
  if (top == nullptr) return nullptr;
  const app::AppSpec& app = apps.apps[state.front_app()];
  return &app.screens[top->screen];
}

const Widget* live_widget(const Machine& machine, const PhoneState& state,
                          std::int32_t index, Ref row) {
  const ScreenSpec* screen = top_screen(machine.apps(), state);
  if (screen == nullptr || index < 0 ||
      index >= std::int32_t(screen->widgets.size()))
    return nullptr;
  const Widget* widget = screen->widgets[index];
  if (widget->list >= 0) {
    const Widget& list = *screen->widgets[widget->list];
    const app::TableRef at = list.table(Prop::kRows);
    if (row.app != at.app || row.table != at.table || state.world.find(row) == nullptr)
      return nullptr;
  }
  const EvalContext context = machine.context(state, row);
  for (const auto* roots : {&screen->body, &screen->footer, &screen->float_button})
    if (find_shown(*roots, index, context) == Shown::kHidden) return nullptr;
  return widget;
}

bool Machine::is_shown(const PhoneState& state, int widget, Ref row) const {
  return live_widget(*this, state, widget, row) != nullptr;
}

std::vector<Ref> Machine::visible_rows(const PhoneState& state,
                                       const Widget& list) const {
  const app::TableRef table = list.table(Prop::kRows);
  if (table.app < 0 || state.front_app() < 0) return {};
  const Expr* where = list.expr(Prop::kWhere);
  const Expr* order_by = list.expr(Prop::kOrderBy);
  const Expr* descending = list.expr(Prop::kDescending);

  std::vector<SelectedRow> entries =
      app::select_rows(context(state), table, where, order_by);
  // Equal keys stay in the order of their ids, in both directions.
  if (order_by != nullptr) {
    const bool down = descending != nullptr && holds(*descending, context(state));
    std::stable_sort(entries.begin(), entries.end(),
                     [down](const SelectedRow& a, const SelectedRow& b) {
                       return down ? b.key.less_than(a.key) : a.key.less_than(b.key);
                     });
  }
  std::size_t count = entries.size();
  if (const Expr* limit = list.expr(Prop::kLimit)) {
    const std::int64_t most = app::evaluate(*limit, context(state)).as_int();
    count = std::min(count, std::size_t(std::max<std::int64_t>(most, 0)));
  }
  std::vector<Ref> rows;
  rows.reserve(count);
  for (std::size_t i = 0; i < count; ++i) rows.push_back(entries[i].row);
  return rows;
}

}  // namespace paperphone::sim

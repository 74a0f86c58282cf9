#include "env/task/expert/lists.h"

#include <algorithm>

#include "env/task/evidence/look.h"
#include "env/task/expert/search.h"

namespace paperphone::task {

using app::EvalContext;
using app::evaluate;
using app::Prop;
using app::Ref;
using app::Value;
using app::Widget;
using app::World;
using sim::PhoneState;

Lists::Lists(const sim::Machine& machine, const TaskInstance& task, const Known& known,
             const Evidence& evidence)
    : machine_(machine), task_(task), known_(known), evidence_(evidence) {
  std::vector<app::Cell> cells;
  EvalContext context{.world = task.initial, .apps = machine.apps(), .params = task.values,
                      .trace = &cells};
  for (std::size_t i = 0; i < task.spec->params.size(); ++i) {
    context.it = task.values[i].as_ref();
    if (context.it.valid()) evaluate(task.spec->params[i].where, context);
  }
  granted_.insert(cells.begin(), cells.end());
}

void Lists::grant(const app::Expr& rows, const EvalContext& context) {
  if (!rows.empty()) grant(rows.root(), context);
}

void Lists::grant(const app::ExprNode& node, const EvalContext& context) {
  using app::Op;
  if (node.op == Op::kParam) {
    const std::size_t params = task_.spec->params.size();
    if (std::size_t(node.index) >= params)
      grant(task_.spec->lets[std::size_t(node.index) - params].value, context);
    return;
  }
  const bool finds = node.op == Op::kFirst || node.op == Op::kLatest || node.op == Op::kOne ||
                     node.op == Op::kMost || node.op == Op::kLeast;
  if (finds && !node.uses_it) {
    const std::size_t condition = node.op == Op::kMost || node.op == Op::kLeast ? 1 : 0;
    std::vector<app::Cell> cells;
    EvalContext inside = context;
    inside.outer = &context;
    inside.it = evaluate(node, context).as_ref();
    inside.trace = &cells;
    if (inside.it.valid() && node.children.size() > condition)
      evaluate(node.children[condition], inside);
    granted_.insert(cells.begin(), cells.end());
  }
  for (const app::ExprNode& child : node.children)
    if (!has_own_it(node)) grant(child, context);
}

// Nearly all rows have it there: that a note is not one's own, that an order is shown.
// Whoever knows the app expects it of any.
bool Lists::is_usual(const World& world, const app::Cell& cell, const Value& value) const {
  const auto key = std::tuple(cell.app, cell.table, cell.column);
  const auto [at, fresh] = usual_.try_emplace(key);
  if (fresh) {
    const auto& rows = world.apps[cell.app]->tables[cell.table]->rows;
    for (std::size_t i = 0; i < std::min<std::size_t>(rows.size(), 3); ++i) {
      const Value& common = rows[i * rows.size() / 3]->cells[cell.column];
      const auto count = std::count_if(rows.begin(), rows.end(), [&](const auto& row) {
        return row->cells[cell.column] == common;
      });
      if (std::size_t(count) * 5 >= rows.size() * 4) at->second = common;
    }
  }
  return at->second && *at->second == value;
}

bool Lists::has_row(const PhoneState& state, const Widget& list, Ref row) const {
  const app::Expr* where = list.expr(Prop::kWhere);
  // One that grows as one scrolls on has no end.
  const bool may_end_before =
      list.has(Prop::kLimit) && !grows(*top_screen(machine_, state));
  if (where == nullptr && !may_end_before) return true;
  std::vector<app::Cell> cells;
  if (where != nullptr) {
    EvalContext here = machine_.context(state, row);
    here.trace = &cells;
    evaluate(*where, here);
  }
  const bool is_known = std::all_of(cells.begin(), cells.end(), [&](const app::Cell& cell) {
    if (cell.table < 0) return true;  // one's own choice on the way
    const app::TableSpec& table = machine_.apps().apps[cell.app].tables[cell.table];
    if (table.columns[cell.column].in_file &&
        cell.row_id < int(table.fixture_rows.size()))
      return true;  // of the app itself, the same in every world
    const Value value = value_at(state.world, cell);
    return known_.has(cell, value) || granted_.contains(cell) || is_usual(state.world, cell, value);
  });
  if (is_known && !may_end_before) return true;
  const Listing now = listing_of(machine_, state, list);
  if (is_known && !now.limited) return true;
  const Listing* seen = evidence_.find(now.key);
  const int place = now.place_of(row.row_id);
  return seen != nullptr && place >= 0 && seen->seen[place] != 0;
}

int Lists::pages_to(const PhoneState& state, const Widget& list, Ref row) const {
  constexpr std::size_t kRowsOfAPage = 7;
  constexpr std::size_t kFiltered = 20;  // of a list that says so of its rows
  constexpr std::size_t kMostPages = 5;
  const app::ScreenSpec& screen = *top_screen(machine_, state);
  if (component(list.kind).swipes == app::Swipes::kPages || is_searched(state, screen)) return 0;
  const app::TableRef table = list.table(Prop::kRows);
  for (const Listing* seen : evidence_.listings()) {
    if (seen->table != table) continue;
    const Listing* same = evidence_.find(listing_of(machine_, state, list).key);
    const int place = same == nullptr ? -1 : same->place_of(row.row_id);
    if (place >= 0 && same->seen[place] != 0) return place < int(kRowsOfAPage) ? 0 : 1;
    break;
  }
  const std::size_t all = state.world.apps[table.app]->tables[table.table]->rows.size();
  const std::size_t rows = list.has(Prop::kWhere) ? std::min(all, kFiltered) : all;
  return int(std::min(kMostPages, rows / (2 * kRowsOfAPage)));
}
// Has something been typed into its search box?
bool Lists::is_searched(const PhoneState& state, const app::ScreenSpec& screen) const {
  return std::any_of(screen.widgets.begin(), screen.widgets.end(), [&](const Widget* box) {
    const auto text = searched_for(machine_, state, *box);
    return text && !text->as_text().empty();
  });
}

}  // namespace paperphone::task

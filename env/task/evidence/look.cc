#include "env/task/evidence/look.h"

#include <algorithm>
#include <map>

#include "env/app/kit/component.h"
#include "env/task/evidence/meaning.h"
#include "env/task/notice.h"

namespace paperphone::task {

using app::Cell;
using app::EvalContext;
using app::Expr;
using app::Item;
using app::Prop;
using app::Ref;
using app::Template;
using app::Value;
using app::Widget;
using sim::Machine;
using sim::PhoneState;

namespace {

constexpr int kEnoughInSight = 72;  // dp of a tall widget: three lines

// What says which rows a list has, and in which order.
bool is_about_rows(Prop prop) {
  switch (prop) {
    case Prop::kRows:
    case Prop::kWhere:
    case Prop::kOrderBy:
    case Prop::kDescending:
    case Prop::kLimit:
    case Prop::kGroupBy:
      return true;
    default:
      return false;
  }
}

// Columns of the table that were read.
std::vector<std::int32_t> columns_of(const std::vector<Cell>& cells,
                                     app::TableRef table) {
  std::vector<std::int32_t> out;
  for (const Cell& cell : cells)
    if (cell.app == table.app && cell.table == table.table) out.push_back(cell.column);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// Columns of the table's row that a list's condition may read, sorted.
void add_columns(const app::ExprNode& node, app::TableRef table,
                 std::vector<std::int32_t>& columns) {
  if (node.op == app::Op::kField && node.children[0].type.app == table.app &&
      node.children[0].type.table == table.table) {
    const auto at = std::lower_bound(columns.begin(), columns.end(), node.index);
    if (at == columns.end() || *at != node.index) columns.insert(at, node.index);
  }
  for (const app::ExprNode& child : node.children) add_columns(child, table, columns);
}

// Does it find a row by what is drawn, and not by what files say: which row that is, nobody
// knows before it is seen.
bool finds_by_drawn(const app::ExprNode& node, const app::AppSet& apps) {
  using app::Op;
  const bool finds = node.op == Op::kFirst || node.op == Op::kLatest || node.op == Op::kOne ||
                     node.op == Op::kMost || node.op == Op::kLeast;
  const auto reads_drawn = [&](const auto& self, const app::ExprNode& n) -> bool {
    if (n.op == Op::kField && n.children[0].op == Op::kIt) {
      const app::Type of = n.children[0].type;
      const app::ColumnSpec& column = apps.apps[of.app].tables[of.table].columns[n.index];
      return !column.in_file && !column.generate.empty();
    }
    return std::any_of(n.children.begin(), n.children.end(),
                       [&](const app::ExprNode& child) { return self(self, child); });
  };
  if (finds && std::any_of(node.children.begin(), node.children.end(),
                           [&](const app::ExprNode& child) { return reads_drawn(reads_drawn, child); }))
    return true;
  return std::any_of(node.children.begin(), node.children.end(), [&](const app::ExprNode& child) {
    return finds_by_drawn(child, apps);
  });
}

// What a list's condition wants the texts of its rows to contain.
void add_words(const app::ExprNode& node, const EvalContext& context,
               std::vector<std::string>& words) {
  const bool asks = node.op == app::Op::kContains || node.op == app::Op::kStartsWith;
  if (asks && node.children[0].uses_row && !node.children[1].uses_row) {
    std::string word(evaluate(node.children[1], context).as_text());
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(std::move(word));
  }
  for (const app::ExprNode& child : node.children)
    if (!app::has_own_it(child)) add_words(child, context, words);
}

// One screen, read widget by widget.
class Reader {
 public:
  // traces_rows: what aggregates went through counts as read.
  Reader(const Machine& machine, const PhoneState& state, Evidence& evidence,
         bool traces_rows = false)
      : machine_(machine),
        state_(state),
        evidence_(evidence),
        traces_rows_(traces_rows) {
    const app::AppSpec& app = machine.apps().apps[state.front_app()];
    screen_ = &app.screens[state.top()->screen];
    if (screen_->has_bar) text(screen_->title, {});
    for (const auto* roots : {&screen_->body, &screen_->footer, &screen_->float_button})
      for (const Widget& widget : *roots) shown(widget, {});
  }
  // Of a screen that is thought of and not in sight: leaves out values of rows that only who
  // sees it knows.
  void guess() { guesses_ = true; }
  // What was read becomes evidence.
  void finish() {
    for (const Cell& cell : cells_) evidence_.add(cell, value_at(state_.world, cell));
    for (const auto& [cell, value] : totals_) evidence_.add(cell, value);
  }
  std::vector<Cell>& cells() { return cells_; }

  const app::ScreenSpec& screen() const { return *screen_; }

  // What the widget says, for this row of its list.
  void read(const Widget& widget, Ref row) {
    if (const Labelled of = labelled_by(widget); !of.label.empty())
      totals_.emplace_back(said_by(of.value.root(), context(row)),
                           Value::of_text(std::string(of.label)));
    for (const auto& [prop, value] : widget.props) {
      if (is_about_rows(prop)) continue;
      if (const auto* of = std::get_if<Template>(&value)) {
        text(*of, row);
      } else if (const auto* expr = std::get_if<Expr>(&value)) {
        see(*expr, row);
      } else if (const auto* place = std::get_if<app::Place>(&value)) {
        app::read(*place, context(row));
      } else if (const auto* items = std::get_if<std::vector<Item>>(&value)) {
        for (const Item& item : *items) read(item, row);
      }
    }
    // What is left out is seen too: that no mark is there, no button.
    if (widget.table(Prop::kRows).app < 0)
      for (const Prop prop : {Prop::kBody, Prop::kItem})
        for (const Widget& inner : widget.widgets(prop)) shown(inner, row);
  }

  // The list has this row in sight.
  void see_row(const Widget& list, Ref row) {
    Listing& listing = listing_for(list);
    const int place = listing.place_of(row.row_id);
    if (place < 0) return;
    listing.seen[std::size_t(place)] = 1;
    if (const Template* heading = list.text(Prop::kGroupBy)) text(*heading, row);
    // That it is there says what the list filters by.
    if (const Expr* where = list.expr(Prop::kWhere)) see(*where, row);
    for (const Widget& item : list.widgets(Prop::kItem)) shown(item, row);
  }

  // A list is in sight, be it empty.
  Listing& listing_for(const Widget& list) {
    Listing*& known = listings_[list.index];
    if (known == nullptr) known = &evidence_.keep(listing_of(machine_, state_, list));
    return *known;
  }

 private:
  EvalContext context(Ref row) {
    EvalContext made = machine_.context(state_, row);
    made.trace = &cells_;
    made.trace_rows = traces_rows_;
    return made;
  }
  // A value that is shown, or decides what is.
  void see(const Expr& expr, Ref row) {
    if (expr.empty()) return;
    const EvalContext here = context(row);
    evaluate(expr, here);
    see_totals(expr.root(), here);
  }
  void see_totals(const app::ExprNode& node, const EvalContext& here) {
    if (app::is_aggregate(node.op)) {
      EvalContext quiet = here;
      quiet.trace = nullptr;
      totals_.emplace_back(cell_of(node, here), evaluate(node, quiet));
      return;
    }
    EvalContext quiet = here;
    quiet.trace = nullptr;
    const auto holds = [&](const app::ExprNode& part) {
      return evaluate(part, quiet).as_bool();
    };
    if (node.op == app::Op::kIf) {
      see_totals(node.children[0], here);
      see_totals(node.children[holds(node.children[0]) ? 1 : 2], here);
      return;
    }
    for (const app::ExprNode& child : node.children) {
      see_totals(child, here);
      // What comes behind a part that decides is not looked at.
      if (node.op == app::Op::kAnd && !holds(child)) return;
      if (node.op == app::Op::kOr && holds(child)) return;
    }
  }
  void text(const Template& of, Ref row) {
    if (of.empty() || of.constant()) return;
    for (const app::TemplatePiece& piece : of.pieces()) {
      if (piece.expr.empty()) continue;
      if (!guesses_ || !finds_by_drawn(piece.expr.root(), machine_.apps()))
        evaluate(piece.expr, context(row));
      see_totals(piece.expr.root(), context(row));
      if (is_reckoned(piece.expr.root())) {
        EvalContext quiet = context(row);
        quiet.trace = nullptr;
        totals_.emplace_back(said_by(piece.expr.root(), quiet), evaluate(piece.expr, quiet));
      }
    }
  }
  void shown(const Widget& widget, Ref row) { see(widget.show, row); }
  void read(const Item& item, Ref row) {
    for (const Template* of :
         {&item.label, &item.icon_text, &item.color_text, &item.badge})
      text(*of, row);
    see(item.show, row);
    app::read(item.bind, context(row));
  }

  const Machine& machine_;
  const PhoneState& state_;
  Evidence& evidence_;
  const app::ScreenSpec* screen_;
  const bool traces_rows_;
  bool guesses_ = false;
  std::vector<Cell> cells_;
  std::vector<std::pair<Cell, Value>> totals_;  // and what else stands in no cell
  std::map<std::int32_t, Listing*> listings_;  // by widget
};

// Its rows are drawn by itself, all at once, and not one widget each.
bool draws_all_rows(const Widget& widget) {
  const app::Component& of = component(widget.kind);
  return widget.table(Prop::kRows).app >= 0 && (!of.item.empty() || of.is_one_button);
}

void read_all_rows(Reader& reader, const Widget& list) {
  const Listing rows = reader.listing_for(list);
  for (const std::int32_t id : rows.rows) {
    const Ref row{std::int16_t(rows.table.app), std::int16_t(rows.table.table), id};
    reader.see_row(list, row);
    for (const Widget& item : list.widgets(Prop::kItem)) reader.read(item, row);
  }
}

// `through`: of a whole screen, not of a frame.
void read_with_rows(Reader& reader, const Widget& widget, Ref row) {
  reader.read(widget, row);
  if (widget.table(Prop::kRows).app < 0) return;
  reader.listing_for(widget);
  if (draws_all_rows(widget)) read_all_rows(reader, widget);
}

// any_part: of whatever is in sight, be it a line.
void read_frame(Reader& reader, const layout::Frame& frame, bool any_part) {
  const app::ScreenSpec& screen = reader.screen();
  for (const layout::Shown& shown : frame.shown) {
    if (!any_part && 2 * shown.visible < shown.height && shown.visible < kEnoughInSight)
      continue;
    const Widget& widget = *screen.widgets[shown.widget];
    read_with_rows(reader, widget, shown.row);
    // The widget that is a list's item stands for the row.
    if (widget.list >= 0) {
      const Widget& list = *screen.widgets[widget.list];
      if (&list.widgets(Prop::kItem).front() == &widget)
        reader.see_row(list, shown.row);
    }
  }
}

bool is_sorted_by(const Listing& listing, const std::vector<Cell>& columns) {
  return std::any_of(columns.begin(), columns.end(), [&](const Cell& column) {
    return column.app == listing.table.app && column.table == listing.table.table &&
           std::binary_search(listing.by.begin(), listing.by.end(), column.column);
  });
}

// How many unseen rows come before the last of k that are looked for, if these may
// stand anywhere among the n that are left: n * k / (k + 1). For one row, a list that
// filters is taken to have so many at the most; who looks for several looks through
// what there is.
int rows_to_expect(const app::World& world, const Widget& list, const Listing& listing,
                   const About& about) {
  constexpr std::size_t kFiltered = 20;
  const app::TableRef of = listing.table;
  const std::size_t all = world.apps[of.app]->tables[of.table]->rows.size();
  const auto seen = std::size_t(
      std::count(listing.seen.begin(), listing.seen.end(), std::uint8_t{1}));
  const auto asked = std::size_t(std::count_if(
      about.rows.begin(), about.rows.end(),
      [&](const Ref& row) { return row.app == of.app && row.table == of.table; }));
  const std::size_t most = asked > 1                ? listing.rows.size()
                           : list.has(Prop::kWhere) ? std::min(all, kFiltered)
                                                    : all;
  const std::size_t left = most - std::min(most, seen);
  return int(left * asked / (asked + 1));
}

bool can_be_read(const PhoneState& state) {
  return state.top() != nullptr && state.dialogs.empty() &&
         state.lock == sim::Lock::kOpen && state.shade == sim::Shade::kClosed;
}

// What the task's notification says, if it is in sight.
std::vector<Cell> cells_of_notice(const Machine& machine, const PhoneState& state,
                                  const TaskInstance& task) {
  std::vector<Cell> cells;
  const auto notice = notice_of(task, machine.apps(), &cells);
  if (!notice || !shows_notice(state, *notice)) cells.clear();
  return cells;
}

}  // namespace

Listing listing_of(const Machine& machine, const PhoneState& state,
                   const Widget& list) {
  Listing out;
  out.table = list.table(Prop::kRows);
  for (const Ref row : machine.visible_rows(state, list))
    out.rows.push_back(row.row_id);
  out.seen.assign(out.rows.size(), 0);
  std::vector<Cell> cells;
  EvalContext context = machine.context(state);
  context.trace = &cells;
  if (const Expr* where = list.expr(Prop::kWhere)) {
    add_columns(where->root(), out.table, out.filters);
    add_words(where->root(), context, out.words);
  }
  if (const Expr* by = list.expr(Prop::kOrderBy); by != nullptr && !out.rows.empty()) {
    cells.clear();
    context.row = {std::int16_t(out.table.app), std::int16_t(out.table.table),
                   out.rows.front()};
    evaluate(*by, context);
    out.by = columns_of(cells, out.table);
  }
  Hasher hasher;
  hasher.add(state.front_app()).add(state.top()->screen).add(list.index);
  const Expr* down = list.expr(Prop::kDescending);
  hasher.add(down != nullptr && holds(*down, machine.context(state)));
  for (const std::int32_t column : out.by) hasher.add(column);
  for (const Value& arg : state.top()->args) arg.add_to(hasher);
  out.list = hasher.finish();
  for (const std::int32_t row : out.rows) hasher.add(row);
  if (const Expr* limit = list.expr(Prop::kLimit))
    out.limited = std::int64_t(out.rows.size()) >=
                  evaluate(*limit, machine.context(state)).as_int();
  out.key = hasher.finish();
  return out;
}

void look(const Machine& machine, const PhoneState& state, const TaskInstance& task,
          const layout::Frame& frame, Evidence& evidence) {
  for (const Cell& cell : cells_of_notice(machine, state, task))
    evidence.add(cell, value_at(task.initial, cell));
  if (!can_be_read(state)) return;
  Reader reader(machine, state, evidence);
  read_frame(reader, frame, /*any_part=*/false);
  reader.finish();
}

std::vector<Cell> depends_on(const Machine& machine, const PhoneState& state,
                             const TaskInstance& task, const layout::Frame& frame) {
  std::vector<Cell> of_notice = cells_of_notice(machine, state, task);
  if (!can_be_read(state)) return of_notice;
  Evidence unused;
  Reader reader(machine, state, unused, /*traces_rows=*/true);
  read_frame(reader, frame, /*any_part=*/true);
  EvalContext context = machine.context(state);
  context.trace = &reader.cells();
  for (const Widget* list : reader.screen().widgets) {
    const app::TableRef table = list->table(Prop::kRows);
    if (table.app < 0) continue;
    app::select_rows(context, table, list->expr(Prop::kWhere),
                     list->expr(Prop::kOrderBy));
    for (const Prop prop : {Prop::kDescending, Prop::kLimit})
      if (const Expr* expr = list->expr(prop)) evaluate(*expr, context);
  }
  std::vector<Cell> cells = std::move(reader.cells());
  cells.insert(cells.end(), of_notice.begin(), of_notice.end());
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

About::About(std::span<const Cell> cells) : cells(cells.begin(), cells.end()) {
  for (const Cell& cell : cells) {
    const Cell column{cell.app, cell.table, -1, cell.column};
    if (std::find(columns.begin(), columns.end(), column) == columns.end())
      columns.push_back(column);
    if (cell.table >= 0) rows.insert({cell.app, cell.table, cell.row_id});
  }
}

void look_through(const Machine& machine, const ScreenIndex& index,
                  const PhoneState& state, int rows, const About& about,
                  Evidence& evidence) {
  constexpr std::size_t kRowsOfOthers = 12;  // of lists of other records
  if (!can_be_read(state)) return;
  const int app = state.front_app(), at = state.top()->screen;
  Reader reader(machine, state, evidence);
  reader.guess();
  const app::ScreenSpec& screen = reader.screen();
  const auto says = [&](const Widget& widget) {
    return index.may_show(app, at, widget.index, about.columns);
  };
  for (const Widget* widget : screen.widgets) {
    if (widget->list >= 0) continue;
    const bool is_list = widget->table(Prop::kRows).app >= 0;
    const bool wanted =
        says(*widget) ||
        (is_list && std::any_of(screen.widgets.begin(), screen.widgets.end(),
                                [&](const Widget* inner) {
                                  return inner->list == widget->index && says(*inner);
                                }));
    if (!wanted || !holds(widget->show, machine.context(state))) continue;
    read_with_rows(reader, *widget, {});
    if (!is_list || draws_all_rows(*widget)) continue;
    Listing& listing = reader.listing_for(*widget);
    const bool is_theirs = std::any_of(
        about.columns.begin(), about.columns.end(), [&](const Cell& column) {
          return column.app == listing.table.app && column.table == listing.table.table;
        });
    // Nobody knows how far down a row stands, but that the first of a list that is
    // sorted by what is looked for is the first.
    const bool is_in_order = is_sorted_by(listing, about.columns);
    const bool is_far =
        is_theirs && rows < rows_to_expect(state.world, *widget, listing, about);
    std::size_t left = is_theirs ? std::size_t(rows) : kRowsOfOthers;
    for (std::size_t i = 0; i < listing.rows.size(); ++i) {
      const Ref row{std::int16_t(listing.table.app), std::int16_t(listing.table.table),
                    listing.rows[i]};
      const bool is_asked = is_theirs && about.rows.contains(row);
      if (listing.seen[i] == 0) {
        const bool is_first = is_in_order && i == 0;
        if (is_asked && !is_first ? is_far : left == 0) continue;
        if (left > 0) --left;
      }
      listing.seen[i] = 1;
      if (is_theirs && !is_asked) continue;
      reader.see_row(*widget, row);
      for (const Widget* inner : screen.widgets)
        if (inner->list == widget->index && says(*inner) &&
            holds(inner->show, machine.context(state, row)))
          reader.read(*inner, row);
    }
  }
  reader.finish();
}

}  // namespace paperphone::task

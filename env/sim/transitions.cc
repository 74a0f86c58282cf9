#include "env/sim/transitions.h"

#include <variant>

#include "env/sim/navigation.h"
#include "env/sim/system/dialogs.h"
#include "env/sim/system/shade.h"
#include "env/sim/top_screen.h"

namespace paperphone::sim {

using app::AppData;
using app::Effect;
using app::EvalContext;
using app::Expr;
using app::Ref;
using app::Transition;
using app::Trigger;
using app::Value;
using app::evaluate;
using app::holds;
using app::render;

namespace {

AppData& edit_app(PhoneState& state, int app) {
  return state.world.apps[app].edit();
}

app::Table& edit_table(PhoneState& state, int app, int table) {
  return edit_app(state, app).tables[table].edit();
}

// Carries out effects in order; `new` is the row the last `add` made.
class Effects {
 public:
  Effects(Run& run, Ref row) : run_(run), row_(row) {}

  void apply(const std::vector<Effect>& effects) {
    for (const Effect& effect : effects)
      std::visit([this](const auto& what) { apply(what); }, effect.what);
  }

  EvalContext context() const {
    EvalContext context = run_.context(row_, made_);
    context.it = it_;
    return context;
  }

 private:
  void apply(const app::SetEffect& set) {
    Value value = evaluate(set.value, context());
    write(run_, set.place, context(), std::move(value));
  }

  void apply(const app::AddEffect& add) {
    const auto [app, table] = add.table;
    std::vector<Value> cells(run_.apps().apps[app].tables[table].columns.size());
    for (const auto& [column, expr] : add.cells)
      cells[column] = evaluate(expr, context());
    const std::int32_t id = edit_table(run_.state, app, table).append(std::move(cells));
    made_ = {std::int16_t(app), std::int16_t(table), id};
  }

  void apply(const app::DeleteEffect& effect) {
    const Ref ref = evaluate(effect.row, context()).as_ref();
    if (run_.state.world.find(ref) == nullptr) return;
    edit_table(run_.state, ref.app, ref.table).erase(ref.row_id);
  }

  // The rows are those that are there when it begins; rows that the body adds to
  // the same table are not visited.
  void apply(const app::EachEffect& each) {
    std::vector<Ref> rows;
    const auto [app, table] = each.table;
    for (const auto& row : run_.state.world.apps[app]->tables[table]->rows)
      rows.push_back({std::int16_t(app), std::int16_t(table), row->id});
    const Ref outer = it_;
    for (const Ref& row : rows) {
      it_ = row;
      if (run_.state.world.find(row) != nullptr && holds(each.where, context()))
        apply(each.body);
    }
    it_ = outer;
  }

  void apply(const app::ToastEffect& toast) {
    run_.state.toast = {.text = render(toast.text, context()),
                        .until_ms = run_.state.world.now_ms + kToastMs};
  }

  void apply(const app::NotifyEffect& notify) {
    std::vector<Value> args;
    for (const Expr& arg : notify.go.args) args.push_back(evaluate(arg, context()));
    post(run_, {.app = std::int16_t(run_.state.front_app()),
                .title = render(notify.title, context()),
                .text = render(notify.text, context()),
                .when_ms = run_.state.world.now_ms,
                .screen = notify.go.screen,
                .args = std::move(args)});
  }

  void apply(const app::ShareEffect& share) {
    offer_share(run_, render(share.text, context()));
  }

  Run& run_;
  Ref row_;
  Ref it_;
  Ref made_;
};

}  // namespace

const Transition* find_transition(const Machine& machine, const PhoneState& state,
                                  Trigger trigger, int widget, int part, Ref row) {
  const app::ScreenSpec* screen = top_screen(machine.apps(), state);
  if (screen == nullptr) return nullptr;
  for (const Transition& transition : screen->when)
    if (transition.trigger == trigger && transition.widget == widget &&
        transition.part == part &&
        holds(transition.condition, machine.context(state, row)))
      return &transition;
  return nullptr;
}

void write(Run& run, const app::Place& place, const EvalContext& context, Value value) {
  // An equal value is not written, so that untouched parts stay shared.
  if (app::read(place, context) == value) return;
  if (place.var >= 0) {
    edit_app(run.state, place.app).vars[place.var] =
        std::move(value);
    return;
  }
  const Ref ref = evaluate(place.target, context).as_ref();
  if (app::Row* row = run.state.world.find_for_edit(ref))
    row->cells[place.column] = std::move(value);
}

void run_transition(Run& run, const Transition& transition, Ref row) {
  if (!permitted(run, transition, row)) return;
  Effects effects(run, row);
  effects.apply(transition.effects);
  std::vector<Value> args;
  for (const Expr& arg : transition.go.args)
    args.push_back(evaluate(arg, effects.context()));
  go(run, transition.go, std::move(args));
}

bool fire(Run& run, Trigger trigger, int widget, int part, Ref row) {
  const Transition* transition =
      find_transition(run.machine, run.state, trigger, widget, part, row);
  if (transition == nullptr) return false;
  run_transition(run, *transition, row);
  return true;
}

}  // namespace paperphone::sim

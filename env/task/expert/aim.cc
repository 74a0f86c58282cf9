#include "env/task/expert/aim.h"

#include "env/app/calendar.h"
#include "env/app/parts.h"
#include "env/sim/system/controls.h"
#include "env/task/expert/search.h"

namespace paperphone::task {

using app::AppSpec;
using app::civil_from_days;
using app::EvalContext;
using app::evaluate;
using app::holds;
using app::Kind;
using app::Landmark;
using app::LandmarkKind;
using app::Picks;
using app::Prop;
using app::read;
using app::Value;
using app::Widget;
using sim::PhoneState;
using sim::Target;

namespace {

// The option that has this value, the item that has this id; -1: none shown.
int option_part(const Widget& widget, const EvalContext& here, const Value& wanted) {
  const std::vector<const app::Item*> items = part_items(widget);
  for (std::size_t part = 0; part < items.size(); ++part) {
    const app::Item* item = items[part];
    if (item == nullptr || !holds(item->show, here)) continue;
    if (item->value.empty() ? item->id == wanted.as_text()
                            : evaluate(item->value, here) == wanted)
      return int(part);
  }
  return -1;
}

std::int64_t today(const PhoneState& state) {
  return app::floor_div(state.world.now_ms, app::kMsPerMinute * app::kMinutesPerDay);
}

// The part of a wheel that brings a picker nearer to what is wanted: the first wheel
// that differs, two entries at a time, months, days and the clock the short way round.
int wheel_towards(const Widget& picker, std::int64_t now, std::int64_t wanted) {
  std::vector<std::pair<std::int64_t, std::int64_t>> wheels;  // missing, entries
  if (component(picker.kind).picks == Picks::kTime) {
    wheels = {{wanted / 60 - now / 60, 24}, {wanted % 60 - now % 60, 60}};
  } else {
    const app::CivilDate a = civil_from_days(now), b = civil_from_days(wanted);
    wheels = {{b.year - a.year, 1 << 16}, {b.month - a.month, 12}, {b.day - a.day, 0}};
  }
  for (std::size_t i = 0; i < wheels.size(); ++i) {
    auto [missing, entries] = wheels[i];
    if (missing == 0) continue;
    if (entries > 0 && 2 * std::abs(missing) > entries)
      missing += missing > 0 ? -entries : entries;
    const int step = std::abs(missing) >= 2 ? 2 : 1;
    return app::wheel_part(picker, int(i), missing > 0 ? step : -step);
  }
  return -1;
}

}  // namespace

Target Aim::target_of(const Landmark& mark, const PhoneState& state) const {
  Target target{Target::Where::kWidget, mark.widget, mark.part, {}};
  if (!mark.row.empty()) target.row = evaluate(mark.row, context()).as_ref();
  if (mark.kind == LandmarkKind::kTap &&
      !mark.text.empty()) {  // a day, a time, an option
    const AppSpec& app = machine_.apps().apps[mark.app];
    const Widget& days = *app.screens[mark.screen].widgets[mark.widget];
    if (component(days.kind).swipes == app::Swipes::kWheels) {
      const EvalContext here = machine_.context(state, target.row);
      const Value now = read(*days.place(Prop::kBind), here);
      target.part = wheel_towards(days, now.is_none() ? today(state) : now.as_int(),
                                  evaluate(mark.text, context()).as_int());
      return target;
    }
    if (!days.has(Prop::kStart)) {
      target.part = option_part(days, machine_.context(state, target.row),
                                evaluate(mark.text, context()));
      return target;
    }
    const Value start =
        evaluate(*days.expr(Prop::kStart), machine_.context(state, target.row));
    const Value day = evaluate(mark.text, context());
    target.part = std::int32_t(day.as_int() - start.as_int());
  }
  return target;
}

int Aim::control_of(const Landmark& mark) const {
  if (mark.kind != LandmarkKind::kTap || mark.widget < 0) return -1;
  const Widget& widget =
      *machine_.apps().apps[mark.app].screens[mark.screen].widgets[mark.widget];
  const app::Place* bind = widget.place(Prop::kBind);
  if (bind == nullptr || bind->app != 0 || bind->var < 0 ||
      bind->type.kind != Kind::kBool)
    return -1;
  const auto controls = sim::controls();
  for (std::size_t i = 0; i < controls.size(); ++i)
    if (machine_.apps().phone.*controls[i].var == bind->var) return int(i);
  return -1;
}
bool Aim::at_control(const Landmark& mark, const PhoneState& state) const {
  return state.shade == sim::Shade::kControls && state.dialogs.empty() &&
         control_of(mark) >= 0;
}

bool Aim::at(const Landmark& mark, const PhoneState& state, bool is_careless) const {
  if (mark.screen < 0) return true;  // an answer known from anywhere
  if (at_control(mark, state)) return true;
  const sim::ScreenEntry* top = state.top();
  if (!top || state.covered() || state.front_app() != mark.app ||
      top->screen != mark.screen) {
    return false;
  }
  for (std::size_t i = 0; i < mark.args.size() && i < top->args.size(); ++i) {
    if (!mark.args[i].empty() && !(evaluate(mark.args[i], context()) == top->args[i])) {
      return false;
    }
  }
  if (mark.widget < 0) return true;
  const Target target = target_of(mark, state);
  if (!offers(machine_, state, target)) return false;
  if (!target.row.valid() || is_careless) return true;
  const auto& widgets = machine_.apps().apps[mark.app].screens[mark.screen].widgets;
  const int list = widgets[mark.widget]->list;
  return list < 0 || lists_.has_row(state, *widgets[list], target.row);
}

int Aim::pages_to(const Landmark& mark, const PhoneState& state) const {
  if (at_control(mark, state) || mark.widget < 0 || mark.row.empty()) return 0;
  const auto& widgets = top_screen(machine_, state)->widgets;
  const int list = widgets[mark.widget]->list;
  return list < 0 ? 0
                  : lists_.pages_to(state, *widgets[list], target_of(mark, state).row);
}

}  // namespace paperphone::task

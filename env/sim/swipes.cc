#include "env/sim/swipes.h"

#include <algorithm>
#include <cstdlib>

#include "env/app/calendar.h"
#include "env/app/parts.h"
#include "env/sim/top_screen.h"
#include "env/sim/transitions.h"

namespace paperphone::sim {

using app::days_from_civil;
using app::floor_mod;
using app::kMinutesPerDay;
using app::Prop;
using app::read;
using app::Ref;
using app::Value;
using app::Widget;

namespace {

bool has_actions(const Widget& widget) { return !widget.items(Prop::kActions).empty(); }

std::int64_t limit_of(const Machine& machine, const PhoneState& state,
                      const Widget& picker, Prop prop, Ref row, std::int64_t fallback) {
  const app::Expr* expr = picker.expr(prop);
  if (expr == nullptr) return fallback;
  const Value value = app::evaluate(*expr, machine.context(state, row));
  return value.is_none() ? fallback : value.as_int();
}

std::int64_t days_of_month(std::int64_t year, int month) {
  const std::int64_t first = days_from_civil({year, month, 1});
  const std::int64_t next = month == 12 ? days_from_civil({year + 1, 1, 1})
                                        : days_from_civil({year, month + 1, 1});
  return next - first;
}

// The day of the month stays where it is, or at the shorter month's end. Months and
// days go round.
std::int64_t turned_date(std::int64_t date, int wheel, int steps) {
  app::CivilDate day = app::civil_from_days(date);
  if (wheel == 0) {
    day.year = std::clamp<std::int64_t>(day.year + steps, 1900, 2100);
  } else if (wheel == 1) {
    day.month = int(floor_mod(day.month - 1 + steps, 12)) + 1;
  } else {
    day.day =
        int(floor_mod(day.day - 1 + steps, days_of_month(day.year, day.month))) + 1;
  }
  day.day = std::min(day.day, int(days_of_month(day.year, day.month)));
  return days_from_civil(day);
}

std::int64_t turned_time(std::int64_t time, int wheel, int steps) {
  const std::int64_t hour = floor_mod(time, kMinutesPerDay) / 60;
  const std::int64_t minute = floor_mod(time, 60);
  return wheel == 0 ? floor_mod(hour + steps, 24) * 60 + minute
                    : hour * 60 + floor_mod(minute + steps, 60);
}

}  // namespace

std::int64_t turned(const Machine& machine, const PhoneState& state,
                    const Widget& picker, Ref row, int wheel, int steps) {
  const app::EvalContext context = machine.context(state, row);
  const Value value = read(*picker.place(Prop::kBind), context);
  if (component(picker.kind).picks == app::Picks::kTime)
    return turned_time(value.as_int(), wheel, steps);
  // A date that nobody has chosen yet begins at today.
  const std::int64_t today =
      app::floor_div(state.world.now_ms, app::kMsPerMinute * kMinutesPerDay);
  const std::int64_t date =
      turned_date(value.is_none() ? today : value.as_int(), wheel, steps);
  const std::int64_t high = limit_of(machine, state, picker, Prop::kMax, row, date);
  const std::int64_t low =
      limit_of(machine, state, picker, Prop::kMin, row, std::min(date, high));
  return std::clamp(date, low, std::max(low, high));
}

void turn_carousel(Run& run, const Widget& carousel, Ref row, int steps) {
  const auto pages =
      std::int64_t(run.machine.visible_rows(run.state, carousel).size());
  if (pages == 0) return;
  const app::Place& place = *carousel.place(Prop::kBind);
  const std::int64_t page = read(place, run.context(row)).as_int();
  write(run, place, run.context(row), Value::of_int(floor_mod(page + steps, pages)));
}

ActionOutcome swipe(Run& run, const event::Swipe& swipe) {
  const Target& target = swipe.target;
  if (target.where != Target::Where::kWidget || swipe.steps == 0)
    return ActionOutcome::kNoTarget;
  const Widget* widget = live_widget(run.machine, run.state, target.widget, target.row);
  if (widget == nullptr) return ActionOutcome::kNoTarget;
  const WidgetAt here{widget->index, target.row};
  WidgetAt& opened = run.top().opened;
  switch (component(widget->kind).swipes) {
    case app::Swipes::kPages:
      turn_carousel(run, *widget, target.row, swipe.steps);
      return ActionOutcome::kApplied;
    case app::Swipes::kWheels: {
      const app::PartRule* part = part_at(*widget, target.part).rule;
      if (target.part < 0 || part == nullptr) return ActionOutcome::kNoTarget;
      write(run, *widget->place(Prop::kBind), run.context(target.row),
            Value::of_int(turned(run.machine, run.state, *widget, target.row,
                                 part->wheel, swipe.steps)));
      return ActionOutcome::kApplied;
    }
    case app::Swipes::kPans:  // any way: event::Pan
    case app::Swipes::kNo:
      break;
  }
  if (!has_actions(*widget)) return ActionOutcome::kNoTarget;
  if ((swipe.steps > 0) == (opened == here)) return ActionOutcome::kNoTarget;
  opened = swipe.steps > 0 ? here : WidgetAt{};
  return ActionOutcome::kApplied;
}

bool Machine::is_opened(const PhoneState& state, int widget, Ref row) const {
  const ScreenEntry* top = state.top();
  return top != nullptr && top->opened == WidgetAt{widget, row};
}

}  // namespace paperphone::sim

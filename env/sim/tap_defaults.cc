#include "env/sim/tap_defaults.h"

#include <algorithm>
#include <limits>

#include "env/app/parts.h"
#include "env/sim/map_view.h"
#include "env/sim/navigation.h"
#include "env/sim/swipes.h"
#include "env/sim/transitions.h"
#include "env/sim/typing/typing.h"

namespace paperphone::sim {

using app::Default;
using app::evaluate;
using app::Expr;
using app::GoTo;
using app::Part;
using app::part_at;
using app::PartRule;
using app::Place;
using app::Prop;
using app::read;
using app::Ref;
using app::Trigger;
using app::Value;
using app::Widget;

namespace {

// The place that a tap on this part writes; nullptr: none.
const Place* written_place(const Widget& widget, const Part& part) {
  if (part.rule->tap == Default::kFlipOwn) return &part.item->bind;
  return part.rule->writes ? widget.place(*part.rule->writes) : nullptr;
}

std::int64_t bound(const Machine& machine, const PhoneState& state,
                   const Widget& widget, Prop prop, Ref row, std::int64_t fallback) {
  const Expr* expr = widget.expr(prop);
  return expr == nullptr ? fallback
                         : evaluate(*expr, machine.context(state, row)).as_int();
}

struct Range {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

Range range_of(const Machine& machine, const PhoneState& state, const Widget& widget,
               Ref row) {
  return {bound(machine, state, widget, Prop::kMin, row, component(widget.kind).least),
          bound(machine, state, widget, Prop::kMax, row, 999)};
}

std::int64_t stepped(const Machine& machine, const PhoneState& state,
                     const Widget& widget, const PartRule& part, Ref row,
                     std::int64_t value) {
  const Range range = range_of(machine, state, widget, row);
  const std::int64_t step =
      part.tap == Default::kStepTenth
          ? std::max<std::int64_t>((range.high - range.low) / 10, 1)
          : 1;
  const std::int64_t next = value + part.amount * step;
  return std::clamp(next, range.low, std::max(range.low, range.high));
}

bool is_amount(const Widget& keypad) { return keypad.name(Prop::kStyle) == "amount"; }

// What an amount is after one more key: "0" before a point, two digits behind it, no
// zero in front of other digits.
std::string amount_after(std::string amount, char key, std::size_t length) {
  const std::size_t point = amount.find('.');
  const bool pointed = point != std::string::npos;
  if (key == '.') {
    if (pointed || amount.size() + 1 >= length) return amount;
    return amount.empty() ? "0." : amount + key;
  }
  if (pointed && amount.size() - point > 2) return amount;
  if (amount == "0") amount.clear();
  if (amount.size() < length) amount.push_back(key);
  return amount;
}

void press_key(Run& run, const Widget& keypad, const PartRule& key, Ref row) {
  const Place& place = *keypad.place(Prop::kBind);
  std::string digits(read(place, run.context(row)).as_text());
  const auto length = std::size_t(keypad.number(Prop::kLength, 6));
  const char sign =
      key.tap == Default::kPoint ? '.' : char('0' + key.amount);
  if (key.tap == Default::kErase) {
    if (!digits.empty()) digits.pop_back();
  } else if (is_amount(keypad)) {
    digits = amount_after(std::move(digits), sign, length);
  } else if (digits.size() < length) {
    digits.push_back(sign);
  }
  const bool full =
      key.tap == Default::kDigit && !is_amount(keypad) && digits.size() == length;
  write(run, place, run.context(row), Value::of_text(std::move(digits)));
  if (full) fire(run, Trigger::kSubmit, keypad.index, -1, row);
}

// Days offered from `start` on; without `days` as many as the strip shows.
std::int64_t day_count(const Machine& machine, const PhoneState& state,
                       const Widget& widget, Ref row) {
  return bound(machine, state, widget, Prop::kDays, row,
               widget.number(Prop::kDays, kDefaultDates));
}

void choose_tab(Run& run, int part) {
  const app::AppSpec& app = run.apps().apps[run.state.front_app()];
  GoTo target = app.tab_targets[part];
  target.mode = GoTo::Mode::kReset;
  std::vector<Value> args;
  for (const Expr& arg : target.args) args.push_back(evaluate(arg, run.context()));
  go(run, target, std::move(args));
}

}  // namespace

Default default_of(const Widget& widget, int part) {
  const PartRule* rule = part_at(widget, part).rule;
  if (rule == nullptr) return Default::kNone;
  if (rule->writes && !widget.has(*rule->writes)) return Default::kNone;
  const bool any_style = rule->only_style.empty();
  if (!any_style && widget.name(Prop::kStyle) != rule->only_style)
    return Default::kNone;
  return rule->tap;
}

bool offers_default(const Machine& machine, const PhoneState& state,
                    const Widget& widget, int part, Ref row) {
  return default_of(widget, part) != Default::kDay ||
         part < day_count(machine, state, widget, row);
}

bool default_is_disabled(const Machine& machine, const PhoneState& state,
                         const Widget& widget, int part, Ref row) {
  const Default what = default_of(widget, part);
  const Part touched = part_at(widget, part);
  switch (what) {
    case Default::kStep:
    case Default::kStepTenth: {
      const std::int64_t value =
          read(*written_place(widget, touched), machine.context(state, row)).as_int();
      return stepped(machine, state, widget, *touched.rule, row, value) == value;
    }
    case Default::kWheel: {
      const std::int64_t value =
          read(*widget.place(Prop::kBind), machine.context(state, row)).as_int();
      return turned(machine, state, widget, row, touched.rule->wheel,
                    touched.rule->amount) == value;
    }
    case Default::kZoom:
      return view_after(machine, state, widget, *touched.rule) ==
             map_view(machine, state, widget);
    case Default::kSubmit:
      return nothing_to_send(machine, state, widget, row);
    default:
      return false;
  }
}

void run_default(Run& run, const Widget& widget, const event::Tap& tap) {
  const int index = tap.target.part;
  const Part part = part_at(widget, index);
  const Ref row = tap.target.row;
  const auto set = [&](Value value) {
    write(run, *written_place(widget, part), run.context(row), std::move(value));
  };
  const auto current = [&] {
    return read(*written_place(widget, part), run.context(row));
  };
  switch (default_of(widget, index)) {
    case Default::kNone:
      return;
    case Default::kFocus:
      focus_on(run, widget, row);
      return;
    case Default::kFlip:
    case Default::kFlipOwn:
      set(Value::of_bool(!current().as_bool()));
      return;
    case Default::kChoose:
      set(evaluate(part.item->value, run.context(row)));
      return;
    case Default::kStep:
    case Default::kStepTenth:
      set(Value::of_int(stepped(run.machine, run.state, widget, *part.rule, row,
                                current().as_int())));
      return;
    case Default::kTrack: {
      // Without a level (a tap by address) the track's middle.
      const int level = tap.level < 0 ? 500 : std::min(tap.level, 1000);
      const Range range = range_of(run.machine, run.state, widget, row);
      const std::int64_t span = std::max<std::int64_t>(range.high - range.low, 0);
      set(Value::of_int(range.low + (span * level + 500) / 1000));
      return;
    }
    case Default::kDay: {
      const Expr* start = widget.expr(Prop::kStart);
      const std::int64_t first = evaluate(*start, run.context(row)).as_int();
      set(Value::of_int(first + index));
      return;
    }
    case Default::kZoom:
    case Default::kLocate:
      write_view(run, widget, view_after(run.machine, run.state, widget, *part.rule));
      return;
    case Default::kDigit:
    case Default::kPoint:
    case Default::kErase:
      press_key(run, widget, *part.rule, row);
      return;
    case Default::kPage:
      turn_carousel(run, widget, row, part.rule->amount);
      return;
    case Default::kStar:
      set(Value::of_int(part.rule->amount));
      return;
    case Default::kWheel:
      set(Value::of_int(turned(run.machine, run.state, widget, row, part.rule->wheel,
                               part.rule->amount)));
      return;
    case Default::kEmpty:
      empty_place(run, *widget.place(Prop::kBind), row);
      return;
    case Default::kSubmit:
      fire(run, Trigger::kSubmit, widget.index, -1, row);
      return;
    case Default::kTab:
      choose_tab(run, index);
      return;
    case Default::kLeave:
      leave_screen(run);
      return;
  }
}

}  // namespace paperphone::sim

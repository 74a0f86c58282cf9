#include "env/sim/tap_defaults.h"

#include <algorithm>
#include <limits>

#include "env/app/parts.h"
#include "env/sim/navigation.h"
#include "env/sim/swipes.h"
#include "env/sim/transitions.h"
#include "env/sim/typing.h"

namespace paperphone::sim {

using app::Expr;
using app::GoTo;
using app::Item;
using app::Place;
using app::Prop;
using app::Ref;
using app::Trigger;
using app::Value;
using app::Widget;
using app::WidgetKind;
using app::evaluate;
using app::part_index;
using app::part_item;
using app::read;

namespace {

constexpr int kKeypadDelete = 10;  // after the digits
constexpr int kKeypadDot = 11;     // of an amount
constexpr int kKeypadSubmit = 12;
constexpr int kStars = 5;

// The place a part writes: product_row's and action_bar's check have their own, so
// have hearts, play buttons and every filter.
const Place* written_place(const Widget& widget, int part) {
  switch (widget.kind) {
    case WidgetKind::kFeedCard:
    case WidgetKind::kComment:
    case WidgetKind::kPost:
      return widget.place(Prop::kLiked);
    case WidgetKind::kPlayerBar:
      return widget.place(Prop::kPlaying);
    case WidgetKind::kPlayer:
      return widget.place(part < 0 ? Prop::kBind : Prop::kPlaying);
    case WidgetKind::kFilters: {
      const Item* item = part_item(widget, part);
      return item != nullptr ? &item->bind : nullptr;
    }
    default:
      break;
  }
  const bool check = (widget.kind == WidgetKind::kProductRow && part == 0) ||
                     widget.kind == WidgetKind::kActionBar;
  return widget.place(check ? Prop::kChecked : Prop::kBind);
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
  const std::int64_t low = widget.kind == WidgetKind::kProductRow ? 1 : 0;
  return {bound(machine, state, widget, Prop::kMin, row, low),
          bound(machine, state, widget, Prop::kMax, row, 999)};
}

bool is_plus(const Widget& widget, int part) {
  return part_index(widget, "plus") == part;
}

std::int64_t stepped(const Machine& machine, const PhoneState& state,
                     const Widget& widget, int part, Ref row, std::int64_t value) {
  const Range range = range_of(machine, state, widget, row);
  const std::int64_t step =
      widget.kind == WidgetKind::kSlider
          ? std::max<std::int64_t>((range.high - range.low) / 10, 1)
          : 1;
  const std::int64_t next = is_plus(widget, part) ? value + step : value - step;
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

void press_digit(Run& run, const Widget& keypad, int part, Ref row) {
  const Place& place = *keypad.place(Prop::kBind);
  std::string digits(read(place, run.context(row)).as_text());
  const auto length = static_cast<std::size_t>(keypad.number(Prop::kLength, 6));
  if (part == kKeypadDelete) {
    if (!digits.empty()) digits.pop_back();
  } else if (is_amount(keypad)) {
    const char key = part == kKeypadDot ? '.' : static_cast<char>('0' + part);
    digits = amount_after(std::move(digits), key, length);
  } else if (digits.size() < length) {
    digits.push_back(static_cast<char>('0' + part));
  }
  const bool full =
      part != kKeypadDelete && !is_amount(keypad) && digits.size() == length;
  write(run, place, run.context(row), Value::of_text(std::move(digits)));
  if (full) fire(run, Trigger::kSubmit, keypad.index, -1, row);
}

// Days offered from `start` on; without `days` as many as the strip shows.
std::int64_t day_count(const Widget& widget) {
  return widget.number(Prop::kDays, kDefaultDates);
}

void choose_tab(Run& run, int part) {
  const app::AppSpec& app = run.apps().apps[static_cast<std::size_t>(run.state.front_app())];
  GoTo target = app.tab_targets[static_cast<std::size_t>(part)];
  target.mode = GoTo::Mode::kReset;
  std::vector<Value> args;
  for (const Expr& arg : target.args) args.push_back(evaluate(arg, run.context()));
  go(run, target, std::move(args));
}

}  // namespace

bool is_choice(WidgetKind kind) {
  return kind == WidgetKind::kRadio || kind == WidgetKind::kChips ||
         kind == WidgetKind::kSegments || kind == WidgetKind::kFilters ||
         kind == WidgetKind::kTopTabs || kind == WidgetKind::kDates ||
         kind == WidgetKind::kCalendar || kind == WidgetKind::kRating ||
         kind == WidgetKind::kDatePicker || kind == WidgetKind::kTimePicker;
}

Default default_of(const Widget& widget, int part) {
  const Item* item = part_item(widget, part);
  switch (widget.kind) {
    case WidgetKind::kToggle:
    case WidgetKind::kCheck:
    case WidgetKind::kExpander:
      return part < 0 ? Default::kFlip : Default::kNone;
    case WidgetKind::kFilters:
      return item != nullptr ? Default::kFlip : Default::kNone;
    case WidgetKind::kFeedCard:
    case WidgetKind::kComment:
      return part == 0 && widget.has(Prop::kLiked) ? Default::kFlip : Default::kNone;
    case WidgetKind::kPost:
      return part == 2 && widget.has(Prop::kLiked) ? Default::kFlip : Default::kNone;
    case WidgetKind::kPlayerBar:
      return part == 0 ? Default::kFlip : Default::kNone;
    case WidgetKind::kPlayer:
      return part < 0 ? Default::kTrack : part == 0 ? Default::kFlip : Default::kNone;
    case WidgetKind::kCarousel:
      return part == 0 || part == 1 ? Default::kTurn : Default::kNone;
    case WidgetKind::kRating:
      return part >= 0 && part < kStars && widget.has(Prop::kBind) ? Default::kStar
                                                                   : Default::kNone;
    case WidgetKind::kDatePicker:
    case WidgetKind::kTimePicker:
      return part >= 0 && turn_of(widget, part).steps != 0 ? Default::kWheel
                                                          : Default::kNone;
    case WidgetKind::kSearch:
    case WidgetKind::kField:
      if (!is_text_input(widget)) return Default::kNone;
      return part < 0 ? Default::kFocus : part == 0 ? Default::kEmpty : Default::kNone;
    case WidgetKind::kInputBar:
      return part < 0 ? Default::kFocus : Default::kSend;
    case WidgetKind::kRadio:
    case WidgetKind::kChips:
    case WidgetKind::kSegments:
    case WidgetKind::kTopTabs:
      return item != nullptr ? Default::kChoose : Default::kNone;
    case WidgetKind::kDates:
    case WidgetKind::kCalendar:
      return part >= 0 && part < day_count(widget) ? Default::kDay : Default::kNone;
    case WidgetKind::kStepper:
      return part == 0 || part == 1 ? Default::kStep : Default::kNone;
    case WidgetKind::kSlider:
      return part < 0 ? Default::kTrack : part < 2 ? Default::kStep : Default::kNone;
    case WidgetKind::kProductRow:
      if (part == 0 && widget.has(Prop::kChecked)) return Default::kFlip;
      return (part == 1 || part == 2) && widget.has(Prop::kBind) ? Default::kStep
                                                                 : Default::kNone;
    case WidgetKind::kActionBar:
      return part >= 0 && part == part_index(widget, "check") &&
                     widget.has(Prop::kChecked)
                 ? Default::kFlip
                 : Default::kNone;
    case WidgetKind::kKeypad:
      if (is_amount(widget) && part == kKeypadSubmit) return Default::kSend;
      return part >= 0 && part <= (is_amount(widget) ? kKeypadDot : kKeypadDelete)
                 ? Default::kDigit
                 : Default::kNone;
    case WidgetKind::kAppBar:
      return part == 0 ? Default::kLeave : Default::kNone;
    case WidgetKind::kTabBar:
      return item != nullptr ? Default::kTab : Default::kNone;
    default:
      return Default::kNone;
  }
}

bool default_is_disabled(const Machine& machine, const PhoneState& state,
                         const Widget& widget, int part, Ref row) {
  switch (default_of(widget, part)) {
    case Default::kStep: {
      const std::int64_t value =
          read(*written_place(widget, part), machine.context(state, row)).as_int();
      return stepped(machine, state, widget, part, row, value) == value;
    }
    case Default::kWheel: {
      const std::int64_t value =
          read(*widget.place(Prop::kBind), machine.context(state, row)).as_int();
      return turned(machine, state, widget, row, turn_of(widget, part)) == value;
    }
    case Default::kSend:
      return nothing_to_send(machine, state, widget, row);
    default:
      return false;
  }
}

void run_default(Run& run, const Widget& widget, const event::Tap& tap) {
  const int part = tap.target.part;
  const Ref row = tap.target.row;
  const auto set = [&](Value value) {
    write(run, *written_place(widget, part), run.context(row), std::move(value));
  };
  const auto current = [&] {
    return read(*written_place(widget, part), run.context(row));
  };
  switch (default_of(widget, part)) {
    case Default::kNone:
      return;
    case Default::kFocus:
      focus_on(run, widget, row);
      return;
    case Default::kFlip:
      set(Value::of_bool(!current().as_bool()));
      return;
    case Default::kChoose:
      set(evaluate(part_item(widget, part)->value, run.context(row)));
      return;
    case Default::kStep:
      set(Value::of_int(
          stepped(run.machine, run.state, widget, part, row, current().as_int())));
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
      set(Value::of_int(first + part));
      return;
    }
    case Default::kDigit:
      press_digit(run, widget, part, row);
      return;
    case Default::kTurn:
      turn_carousel(run, widget, row, part == 0 ? -1 : 1);
      return;
    case Default::kStar:
      set(Value::of_int(part + 1));
      return;
    case Default::kWheel:
      set(Value::of_int(turned(run.machine, run.state, widget, row, turn_of(widget, part))));
      return;
    case Default::kEmpty:
      empty_place(run, *widget.place(Prop::kBind), row);
      return;
    case Default::kSend:
      fire(run, Trigger::kSubmit, widget.index, -1, row);
      return;
    case Default::kTab:
      choose_tab(run, part);
      return;
    case Default::kLeave:
      leave_screen(run);
      return;
  }
}

}  // namespace paperphone::sim

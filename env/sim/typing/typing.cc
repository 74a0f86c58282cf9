#include "env/sim/typing/typing.h"

#include <fmt/format.h>

#include <cstdlib>

#include "env/base/utf8.h"
#include "env/sim/navigation.h"
#include "env/sim/top_screen.h"
#include "env/sim/transitions.h"
#include "env/sim/typing/selection.h"

namespace paperphone::sim {

using app::Expr;
using app::holds;
using app::Kind;
using app::Place;
using app::Prop;
using app::read;
using app::Ref;
using app::Value;
using app::Widget;

namespace {

constexpr int kMaxFieldLength = 500;      // code points
constexpr std::size_t kMaxIntDigits = 9;  // before the decimal point

bool is_number(Kind kind) { return kind == Kind::kInt || kind == Kind::kMoney; }

// A number field shows what was typed so far, which its value alone cannot say
// ("12." and "12.0" are both 12.00): the part from the point on is kept in
// Ime::composing while a money field has the focus.
std::string number_text(const Value& value, Kind kind, const std::string& fraction) {
  const std::int64_t number = value.as_int();
  if (kind == Kind::kInt) return number == 0 ? "" : fmt::format("{}", number);
  std::string tail = fraction;
  if (tail.empty() && number % 100 != 0)
    tail = fmt::format(".{:02}", std::abs(number % 100));
  if (number / 100 == 0 && tail.empty()) return "";
  return fmt::format("{}{}", number / 100, tail);
}

struct Number {
  std::int64_t value = 0;
  std::string fraction;  // ".", ".5", ".50"; empty without a point
};

// Digits beyond what the field takes, signs, letters and second points are dropped.
Number parse_number(std::string_view text, Kind kind) {
  std::string whole;
  std::string fraction;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && fraction.empty() && whole.size() < kMaxIntDigits) {
      whole.push_back(c);
    } else if (digit && !fraction.empty() && fraction.size() < 3) {
      fraction.push_back(c);
    } else if (c == '.' && fraction.empty()) {
      if (kind == Kind::kInt) break;
      fraction.push_back('.');
    }
  }
  const std::int64_t units = whole.empty() ? 0 : std::stoll(whole);
  if (kind == Kind::kInt) return {units, ""};
  const auto digit = [&](std::size_t i) { return i < fraction.size() ? fraction[i] - '0' : 0; };
  return {units * 100 + digit(1) * 10 + digit(2), fraction};
}

std::string without_last_code_point(std::string_view text) {
  std::u32string points = to_utf32(text);
  if (!points.empty()) points.pop_back();
  return to_utf8(points);
}

std::string typable(std::string_view utf8, bool multiline) {
  std::string text;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, at);
    if (c >= U' ' || (c == U'\n' && multiline)) append_utf8(text, c);
  }
  return text;
}

std::string limited(std::string_view text) {
  std::u32string points = to_utf32(text);
  if (points.size() > kMaxFieldLength) points.resize(kMaxFieldLength);
  return to_utf8(points);
}

// The focused field's text and how to put another in its place.
class FocusedField {
 public:
  FocusedField(Run& run, const Widget& widget)
      : run_(run), widget_(widget), place_(*widget.place(Prop::kBind)) {}

  std::string text() const { return field_text(run_); }

  void set_text(std::string text) {
    if (is_number(place_.type.kind)) {
      const Number number = parse_number(text, place_.type.kind);
      write(run_, place_, context(), Value::of_int(number.value));
      run_.state.ime.composing = number.fraction;
      return;
    }
    write(run_, place_, context(), Value::of_text(limited(text)));
  }

  bool multiline() const {
    const Expr* expr = widget_.expr(Prop::kMultiline);
    return expr != nullptr && holds(*expr, context());
  }

 private:
  app::EvalContext context() const { return run_.context(run_.state.focus.row); }

  Run& run_;
  const Widget& widget_;
  const Place& place_;
};

}  // namespace

bool is_text_input(const Widget& widget) {
  const bool typed = component(widget.kind).typing == app::Typing::kKeyboard;
  const Place* place = typed ? widget.place(Prop::kBind) : nullptr;
  return place != nullptr &&
         (place->type.kind == Kind::kText || is_number(place->type.kind));
}

const Widget* focused_widget(const Machine& machine, const PhoneState& state) {
  if (state.focus.widget < 0) return nullptr;
  const Widget* widget =
      live_widget(machine, state, state.focus.widget, state.focus.row);
  return widget != nullptr && is_text_input(*widget) ? widget : nullptr;
}

bool focus_takes_pinyin(const Machine& machine, const PhoneState& state) {
  if (state.launcher.searching) return true;
  const Widget* widget = focused_widget(machine, state);
  return widget != nullptr && widget->place(Prop::kBind)->type.kind == Kind::kText;
}

void focus_on(Run& run, const Widget& widget, Ref row) {
  const WidgetAt focus{.widget = widget.index, .row = row};
  if (!is_text_input(widget) || run.state.focus == focus) return;
  run.state.focus = focus;
  run.state.ime = {};
  const Expr* secure = widget.expr(Prop::kSecure);
  if (is_number(widget.place(Prop::kBind)->type.kind)) {
    run.state.ime.mode = ImeMode::kDigits;
  } else if (secure != nullptr && holds(*secure, run.context(row))) {
    run.state.ime.mode = ImeMode::kEnglish;
  }
}

bool takes_text(const Machine& machine, const PhoneState& state) {
  return state.launcher.searching || focused_widget(machine, state) != nullptr;
}

std::string field_text(const Machine& machine, const PhoneState& state) {
  if (state.launcher.searching) return state.launcher.query;
  const Widget* widget = focused_widget(machine, state);
  if (widget == nullptr) return {};
  const Place& place = *widget->place(Prop::kBind);
  const Value value = read(place, machine.context(state, state.focus.row));
  if (!is_number(place.type.kind)) return std::string(value.as_text());
  return number_text(value, place.type.kind, state.ime.composing);
}

void set_field_text(Run& run, std::string text) {
  if (run.state.launcher.searching) {
    run.state.launcher.query = limited(text);
    return;
  }
  const Widget* widget = focused_widget(run.machine, run.state);
  if (widget != nullptr) FocusedField(run, *widget).set_text(std::move(text));
}

ActionOutcome type_text(Run& run, std::string_view utf8) {
  if (!takes_text(run.machine, run.state)) return ActionOutcome::kNoTarget;
  erase_selected(run);
  const Widget* widget = focused_widget(run.machine, run.state);
  const bool multiline = widget != nullptr && FocusedField(run, *widget).multiline();
  set_field_text(run, field_text(run) + typable(utf8, multiline));
  return ActionOutcome::kApplied;
}

ActionOutcome erase_last(Run& run) {
  if (!takes_text(run.machine, run.state)) return ActionOutcome::kNoTarget;
  if (run.state.selection.in_field()) {
    erase_selected(run);
    return ActionOutcome::kApplied;
  }
  set_field_text(run, without_last_code_point(field_text(run)));
  return ActionOutcome::kApplied;
}

void empty_place(Run& run, const Place& place, Ref row) {
  write(run, place, run.context(row),
        is_number(place.type.kind) ? Value::of_int(0) : Value::of_text(""));
  run.state.ime.composing.clear();
  run.state.ime.page = 0;
}

ActionOutcome clear_field(Run& run) {
  if (run.state.launcher.searching) {
    run.state.launcher.query.clear();
    return ActionOutcome::kApplied;
  }
  const Widget* widget = focused_widget(run.machine, run.state);
  if (widget == nullptr) return ActionOutcome::kNoTarget;
  empty_place(run, *widget->place(Prop::kBind), run.state.focus.row);
  return ActionOutcome::kApplied;
}

bool nothing_to_send(const Machine& machine, const PhoneState& state,
                     const Widget& input_bar, Ref row) {
  const Place* place = input_bar.place(Prop::kBind);
  return place == nullptr ||
         read(*place, machine.context(state, row)).as_text().empty();
}

ActionOutcome submit(Run& run) {
  if (run.state.launcher.searching) {  // the first that was found
    const auto found = run.machine.search_results(run.state);
    return found.empty() ? ActionOutcome::kNoTarget : open_app(run, found.front());
  }
  const Widget* widget = focused_widget(run.machine, run.state);
  if (widget == nullptr) return ActionOutcome::kNoTarget;
  const WidgetAt focus = run.state.focus;
  // A chat's keyboard stays open, for the next message.
  const bool is_chat = component(widget->kind).keeps_keyboard;
  if (is_chat && nothing_to_send(run.machine, run.state, *widget, focus.row))
    return ActionOutcome::kDisabled;
  const bool fired = fire(run, app::Trigger::kSubmit, widget->index, -1, focus.row);
  if (run.state.focus == focus && !(is_chat && fired)) drop_focus(run.state);
  return ActionOutcome::kApplied;
}

}  // namespace paperphone::sim

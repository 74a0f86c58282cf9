#include "env/task/expert.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/calendar.h"
#include "env/app/parts.h"
#include "env/task/expert_search.h"
#include "env/task/sentence.h"
#include "env/touch/hand.h"

namespace paperphone::task {

using app::AppSpec;
using app::civil_from_days;
using app::LandmarkKind;
using app::EvalContext;
using app::evaluate;
using app::Format;
using app::format_value;
using app::holds;
using app::Kind;
using app::Landmark;
using app::Picks;
using app::Prop;
using app::read;
using app::Ref;
using app::Value;
using app::Widget;
using app::World;
using sim::DialogKind;
using sim::Event;
using sim::Lock;
using sim::Machine;
using sim::PhoneState;
using sim::Target;
namespace event = sim::event;

namespace {

constexpr int kDistancePerLandmark = 3;  // of the landmarks that lie ahead, on average

// As fingers would enter it: money without its sign.
std::string typed_form(const Value& value, app::Type type, const EvalContext& context) {
  const bool money = type.kind == Kind::kMoney;
  return format_value(value, type, money ? Format::kMoneyBare : Format::kPlain, context);
}

// A number without zeros that nobody types: "12.50" as "12.5", nothing as "0".
std::string plain_number(std::string text) {
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with(".")) text.pop_back();
  }
  return text.empty() ? "0" : text;
}

// One decision: works on one state and one task, then is thrown away.
class Decision {
 public:
  Decision(const Machine& machine, const layout::Layout& layout, touch::Scale scale,
           const PhoneState& state, const TaskInstance& task)
      : machine_(machine),
        state_(state),
        task_(task),
        hand_(machine, layout, scale, state) {}

  Advice make() {
    decide();
    advice_.actions = std::move(hand_.actions());
    return std::move(advice_);
  }

 private:
  void decide() {
    if (const std::string_view obstacle = clear_the_way(); !obstacle.empty()) {
      advice_.distance = -1;
      finish(obstacle);
      return;
    }
    const auto& landmarks = task_.spec->expert;
    for (std::size_t i = 0; i < landmarks.size(); ++i) {
      if (!pending(landmarks[i])) continue;
      int ahead = 0;
      for (std::size_t j = i + 1; j < landmarks.size(); ++j) ahead += pending(landmarks[j]);
      pursue(landmarks[i]);
      if (advice_.distance >= 0) {
        const bool ends = landmarks[i].kind == LandmarkKind::kAnswer;
        advice_.distance += ahead * kDistancePerLandmark + (ends ? 0 : 1);
      }
      return;
    }
    advice_.distance = 1;
    hand_.add(Terminate{TerminateStatus::kSuccess});
    say("任务已经完成", "结束任务");
  }

  EvalContext context() const {
    return {.world = state_.world, .apps = machine_.apps(), .params = task_.values};
  }

  bool pending(const Landmark& mark) const {
    if (!holds(mark.needs, context())) return false;
    return mark.until.empty() || !holds(mark.until, context());
  }

  // ---- what lies over the apps --------------------------------------------------

  // Adds what gets rid of it and says what it is; empty: the way is clear.
  std::string_view clear_the_way() {
    if (state_.lock == Lock::kOff) {
      hand_.add(KeyPress{"power"});
      return "屏幕熄灭了";
    }
    if (state_.lock == Lock::kLocked) {
      const layout::Frame& now = hand_.frame();
      hand_.add_swipe({now.width / 2, now.height * 8 / 10},
                {now.width / 2, now.height * 3 / 10}, {0, 0, now.width, now.height});
      return "手机锁屏了";
    }
    if (!state_.dialogs.empty()) {
      leave_dialog(state_.dialogs.back());
      return "有弹窗挡住";
    }
    if (state_.shade != sim::Shade::kClosed) {
      hand_.add(SystemButton{Button::kBack});
      return "下拉面板挡住了";
    }
    if (state_.selection.open()) {
      hand_.add(SystemButton{Button::kBack});
      return "选中了文字";
    }
    return {};
  }

  void leave_dialog(const sim::SystemDialog& dialog) {
    if (const int button = dialog.exit_button(); button >= 0)
      hand_.add_event(event::Tap{{Target::Where::kDialogButton, -1, button, {}}});
    if (dialog.kind == DialogKind::kPlain || dialog.kind == DialogKind::kCoupon)
      hand_.add(SystemButton{Button::kBack});
    // It goes by itself.
    if (dialog.kind == DialogKind::kLoading || dialog.kind == DialogKind::kSplashAd)
      hand_.add(Wait{1.0});
  }

  // ---- where a landmark wants to be -------------------------------------------

  // state: shows the landmark's screen (the start of a calendar may depend on it).
  Target target_of(const Landmark& mark, const PhoneState& state) const {
    Target target{Target::Where::kWidget, mark.widget, mark.part, {}};
    if (!mark.row.empty()) target.row = evaluate(mark.row, context()).as_ref();
    if (mark.kind == LandmarkKind::kTap && !mark.text.empty()) {  // a day, a time, an option
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
  Target target_of(const Landmark& mark) const { return target_of(mark, state_); }

  // The option that has this value, the item that has this id; -1: none shown.
  static int option_part(const Widget& widget, const EvalContext& here,
                         const Value& wanted) {
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

  static std::int64_t today(const PhoneState& state) {
    return app::floor_div(state.world.now_ms, app::kMsPerMinute * app::kMinutesPerDay);
  }

  // The part of a wheel that brings a picker nearer to what is wanted: the first wheel
  // that differs, two entries at a time, months, days and the clock the short way round.
  static int wheel_towards(const Widget& picker, std::int64_t now,
                           std::int64_t wanted) {
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

  bool at(const Landmark& mark, const PhoneState& state) const {
    if (mark.screen < 0) return true;  // an answer known from anywhere
    const sim::ScreenEntry* top = state.top();
    if (!top || !state.dialogs.empty() || state.front_app() != mark.app ||
        top->screen != mark.screen) {
      return false;
    }
    for (std::size_t i = 0; i < mark.args.size() && i < top->args.size(); ++i) {
      if (!mark.args[i].empty() &&
          !(evaluate(mark.args[i], context()) == top->args[i])) {
        return false;
      }
    }
    return mark.widget < 0 || offers(machine_, state, target_of(mark, state));
  }

  std::vector<Ref> interesting_rows(const Landmark& mark) const {
    std::vector<Ref> rows;
    const auto add_ref = [&](const Value& value) {
      const Ref ref = value.as_ref();
      if (ref.valid() && std::find(rows.begin(), rows.end(), ref) == rows.end()) {
        rows.push_back(ref);
      }
    };
    for (const app::Expr& arg : mark.args) {
      if (!arg.empty()) add_ref(evaluate(arg, context()));
    }
    if (!mark.row.empty()) add_ref(evaluate(mark.row, context()));
    for (const Value& value : task_.values) add_ref(value);
    const std::size_t direct = rows.size();
    for (std::size_t i = 0; i < direct; ++i) {  // and what these refer to
      if (const app::Row* row = state_.world.find(rows[i])) {
        for (const Value& cell : row->cells) add_ref(cell);
      }
    }
    return rows;
  }

  void pursue(const Landmark& mark) {
    if (at(mark, state_)) {
      carry_out(mark);
      return;
    }
    SearchProblem problem;
    problem.reached = [&](const PhoneState& s) { return at(mark, s); };
    problem.target_app = mark.app;
    problem.interesting = interesting_rows(mark);
    problem.tolerates = [&](const World& before, const World& after) {
      return side_effects(task_, machine_.apps(), after).size() <=
                 side_effects(task_, machine_.apps(), before).size() &&
             !adds_or_deletes(before, after);
    };
    const SearchResult way = search_way(machine_, state_, problem);
    if (!way.found) {
      // No way from here: leave the app and come in again by its front door.
      advice_.distance = -1;
      if (state_.front_app() >= 0) {
        hand_.add_event(event::Back{});
      } else {
        hand_.add_event(event::Open{mark.app});
      }
      finish("这里找不到目标");
      return;
    }
    advice_.distance = way.length + 1;
    // open() first: it works from anywhere; then taps in reading order.
    for (const Event& event : way.first_events) {
      if (std::holds_alternative<event::Open>(event)) hand_.add_event(event);
    }
    for (const Event& event : way.first_events) {
      if (!std::holds_alternative<event::Open>(event)) hand_.add_event(event);
    }
    finish("");
  }

  bool adds_or_deletes(const World& before, const World& after) const {
    for (std::size_t app = 0; app < before.apps.size(); ++app) {
      if (before.apps[app].identity() == after.apps[app].identity()) continue;
      const auto& old_tables = before.apps[app]->tables;
      const auto& new_tables = after.apps[app]->tables;
      for (std::size_t t = 0; t < old_tables.size(); ++t) {
        if (old_tables[t].identity() != new_tables[t].identity() &&
            old_tables[t]->rows.size() != new_tables[t]->rows.size()) {
          return true;
        }
      }
    }
    return false;
  }

  // ---- doing it ---------------------------------------------------------------

  void carry_out(const Landmark& mark) {
    advice_.distance = 1;
    switch (mark.kind) {
      case LandmarkKind::kTap:
        hand_.add_event(event::Tap{target_of(mark)});
        break;
      case LandmarkKind::kHold:
        hand_.add_event(event::Hold{target_of(mark)});
        break;
      case LandmarkKind::kSubmit:
        if (focused(mark)) {
          hand_.add(SystemButton{Button::kEnter});
        } else {
          hand_.add_event(event::Tap{target_of(mark)});
          advice_.distance = 2;
        }
        break;
      case LandmarkKind::kType:
        type(mark);
        break;
      case LandmarkKind::kVisit:
        hand_.add(Wait{1.0});
        break;
      case LandmarkKind::kAnswer: {
        const Value value = evaluate(mark.text, context());
        hand_.add(Answer{format_value(value, mark.text.type(), Format::kPlain, context())});
        break;
      }
    }
    finish("");
  }

  bool focused(const Landmark& mark) const {
    const Target target = target_of(mark);
    return state_.focus.widget == target.widget && state_.focus.row == target.row;
  }

  void type(const Landmark& mark) {
    const AppSpec& app = machine_.apps().apps[mark.app];
    const Widget& field = *app.screens[mark.screen].widgets[mark.widget];
    std::string wanted =
        typed_form(evaluate(mark.text, context()), mark.text.type(), context());
    const bool is_keypad = component(field.kind).typing == app::Typing::kKeypad;
    const app::Place* bind = field.place(Prop::kBind);
    const auto is_number = [](Kind kind) {
      return kind == Kind::kInt || kind == Kind::kMoney;
    };
    const bool takes_number = bind != nullptr && is_number(bind->type.kind);
    if (is_number(mark.text.type().kind) && (is_keypad || takes_number))
      wanted = plain_number(std::move(wanted));
    if (is_keypad) {
      press_keys(mark, field, wanted);
      return;
    }
    if (!focused(mark)) {
      advice_.distance = 2;
      hand_.add_event(event::Tap{target_of(mark)});
      return;
    }
    const std::string present = machine_.focused_text(state_);
    if (present == wanted ||
        (takes_number && plain_number(present) == plain_number(wanted))) {
      // Typed, but not yet taken.
      hand_.add(SystemButton{Button::kEnter});
    } else if (present.empty()) {
      hand_.add(TypeText{wanted});
    } else if (wanted.starts_with(present)) {
      hand_.add(TypeText{wanted.substr(present.size())});
      hand_.add(KeyPress{"clear"});
    } else {
      advice_.distance = 2;
      hand_.add(KeyPress{"clear"});
    }
  }

  // The next key of a keypad: a wrong one is taken back, at the end comes its button.
  void press_keys(const Landmark& mark, const Widget& keypad, const std::string& wanted) {
    Target key = target_of(mark);
    const Value value =
        read(*keypad.place(Prop::kBind), machine_.context(state_, key.row));
    const std::string present(value.as_text());
    std::string name = "delete";
    if (present == wanted) {
      name = "submit";
    } else if (wanted.starts_with(present)) {
      name = wanted.substr(present.size(), 1);
      if (name == ".") name = "dot";
    }
    const auto same = std::mismatch(present.begin(), present.end(), wanted.begin(),
                                    wanted.end());
    advice_.distance = int((present.end() - same.first) +
                                        (wanted.end() - same.second)) +
                       (takes_button(keypad) ? 1 : 0);
    key.part = app::part_index(keypad, name);
    hand_.add_event(event::Tap{key});
  }

  static bool takes_button(const Widget& keypad) {
    return keypad.name(Prop::kStyle) == "amount";
  }

  // ---- words ----------------------------------------------------------------------

  std::string place_name() const {
    if (!state_.top()) return state_.shell == sim::Shell::kRecents ? "最近任务" : "桌面";
    const AppSpec& app = machine_.apps().apps[state_.front_app()];
    const app::ScreenSpec& screen = app.screens[state_.top()->screen];
    const std::string title = touch::shorten(app::render(screen.title, machine_.context(state_)));
    return title.empty() ? app.title : title;
  }

  void say(std::string_view reason, std::string sentence) {
    advice_.thought = fmt::format("现在在{}{}{}，{}", place_name(),
                                  reason.empty() ? "" : "，", reason, sentence);
    advice_.sentence = std::move(sentence);
  }

  void finish(std::string_view reason) {
    if (hand_.actions().empty()) {
      advice_.distance = -1;
      hand_.add(SystemButton{Button::kBack});
    }
    say(reason, sentence_of(hand_.actions().front().action, hand_.label()));
  }

  const Machine& machine_;
  const PhoneState& state_;
  const TaskInstance& task_;
  touch::Hand hand_;
  Advice advice_;
};

}  // namespace

Advice Expert::advise(const PhoneState& state, const TaskInstance& task) const {
  return Decision(*machine_, *layout_, scale_, state, task).make();
}

}  // namespace paperphone::task

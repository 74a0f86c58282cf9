#include "tools/screens/screen_moves.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "env/app/parts.h"
#include "env/sim/top_screen.h"
#include "env/sim/transitions.h"

namespace paperphone::tools {

using app::AppSpec;
using app::Prop;
using app::Ref;
using app::ScreenSpec;
using app::Transition;
using app::Trigger;
using app::Value;
using app::Widget;
using sim::Machine;
using sim::PhoneState;
using sim::Target;
namespace event = sim::event;

namespace {

constexpr std::size_t kRows = 20;      // of a list, whatever they are
constexpr std::size_t kLookedAt = 60;  // rows among which others may be
constexpr int kDays = 3;               // of a calendar
constexpr std::size_t kWords = 8;      // tried in one search box
constexpr std::string_view kAmount = "88";
constexpr std::string_view kPhoneNumber = "13800138000";
constexpr std::string_view kCardNumber = "6222020000123456";

bool says(const Widget& widget, std::initializer_list<std::string_view> words) {
  for (const Prop prop : {Prop::kLabel, Prop::kHint}) {
    const app::Template* text = widget.text(prop);
    if (text == nullptr || text->empty() || !text->constant()) continue;
    for (const std::string_view word : words)
      if (text->pieces()[0].literal.find(word) != std::string::npos) return true;
  }
  return false;
}

class Finder {
 public:
  Finder(const Machine& machine, const PhoneState& state)
      : machine_(machine),
        state_(state),
        spec_(machine.apps().apps[std::size_t(state.front_app())]),
        screen_(*sim::top_screen(machine.apps(), state)) {}

  Moves find() {
    if (!state_.dialogs.empty()) {
      for (int i = 0; i < int(state_.dialogs.back().buttons.size()); ++i)
        add({event::Tap{{Target::Where::kDialogButton, -1, i, {}}}});
      note(-1, int(state_.dialogs.back().kind), -1);
      return finish();
    }
    for (const Widget* widget : screen_.widgets) {
      if (widget->id.empty()) continue;
      if (widget->list < 0) {
        add_widget(*widget, {});
      } else {
        for (const Ref row : rows_of(widget->list)) add_widget(*widget, row);
      }
    }
    if (form_.size() > 1) {
      Move move;
      for (Move& field : form_) move.insert(move.end(), field.begin(), field.end());
      add(std::move(move));
    }
    for (const Transition& t : screen_.when) {
      if (t.trigger == Trigger::kAfter) add({event::Tick{t.after_ms}});
      if (t.trigger == Trigger::kPull) add({event::Pull{}});
      if (t.trigger == Trigger::kReach) add({event::Reach{}});
    }
    if (state_.heads_up() != nullptr)
      add({event::Tap{{Target::Where::kHeadsUp, -1, -1, {}}}});
    add({event::Back{}});
    return finish();
  }

 private:
  void add(Move move) { moves_.all.push_back(std::move(move)); }
  void note(int widget, int part, int transition) {
    offer_.insert({widget, part, transition});
  }
  Moves finish() {
    Hasher hasher;
    for (const auto& [widget, part, transition] : offer_)
      hasher.add(widget).add(part).add(transition);
    moves_.offer = hasher.finish();
    return std::move(moves_);
  }

  Target target(const Widget& widget, int part, Ref row) const {
    return {Target::Where::kWidget, widget.index, part, row};
  }

  // Which of the screen's transitions it sets off; -1: none.
  int transition_of(Trigger trigger, const Widget& widget, int part, Ref row) const {
    const Transition* found =
        sim::find_transition(machine_, state_, trigger, widget.index, part, row);
    return found != nullptr ? int(found - screen_.when.data()) : -1;
  }

  static int num_parts(const Widget& widget) {
    const int named = int(app::part_names(widget).size());
    return named > 0 ? named : kDays;
  }

  const std::vector<Ref>& rows_of(int list) {
    const auto [it, fresh] = rows_.try_emplace(list);
    if (!fresh || !machine_.is_shown(state_, list, {})) return it->second;
    std::vector<Ref> rows =
        machine_.visible_rows(state_, *screen_.widgets[std::size_t(list)]);
    if (screen_.start_at_end) std::reverse(rows.begin(), rows.end());
    std::set<std::vector<int>> answers;
    for (std::size_t i = 0; i < std::min(rows.size(), kLookedAt); ++i)
      if (answers.insert(answers_of(list, rows[i])).second || i < kRows)
        it->second.push_back(rows[i]);
    return it->second;
  }

  // What taps on a row's widgets do.
  std::vector<int> answers_of(int list, Ref row) const {
    std::vector<int> out;
    for (const Widget* widget : screen_.widgets) {
      if (widget->list != list || widget->id.empty()) continue;
      const bool shown = machine_.is_shown(state_, widget->index, row);
      for (int part = -1; part < num_parts(*widget); ++part)
        out.push_back(shown ? transition_of(Trigger::kTap, *widget, part, row) : -2);
    }
    return out;
  }

  void add_widget(const Widget& widget, Ref row) {
    if (!machine_.is_shown(state_, widget.index, row)) return;
    const app::Component& kind = component(widget.kind);
    if (kind.typing == app::Typing::kKeypad) return add_keypad(widget, row);
    for (int part = -1; part < num_parts(widget); ++part) {
      const Target at = target(widget, part, row);
      if (!machine_.answers_tap(state_, at) || machine_.is_disabled(state_, widget, at))
        continue;
      note(widget.index, part, transition_of(Trigger::kTap, widget, part, row));
      add({event::Tap{at}});
    }
    for (const Transition& t : screen_.when)
      if (t.trigger == Trigger::kHold && t.widget == widget.index)
        add({event::Hold{target(widget, t.part, row)}});
    if (kind.swipes == app::Swipes::kPages || !widget.items(Prop::kActions).empty())
      add({event::Swipe{target(widget, -1, row), 1}});
    if (kind.typing == app::Typing::kKeyboard && widget.place(Prop::kBind) != nullptr)
      add_typing(widget, row);
  }

  void add_typing(const Widget& widget, Ref row) {
    const bool is_sent =
        std::any_of(screen_.when.begin(), screen_.when.end(), [&](const Transition& t) {
          return t.trigger == Trigger::kSubmit && t.widget == widget.index;
        });
    const bool is_search = component(widget.kind).search == app::Search::kTry;
    for (const std::string& word : is_search ? names() : words_for(widget)) {
      Move move{event::Tap{target(widget, -1, row)}, event::Clear{}, event::Type{word}};
      if (is_sent) move.push_back(event::Submit{});
      move.push_back(event::Tap{{Target::Where::kIme, -1, sim::kImeHide, {}}});
      if (!is_search) form_.push_back(move);
      add(std::move(move));
    }
  }

  std::vector<std::string> words_for(const Widget& field) const {
    const bool is_number = field.place(Prop::kBind)->type.kind != app::Kind::kText;
    if (says(field, {"手机", "电话"})) return {std::string(kPhoneNumber)};
    if (says(field, {"卡号", "账号", "证件", "编号"}))
      return {std::string(kCardNumber)};
    if (is_number || says(field, {"金额", "价", "元", "0.00"}))
      return {std::string(kAmount)};
    std::vector<std::string> words = names();
    words.resize(std::min<std::size_t>(words.size(), 1));
    return words;
  }

  void add_keypad(const Widget& keypad, Ref row) {
    const auto type = [&](std::string_view digits, std::string_view then = {}) {
      Move move;
      for (const char digit : digits)
        move.push_back(event::Tap{
            target(keypad, app::part_index(keypad, std::string_view(&digit, 1)), row)});
      if (!then.empty())
        move.push_back(event::Tap{target(keypad, app::part_index(keypad, then), row)});
      add(std::move(move));
    };
    if (keypad.name(Prop::kStyle) == "amount") {
      type(kAmount);
      return type(kAmount, "submit");
    }
    for (const std::string& code : codes(std::size_t(keypad.number(Prop::kLength, 0))))
      type(code);
  }

  // What the apps keep as texts of so many digits.
  std::set<std::string> codes(std::size_t length) const {
    std::set<std::string> out;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t a = 0; a < machine_.apps().apps.size(); ++a) {
      const auto& vars = machine_.apps().apps[a].vars;
      for (std::size_t v = 0; v < vars.size(); ++v) {
        if (vars[v].is_view || vars[v].type.kind != app::Kind::kText) continue;
        const std::string code(state_.world.apps[a]->vars[v].as_text());
        if (code.size() == length && std::all_of(code.begin(), code.end(), is_digit))
          out.insert(code);
      }
    }
    return out;
  }

  // Names of the app's things: of each table's first row.
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    const app::AppData& data = *state_.world.apps[std::size_t(state_.front_app())];
    for (std::size_t t = 0; t < spec_.tables.size() && out.size() < kWords; ++t) {
      const int column = spec_.tables[t].display_column;
      if (column < 0 || data.tables[t]->rows.empty()) continue;
      const Value& name = data.tables[t]->rows.front()->cells[std::size_t(column)];
      if (name.is_none() || name.as_text().empty()) continue;
      const std::string text(name.as_text());
      if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
    }
    return out;
  }

  const Machine& machine_;
  const PhoneState& state_;
  const AppSpec& spec_;
  const ScreenSpec& screen_;
  Moves moves_;
  std::vector<Move> form_;                     // what fills in each of its fields
  std::map<int, std::vector<Ref>> rows_;       // by list
  std::set<std::tuple<int, int, int>> offer_;  // widget, part, transition
};

}  // namespace

Moves moves_on(const Machine& machine, const PhoneState& state) {
  return Finder(machine, state).find();
}

}  // namespace paperphone::tools

#include "env/task/expert/typing.h"

#include "env/app/parts.h"

namespace paperphone::task {

using app::AppSpec;
using app::EvalContext;
using app::evaluate;
using app::Format;
using app::format_value;
using app::Kind;
using app::Landmark;
using app::Prop;
using app::read;
using app::Value;
using app::Widget;
using sim::Target;
namespace event = sim::event;

namespace {

// As fingers would enter it: money without its sign.
std::string typed_form(const Value& value, app::Type type, const EvalContext& context) {
  const bool money = type.kind == Kind::kMoney;
  return format_value(value, type, money ? Format::kMoneyBare : Format::kPlain,
                      context);
}

// A number without zeros that nobody types: "12.50" as "12.5", nothing as "0".
std::string plain_number(std::string text) {
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with(".")) text.pop_back();
  }
  return text.empty() ? "0" : text;
}

}  // namespace

bool Typist::focused(const Landmark& mark) const {
  const Target target = aim_.target_of(mark);
  return state_.focus.widget == target.widget && state_.focus.row == target.row;
}

void Typist::type(const Landmark& mark) {
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
    hand_.add_event(event::Tap{aim_.target_of(mark)});
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
    hand_.add(KeyPress{"clear"});
  }
}

void Typist::press_keys(const Landmark& mark, const Widget& keypad,
                        const std::string& wanted) {
  Target key = aim_.target_of(mark);
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
  key.part = app::part_index(keypad, name);
  hand_.add_event(event::Tap{key});
}

}  // namespace paperphone::task

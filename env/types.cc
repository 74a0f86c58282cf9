#include "env/types.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "env/base/check.h"
#include "env/base/json_text.h"
#include "env/base/overloaded.h"
#include "env/base/utf8.h"

namespace paperphone {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 10> kActionNames = {
    "key",           "click", "long_press", "swipe",     "type",
    "system_button", "open",  "wait",       "terminate", "answer"};
constexpr std::array<std::string_view, 4> kButtonNames = {"Back", "Home", "Menu",
                                                          "Enter"};
constexpr std::array<std::string_view, 2> kStatusNames = {"success", "failure"};

// Broken bytes as the phone reads them when they are typed: U+FFFD.
std::string json_string(std::string_view text) {
  return json_text(Json(is_utf8(text) ? std::string(text) : to_utf8(to_utf32(text))));
}

std::string seconds_text(double seconds) {
  return seconds == std::floor(seconds) && std::abs(seconds) < 1e9
             ? fmt::format("{}", std::int64_t(seconds))
             : fmt::format("{}", seconds);
}

// Reads the arguments of one action and notices what was not read.
class Arguments {
 public:
  explicit Arguments(const Json& object) : object_(object) {}

  std::string text(const char* key) {
    const Json* value = get(key);
    if (value && value->is_string()) return value->get<std::string>();
    if (value) fail(fmt::format("'{}' must be a string", key));
    return {};
  }

  Point point(const char* key) {
    const Json* value = get(key);
    if (!value) return {};
    if (!value->is_array() || value->size() != 2 || !is_coordinate((*value)[0]) ||
        !is_coordinate((*value)[1])) {
      fail(fmt::format("'{}' must be [x, y]", key));
      return {};
    }
    return {coordinate((*value)[0]), coordinate((*value)[1])};
  }

  double seconds_or(const char* key, double fallback) {
    return object_.contains(key) ? seconds(key) : fallback;
  }

  double seconds(const char* key) {
    const Json* value = get(key);
    if (!value) return 0;
    if (!value->is_number() || !std::isfinite(value->get<double>()) ||
        value->get<double>() < 0) {
      fail(fmt::format("'{}' must be a number of seconds", key));
      return 0;
    }
    return value->get<double>();
  }

  template <std::size_t N>
  std::size_t one_of(const char* key, const std::array<std::string_view, N>& names) {
    const std::string word = text(key);
    for (std::size_t i = 0; i < N; ++i) {
      if (word == names[i]) return i;
    }
    if (error_.empty()) {
      fail(fmt::format("'{}' must be one of {}", key, fmt::join(names, ", ")));
    }
    return 0;
  }

  // What was wrong first; empty: nothing.
  std::string finish() && {
    if (error_.empty() && object_.size() != read_) {
      fail(fmt::format("unexpected arguments beside {}", json_text(object_["action"])));
    }
    return std::move(error_);
  }

 private:
  const Json* get(const char* key) {
    const auto it = object_.find(key);
    if (it == object_.end()) {
      fail(fmt::format("'{}' is missing", key));
      return nullptr;
    }
    ++read_;
    return &*it;
  }
  static bool is_coordinate(const Json& value) {
    return value.is_number() && std::abs(value.get<double>()) < 1e6;
  }
  static int coordinate(const Json& value) {
    return int(std::lround(value.get<double>()));
  }
  void fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
  }

  const Json& object_;
  std::string error_;
  std::size_t read_ = 1;  // "action" itself
};

}  // namespace

std::string_view action_name(const Action& action) {
  return kActionNames[action.index()];
}

std::string action_to_json(const Action& action) {
  const std::string head = fmt::format(R"({{"action":"{}")", action_name(action));
  return std::visit(
      Overloaded{
          [&](const KeyPress& a) {
            return fmt::format(R"({},"text":{}}})", head, json_string(a.name));
          },
          [&](const Click& a) {
            return fmt::format(R"({},"coordinate":[{},{}]}})", head, a.point.x,
                               a.point.y);
          },
          [&](const LongPress& a) {
            return fmt::format(R"({},"coordinate":[{},{}],"time":{}}})", head, a.point.x,
                               a.point.y, seconds_text(a.seconds));
          },
          [&](const Swipe& a) {
            const std::string time =
                a.seconds == kSwipeSeconds
                    ? std::string()
                    : fmt::format(R"(,"time":{})", seconds_text(a.seconds));
            return fmt::format(R"({},"coordinate":[{},{}],"coordinate2":[{},{}]{}}})",
                               head, a.from.x, a.from.y, a.to.x, a.to.y, time);
          },
          [&](const TypeText& a) {
            return fmt::format(R"({},"text":{}}})", head, json_string(a.utf8));
          },
          [&](const SystemButton& a) {
            return fmt::format(R"({},"button":"{}"}})", head,
                               kButtonNames[std::size_t(a.button)]);
          },
          [&](const OpenApp& a) {
            return fmt::format(R"({},"text":{}}})", head, json_string(a.app));
          },
          [&](const Wait& a) {
            return fmt::format(R"({},"time":{}}})", head, seconds_text(a.seconds));
          },
          [&](const Terminate& a) {
            return fmt::format(R"({},"status":"{}"}})", head,
                               kStatusNames[std::size_t(a.status)]);
          },
          [&](const Answer& a) {
            return fmt::format(R"({},"text":{}}})", head, json_string(a.utf8));
          },
      },
      action);
}

ParsedAction action_from_json(std::string_view json) {
  const auto fail = [](std::string message) {
    return ParsedAction{std::nullopt, std::move(message)};
  };
  if (json.size() > 65536) return fail("arguments are longer than 64 KiB");
  const Json object = Json::parse(json, nullptr, /*allow_exceptions=*/false);
  if (object.is_discarded()) return fail("arguments are not JSON");
  if (!object.is_object()) return fail("arguments must be an object");
  const auto name = object.find("action");
  if (name == object.end() || !name->is_string()) return fail("'action' is missing");
  const auto& word = name->get_ref<const std::string&>();
  Arguments in(object);
  Action action;
  if (word == "key") {
    action = KeyPress{in.text("text")};
  } else if (word == "click") {
    action = Click{in.point("coordinate")};
  } else if (word == "long_press") {
    LongPress press{.point = in.point("coordinate")};
    press.seconds = in.seconds("time");
    action = press;
  } else if (word == "swipe") {
    Swipe swipe;
    swipe.from = in.point("coordinate");
    swipe.to = in.point("coordinate2");
    swipe.seconds = in.seconds_or("time", kSwipeSeconds);
    action = swipe;
  } else if (word == "type") {
    action = TypeText{in.text("text")};
  } else if (word == "system_button") {
    action = SystemButton{Button(in.one_of("button", kButtonNames))};
  } else if (word == "open") {
    action = OpenApp{in.text("text")};
  } else if (word == "wait") {
    action = Wait{in.seconds("time")};
  } else if (word == "terminate") {
    action = Terminate{TerminateStatus(in.one_of("status", kStatusNames))};
  } else if (word == "answer") {
    action = Answer{in.text("text")};
  } else {
    return fail(fmt::format("unknown action '{}' (known: {})", word.substr(0, 40),
                            fmt::join(kActionNames, ", ")));
  }
  std::string error = std::move(in).finish();
  if (!error.empty()) return fail(std::move(error));
  return {std::move(action), {}};
}

std::string_view role_name(Role role) {
  switch (role) {
    case Role::kText:
      return "text";
    case Role::kButton:
      return "button";
    case Role::kField:
      return "field";
    case Role::kSwitch:
      return "switch";
    case Role::kCheckBox:
      return "check_box";
    case Role::kRadio:
      return "radio";
    case Role::kTab:
      return "tab";
    case Role::kListItem:
      return "list_item";
    case Role::kImage:
      return "image";
    case Role::kSlider:
      return "slider";
    case Role::kKey:
      return "key";
    case Role::kIcon:
      return "icon";
    case Role::kScrim:
      return "scrim";
    case Role::kHeader:
      return "header";
  }
  PAPERPHONE_CHECK_FAIL("no such role");
}

std::string ui_node_to_json(const UiNode& node) {
  const Rect& r = node.rect;
  std::string json = fmt::format(
      R"({{"role":"{}","text":{},"address":{},"rect":[{},{},{},{}])",
      role_name(node.role), json_string(node.text), json_string(node.address), r.x, r.y,
      r.width, r.height);
  if (!node.hint.empty()) json += fmt::format(R"(,"hint":{})", json_string(node.hint));
  if (node.touchable) json += R"(,"touchable":true)";
  if (!node.enabled) json += R"(,"enabled":false)";
  if (node.checked) json += R"(,"checked":true)";
  if (node.focused) json += R"(,"focused":true)";
  if (node.partly_hidden) json += R"(,"partly_hidden":true)";
  return json + "}";
}

std::string_view outcome_name(ActionOutcome outcome) {
  constexpr std::string_view kNames[] = {"applied",  "no_target",   "out_of_bounds",
                                         "disabled", "unknown_app", "invalid"};
  return kNames[std::size_t(outcome)];
}

std::string_view end_reason_name(EndReason reason) {
  constexpr std::string_view kNames[] = {
      "ongoing", "goal_reached", "side_effect", "false_complete",
      "gave_up", "step_limit",   "device_lost"};
  return kNames[std::size_t(reason)];
}

}  // namespace paperphone

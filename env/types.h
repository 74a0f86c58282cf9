// Everything agent, data and rl need to know about an environment: plain types
// without Qt, yaml-cpp or torch.
//
// Shape letters: B environments, H rows, W columns, C = 3 (R, G, B).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "env/base/hash.h"

namespace paperphone {

struct Point {
  int x = 0;
  int y = 0;
  auto operator<=>(const Point&) const = default;
};

struct Rect {  // half-open: [x, x + width) x [y, y + height)
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  auto operator<=>(const Rect&) const = default;
  bool empty() const { return width <= 0 || height <= 0; }
  bool contains(Point p) const {
    return p.x >= x && p.y >= y && p.x < x + width && p.y < y + height;
  }
  Point center() const { return {x + width / 2, y + height / 2}; }
};

struct ImageView {  // not owned; uint8 RGB, row-major
  std::span<const std::uint8_t> pixels_HWC;
  int height = 0;  // pixels
  int width = 0;   // pixels
};

// ---- actions: those of Qwen2.5-VL's mobile_use tool -------------------------
// Coordinates are pixels of the screenshot, origin top left.

// What `adb shell input swipe` takes; mobile_use's swipe does not say.
inline constexpr double kSwipeSeconds = 0.3;

struct KeyPress {     // "key": volume_up, volume_down, power, camera, clear
  std::string name;
  bool operator==(const KeyPress&) const = default;
};
struct Click {
  Point point;
  bool operator==(const Click&) const = default;
};
struct LongPress {
  Point point;
  double seconds = 1.0;
  bool operator==(const LongPress&) const = default;
};
struct Swipe {  // straight, at one speed, which decides how far a page flings
  Point from;
  Point to;
  double seconds = kSwipeSeconds;
  bool operator==(const Swipe&) const = default;
};
struct TypeText {  // into the focused field, at its end
  std::string utf8;
  bool operator==(const TypeText&) const = default;
};
enum class Button : std::uint8_t { kBack, kHome, kMenu, kEnter };  // Menu: recents
struct SystemButton {
  Button button = Button::kBack;
  bool operator==(const SystemButton&) const = default;
};
struct OpenApp {  // by title ("信聊") or id ("messenger")
  std::string app;
  bool operator==(const OpenApp&) const = default;
};
struct Wait {
  double seconds = 1.0;
  bool operator==(const Wait&) const = default;
};
enum class TerminateStatus : std::uint8_t { kSuccess, kFailure };
struct Terminate {
  TerminateStatus status = TerminateStatus::kSuccess;
  bool operator==(const Terminate&) const = default;
};
struct Answer {  // ends a question task
  std::string utf8;
  bool operator==(const Answer&) const = default;
};
using Action = std::variant<KeyPress, Click, LongPress, Swipe, TypeText,
                            SystemButton, OpenApp, Wait, Terminate, Answer>;

// "click", "type", ...: the names of mobile_use.
std::string_view action_name(const Action& action);
// {"action":"click","coordinate":[180,400]}: the arguments object of mobile_use,
// keys in a fixed order, no spaces. The one spelling used in prompts, responses,
// databases and logs.
std::string action_to_json(const Action& action);
// The inverse; for anything else (unknown name, missing or extra argument, wrong type)
// no action. Never throws.
struct ParsedAction {
  std::optional<Action> action;
  std::string error;  // why there is none
};
ParsedAction action_from_json(std::string_view json);

// ---- what comes back --------------------------------------------------------

enum class Role : std::uint8_t {
  kText,
  kButton,
  kField,
  kSwitch,
  kCheckBox,
  kRadio,
  kTab,
  kListItem,
  kImage,
  kSlider,
  kKey,
  kIcon,
  kScrim,
  kHeader,
};
std::string_view role_name(Role role);

// One node of the accessibility tree, as a screen reader sees it.
struct UiNode {
  Rect rect;  // the visible part, pixels of the screenshot
  Role role = Role::kText;
  std::string text;     // of a field that is not empty: what was typed; secrets are dots
  std::string hint;     // what such a field is for; while it is empty `text` says so
  std::string address;  // "shop.home.products.card[17]", "ime.key.a"
  bool touchable = false;
  bool enabled = true;
  bool checked = false;  // switches, check boxes, selected tabs
  bool focused = false;
  bool partly_hidden = false;  // cut by the viewport
  bool operator==(const UiNode&) const = default;
};
// One JSON object: {"role":"button","text":"...","address":"...","rect":[x,y,w,h],...};
// states that are as usual are left out.
std::string ui_node_to_json(const UiNode& node);

// An immutable picture of the screen that many may hold.
struct ScreenFrame {
  Hash128 hash;  // of the bytes
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> pixels_HWC;  // RGB
  ImageView view() const { return {pixels_HWC, height, width}; }
};

// What observations are to hold; several are joined by |.
enum class Modality : std::uint8_t {
  kNothing = 0,
  kPixels = 1,  // Observation::screen
  kFrame = 2,   // Observation::frame: a handle, without a copy of the bytes
  kTree = 4,    // Observation::tree
};
constexpr Modality operator|(Modality a, Modality b) {
  return Modality(std::uint8_t(a) | std::uint8_t(b));
}
constexpr bool has(Modality all, Modality one) {
  return (std::uint8_t(all) & std::uint8_t(one)) != 0;
}

struct Observation {
  ImageView screen;              // valid until the next reset() or step(); empty
                                 // if the environment was made without pixels
  std::string_view instruction;  // UTF-8, constant within an episode
  int step = 0;                  // 0 right after reset()
  // Only if asked for (Env::want):
  std::shared_ptr<const ScreenFrame> frame;  // shared: the cache holds it too
  std::span<const UiNode> tree;  // back to front; valid as long as `screen`
};

enum class ActionOutcome : std::uint8_t {
  kApplied,
  kNoTarget,     // a tap on nothing, typing without a focused field
  kOutOfBounds,  // coordinates off the screen
  kDisabled,     // the target is greyed out
  kUnknownApp,   // open() of an app that is not installed
  kInvalid,      // the response could not be parsed; nothing was applied
};
std::string_view outcome_name(ActionOutcome outcome);

enum class EndReason : std::uint8_t {
  kOngoing,
  kGoalReached,    // terminate(success) or answer, goal true, no side effects
  kSideEffect,     // goal true, but something else changed too
  kFalseComplete,  // terminate(success) or a wrong answer, goal false
  kGaveUp,         // terminate(failure)
  kStepLimit,      // truncated
  kDeviceLost,     // truncated
};
std::string_view end_reason_name(EndReason reason);

// Named terms; the reward is their sum.
struct RewardBreakdown {
  float task = 0.0f;      // 1 when the episode ends with kGoalReached
  float progress = 0.0f;  // shaping by milestones, 0 unless switched on
  float penalty = 0.0f;   // 0 unless switched on
  float total() const { return task + progress + penalty; }
  bool operator==(const RewardBreakdown&) const = default;
};

// Of one episode, from its reset (or its snapshot's) to its end.
struct EpisodeStatistics {
  double episode_return = 0.0;   // sum of the rewards
  int length = 0;                // steps; one that only resets is none
  std::int64_t elapsed_ms = 0;   // virtual time
  bool operator==(const EpisodeStatistics&) const = default;
};

struct Info {
  EndReason end_reason = EndReason::kOngoing;
  ActionOutcome outcome = ActionOutcome::kApplied;
  std::string screen_id;  // "messenger/chat"
  Hash128 state_hash;     // equal states hash equally
  Hash128 frame_hash;     // of the RGB bytes; zero where none were drawn
  bool goal_holds = false;
  float progress = 0.0f;  // share of milestones reached, 0..1
  std::vector<std::string> side_effects;  // addresses of unexpected changes
  std::vector<std::string> events;  // disturbances that began in this step: "splash_ad"
  RewardBreakdown reward_breakdown;
  std::int64_t elapsed_ms = 0;               // virtual time since the reset
  std::optional<EpisodeStatistics> episode;  // at the step that ends it
  bool operator==(const Info&) const = default;
};

struct ResetResult {
  Observation observation;
  Info info;
};

struct StepResult {  // member order is Gymnasium's
  Observation observation;
  float reward = 0.0f;
  bool terminated = false;  // the task itself ended: terminate, answer
  bool truncated = false;   // something outside ended it: step limit, device;
                            // both may be true, in one and the same step
  Info info;
};

}  // namespace paperphone

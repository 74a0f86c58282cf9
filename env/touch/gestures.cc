#include "env/touch/gestures.h"

#include <algorithm>
#include <cstdlib>

#include "env/sim/fling.h"
#include "env/sim/map_view.h"

namespace paperphone::touch {

using layout::Frame;
using layout::Node;
using layout::Swiping;
using sim::Event;
using sim::PhoneState;
using sim::Shade;
using sim::Shell;
using sim::Target;
namespace event = sim::event;
using sim::kTouchSlop;

namespace {

constexpr int kSideEdge = 12;    // dp: a swipe from here is Back
constexpr int kBottomEdge = 20;  // dp: a swipe up from here is Home
constexpr int kTopEdge = 32;     // dp: a swipe down from here pulls the shade
constexpr int kUnlockWay = 80;   // dp
constexpr int kThrowWay = 40;    // dp: aside or away
constexpr int kWheelEntry = 40;  // dp: one entry of a picker's wheel

// 0..1000 along a slider's track; -1: not a slider. Upright ones count from below.
int level_at(const Node& node, Point at) {
  const Rect& r = node.rect;
  if (node.role != Role::kSlider || std::max(r.width, r.height) < 2) return -1;
  const int level = r.height > r.width ? 1000 - (at.y - r.y) * 1000 / (r.height - 1)
                                       : (at.x - r.x) * 1000 / (r.width - 1);
  return std::clamp(level, 0, 1000);
}

struct Stroke {
  Point from;
  Point to;
  int dx = 0, dy = 0;
  int duration_ms = 0;
  bool sideways() const { return std::abs(dx) > std::abs(dy); }
  bool up(int way) const { return !sideways() && dy < -way; }
  bool down(int way) const { return !sideways() && dy > way; }
  bool aside(int way) const { return sideways() && std::abs(dx) > way; }
};

bool is_notice(const Target& target) {
  return target.where == Target::Where::kShade && target.part >= sim::kShadeNotice;
}

Gesture swipe_shade(const Frame& frame, const PhoneState& state, const Stroke& s) {
  const Node* node = frame.hit(s.from);
  if (node != nullptr && node->role == Role::kSlider)
    return Event{sim::event::Tap{node->target, level_at(*node, s.to)}};
  if (s.up(kThrowWay)) return Event{sim::event::PullShade{Shade::kClosed}};
  if (!s.aside(kThrowWay)) return ActionOutcome::kNoTarget;
  if (node != nullptr && is_notice(node->target))
    return Event{sim::event::Dismiss{node->target.part - sim::kShadeNotice}};
  return Event{sim::event::PullShade{state.shade == Shade::kNotices ? Shade::kControls
                                                               : Shade::kNotices}};
}

Gesture swipe_heads_up(const PhoneState& state, const Stroke& s) {
  if (s.up(kTouchSlop)) return Event{sim::event::PushHeadsUp{}};
  if (s.down(kTouchSlop)) return Event{sim::event::PullShade{Shade::kNotices}};
  if (s.aside(kThrowWay))
    return Event{sim::event::Dismiss{int(state.notifications.size()) - 1}};
  return ActionOutcome::kNoTarget;
}

// Sideways one page; on a wheel as many entries as the finger passes, at least one.
int swipe_steps(const Stroke& s) {
  if (s.sideways()) return s.dx < 0 ? 1 : -1;
  if (s.dy == 0) return 0;
  const int entries =
      std::max(1, (std::abs(s.dy) + kWheelEntry / 2) / kWheelEntry);
  return s.dy < 0 ? entries : -entries;
}

// What lies under the finger stays there.
Gesture pan_map(const Node& map, const Stroke& s) {
  const auto thousandths = [](int way, int whole) {
    const int half = way < 0 ? -whole / 2 : whole / 2;
    return (way * sim::kMapSide + half) / whole;
  };
  return Event{sim::event::Pan{map.target, -thousandths(s.dx, map.whole.x),
                               -thousandths(s.dy, map.whole.y)}};
}

Gesture swipe_page(const Frame& frame, const Stroke& s) {
  if (const Node* map = frame.swiped(s.from, Swiping::kAnyWay)) return pan_map(*map, s);
  if (const Node* node = frame.swiped(
          s.from, s.sideways() ? Swiping::kSideways : Swiping::kUpAndDown))
    return Event{sim::event::Swipe{node->target, swipe_steps(s)}};
  if (s.sideways()) {  // along a slider
    const Node* node = frame.hit(s.from);
    if (node == nullptr || node->role != Role::kSlider || !node->enabled)
      return ActionOutcome::kNoTarget;
    return Event{sim::event::Tap{node->target, level_at(*node, s.to)}};
  }
  const int travel = sim::swipe_travel(s.dy, s.duration_ms);
  if (travel == 0 || !frame.scroll_area.contains(s.from))
    return ActionOutcome::kNoTarget;
  const int wanted = std::clamp(frame.scroll - travel, 0, frame.scroll_max);
  const bool to_end = travel < 0 && wanted == frame.scroll_max;
  if (wanted != frame.scroll) return Event{sim::event::Scroll{wanted, to_end}};
  if (to_end) return Event{sim::event::Reach{}};
  if (travel > 0 && frame.scroll == 0) return Event{sim::event::Pull{}};
  return ActionOutcome::kNoTarget;
}

}  // namespace

Gesture tap_gesture(const Frame& frame, Point at) {
  const Node* node = frame.hit(at);
  if (node == nullptr) return Event{sim::event::Tap{}};  // closes a selection menu
  if (!node->enabled) return ActionOutcome::kDisabled;
  if (node->scroll_to >= 0) return Event{sim::event::Scroll{node->scroll_to}};
  return Event{sim::event::Tap{node->target, level_at(*node, at)}};
}

Gesture hold_gesture(const Frame& frame, Point at) {
  event::Hold hold{.target = {}, .text = {}, .at = at};
  // From the front to the back: the first that can be touched, and a text on it.
  for (auto node = frame.nodes.rbegin(); node != frame.nodes.rend(); ++node) {
    if (!node->rect.contains(at)) continue;
    const bool touchable = node->target.where != Target::Where::kNone;
    if (hold.text.empty() && (touchable || node->role == Role::kText))
      hold.text = node->text;
    if (!touchable) continue;
    if (!node->enabled) return ActionOutcome::kDisabled;
    hold.target = node->target;
    hold.at = {node->rect.x + node->rect.width / 2, node->rect.y};
    break;
  }
  return Event{std::move(hold)};
}

Gesture swipe_gesture(const Frame& frame, const PhoneState& state, Point from, Point to,
                      int duration_ms) {
  const Stroke s{.from = from,
                 .to = to,
                 .dx = to.x - from.x,
                 .dy = to.y - from.y,
                 .duration_ms = duration_ms};
  if (state.lock != sim::Lock::kOpen) {
    if (s.up(kUnlockWay)) return Event{sim::event::Unlock{}};
    return ActionOutcome::kNoTarget;
  }
  if (state.navigation == sim::Navigation::kGestures) {
    if (s.up(kSideEdge) && from.y >= frame.height - kBottomEdge)
      return Event{sim::event::Home{}};
    const bool from_left = from.x < kSideEdge && s.dx > kSideEdge;
    const bool from_right = from.x >= frame.width - kSideEdge && s.dx < -kSideEdge;
    if (s.sideways() && (from_left || from_right)) return Event{sim::event::Back{}};
  }
  if (!state.dialogs.empty()) return ActionOutcome::kNoTarget;
  if (state.shade != Shade::kClosed) return swipe_shade(frame, state, s);
  if (const Node* node = frame.hit(from);
      node != nullptr && node->target.where == Target::Where::kHeadsUp)
    return swipe_heads_up(state, s);
  if (from.y < kTopEdge && s.down(kThrowWay))
    return Event{sim::event::PullShade{from.x < frame.width / 2 ? Shade::kNotices
                                                           : Shade::kControls}};
  if (state.shell == Shell::kLauncher) {
    if (s.down(kThrowWay)) return Event{sim::event::SearchApps{}};
    if (!s.sideways()) return ActionOutcome::kNoTarget;
    return Event{sim::event::LauncherSwipe{s.dx < 0 ? 1 : -1}};
  }
  if (state.shell == Shell::kRecents) {
    const Node* node = frame.hit(from);
    if (s.up(kThrowWay) && node != nullptr &&
        node->target.where == Target::Where::kRecentsCard)
      return Event{sim::event::CloseRecent{node->target.part}};
    return ActionOutcome::kNoTarget;
  }
  return swipe_page(frame, s);
}

}  // namespace paperphone::touch

#include "env/phone/act.h"

#include <algorithm>
#include <cmath>

#include "env/base/overloaded.h"
#include "env/phone/shared.h"
#include "env/touch/gestures.h"

namespace paperphone {

using layout::Frame;
using sim::Event;
namespace event = sim::event;

namespace {

constexpr std::int64_t kStepMs = 1000;
constexpr double kMaxSeconds = 60.0;

int to_ms(double seconds) {
  return int(std::lround(std::clamp(seconds, 0.0, kMaxSeconds) * 1000.0));
}

class Actor {
 public:
  Actor(const PhoneShared& shared, Screen& screen, PhoneEpisode& episode)
      : shared_(shared), screen_(screen), episode_(episode) {}

  ActionOutcome operator()(const Click& click) {
    if (!on_screen(click.point)) return ActionOutcome::kOutOfBounds;
    return follow(touch::tap_gesture(frame(), to_dp(click.point)));
  }
  ActionOutcome operator()(const LongPress& press) {
    if (!on_screen(press.point)) return ActionOutcome::kOutOfBounds;
    return follow(touch::hold_gesture(frame(), to_dp(press.point)));
  }
  ActionOutcome operator()(const Swipe& swipe) {
    if (!on_screen(swipe.from) || !on_screen(swipe.to))
      return ActionOutcome::kOutOfBounds;
    return follow(touch::swipe_gesture(frame(), episode_.state, to_dp(swipe.from),
                                       to_dp(swipe.to), to_ms(swipe.seconds)));
  }
  ActionOutcome operator()(const TypeText& type) {
    return apply(event::Type{type.utf8});
  }
  ActionOutcome operator()(const KeyPress& key) {
    if (key.name == "clear") return apply(event::Clear{});
    if (key.name == "power") return apply(event::Power{});
    if (key.name == "volume_up") return apply(event::Volume{1});
    if (key.name == "volume_down") return apply(event::Volume{-1});
    return ActionOutcome::kNoTarget;
  }
  ActionOutcome operator()(const SystemButton& pressed) {
    switch (pressed.button) {
      case Button::kBack:
        return apply(event::Back{});
      case Button::kHome:
        return apply(event::Home{});
      case Button::kMenu:
        return apply(event::Recents{});
      case Button::kEnter:
        return apply(event::Submit{});
    }
    return ActionOutcome::kNoTarget;
  }
  ActionOutcome operator()(const OpenApp& open) {
    const int app = shared_.apps.find(open.app);
    if (app < 0 || shared_.apps.apps[app].hidden) return ActionOutcome::kUnknownApp;
    return apply(event::Open{app});
  }
  // Time passes, or the episode ends.
  ActionOutcome operator()(const OneOf<Wait, Terminate, Answer> auto&) {
    return ActionOutcome::kApplied;
  }

 private:
  const Frame& frame() { return screen_.frame(episode_.state); }

  Point to_dp(Point px) const {
    const touch::Scale scale = episode_.scale();
    return {scale.to_dp(px.x), scale.to_dp(px.y)};
  }

  bool on_screen(Point px) const {
    return px.x >= 0 && px.y >= 0 && px.x < episode_.variation.width &&
           px.y < episode_.variation.height;
  }

  ActionOutcome follow(const touch::Gesture& gesture) {
    if (const auto* outcome = std::get_if<ActionOutcome>(&gesture)) return *outcome;
    return apply(std::get<Event>(gesture));
  }

  ActionOutcome apply(const Event& event) {
    return shared_.machine.apply(episode_.state, event);
  }

  const PhoneShared& shared_;
  Screen& screen_;
  PhoneEpisode& episode_;
};

}  // namespace

ActionOutcome act(const PhoneShared& shared, Screen& screen, PhoneEpisode& episode,
                  const Action& action) {
  return std::visit(Actor(shared, screen, episode), action);
}

std::int64_t duration_ms(const Action& action) {
  return std::visit(
      Overloaded{
          [](const OneOf<KeyPress, Click, LongPress, Swipe, TypeText, SystemButton,
                         OpenApp> auto&) { return kStepMs; },
          [](const Wait& wait) { return std::int64_t(to_ms(wait.seconds)); },
          [](const OneOf<Terminate, Answer> auto&) { return std::int64_t(0); }},
      action);
}

}  // namespace paperphone

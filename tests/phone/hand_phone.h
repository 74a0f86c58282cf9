// The shipped phone in a tester's hand: touched at points of its layout, by address.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "env/app/world/generator.h"
#include "env/layout/layout.h"
#include "env/phone/nuisance.h"
#include "env/phone/phone_env.h"
#include "env/touch/gestures.h"

namespace paperphone::testing {

class HandPhone {
 public:
  explicit HandPhone(std::uint64_t seed = 7)
      : machine(shared_machine(*shared())),
        state(machine.initial_state(app::make_world(machine.apps(), Rng(seed)))) {}

  static const std::shared_ptr<const PhoneShared>& shared() {
    static const auto loaded = load_phone_shared({}, false);
    return loaded;
  }

  layout::Frame frame() const { return shared_layout(*shared()).run(state); }

  // Of the frame now; an empty rectangle if it is not there.
  Rect box(std::string_view address) const {
    for (const layout::Node& node : frame().nodes)
      if (node.address == address) return node.rect;
    return {};
  }
  bool shows(std::string_view address) const { return !box(address).empty(); }
  bool says(std::string_view text) const {
    for (const layout::Draw& draw : frame().draws)
      if (draw.shape == layout::Shape::kText && draw.text.find(text) != std::string::npos)
        return true;
    return false;
  }

  ActionOutcome apply(const sim::Event& event) { return machine.apply(state, event); }
  ActionOutcome follow(const touch::Gesture& gesture) {
    if (const auto* outcome = std::get_if<ActionOutcome>(&gesture)) return *outcome;
    return apply(std::get<sim::Event>(gesture));
  }
  ActionOutcome tap(Point at) { return follow(touch::tap_gesture(frame(), at)); }
  ActionOutcome tap(std::string_view address) {
    EXPECT_TRUE(shows(address)) << address;
    return tap(box(address).center());
  }
  ActionOutcome hold(std::string_view address) {
    EXPECT_TRUE(shows(address)) << address;
    return follow(touch::hold_gesture(frame(), box(address).center()));
  }
  ActionOutcome swipe(Point from, Point to, int duration_ms = 300) {
    return follow(touch::swipe_gesture(frame(), state, from, to, duration_ms));
  }
  void tick(std::int64_t ms) { apply(sim::event::Tick{ms}); }
  void open(std::string_view app) { apply(sim::event::Open{machine.apps().find(app)}); }
  void show(std::string_view app, std::string_view screen) {
    const int a = machine.apps().find(app);
    machine.enter(state, a, machine.apps().apps[std::size_t(a)].screen(screen), {});
  }

  std::string screen_id() const {
    if (state.top() == nullptr) return "";
    const app::AppSpec& app = machine.apps().apps[std::size_t(state.front_app())];
    return app.id + "/" + app.screens[std::size_t(state.top()->screen)].id;
  }
  app::Value& phone(std::string_view name) {
    const int var = machine.apps().apps[0].var(name);
    EXPECT_GE(var, 0) << name;
    return state.world.apps[0].edit().vars[std::size_t(var)];
  }
  void notify(std::string_view app, std::string title, std::string text = "你好") {
    machine.post(state, {.app = std::int16_t(machine.apps().find(app)),
                         .title = std::move(title),
                         .text = std::move(text),
                         .when_ms = state.world.now_ms});
  }
  bool disturb(std::string_view name) {
    return paperphone::disturb(machine, state, name);
  }

  const sim::Machine& machine;
  sim::PhoneState state;
};

}  // namespace paperphone::testing

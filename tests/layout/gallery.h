// The gallery (tests/gallery): every component in use, touched as a finger would.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "env/app/loader.h"
#include "env/app/world/generator.h"
#include "env/layout/layout.h"

namespace paperphone::layout {

class Gallery : public ::testing::Test {
 protected:
  Gallery()
      : apps(app::load_apps("tests/gallery")),
        machine(apps),
        fonts(load_fonts("apps")),
        app(apps.find("gallery")),
        state(machine.initial_state(app::make_world(apps, Rng(3)))) {
    machine.apply(state, sim::event::Open{app});
  }

  const app::AppSpec& spec() const { return apps.apps[std::size_t(app)]; }
  void show(std::string_view screen) {
    const app::ScreenSpec& wanted = spec().screens[std::size_t(spec().screen(screen))];
    std::vector<app::Value> args;
    for (const app::ArgSpec& arg : wanted.args)
      args.push_back(app::Value::of_ref({std::int16_t(arg.type.app),
                                    std::int16_t(arg.type.table), 0}));
    machine.enter(state, app, spec().screen(screen), std::move(args));
  }
  Frame run(int height = 800) const { return Layout(machine, fonts, height).run(state); }
  static const Node* find(const Frame& frame, std::string_view address) {
    const auto it = std::find_if(frame.nodes.begin(), frame.nodes.end(),
                                 [&](const Node& n) { return n.address == address; });
    return it == frame.nodes.end() ? nullptr : &*it;
  }
  ActionOutcome tap(std::string_view address, int height = 800) {
    const Frame frame = run(height);
    const Node* node = find(frame, address);
    EXPECT_NE(node, nullptr) << address;
    if (node == nullptr) return ActionOutcome::kNoTarget;
    if (!node->enabled) return ActionOutcome::kDisabled;
    return machine.apply(state, sim::event::Tap{node->target});
  }
  ActionOutcome swipe(std::string_view address, int steps, Swiping swiping) {
    const Frame frame = run();
    const Node* node = find(frame, address);
    EXPECT_NE(node, nullptr) << address;
    const Node* swiped = frame.swiped(node->rect.center(), swiping);
    if (swiped == nullptr) return ActionOutcome::kNoTarget;
    return machine.apply(state, sim::event::Swipe{swiped->target, steps});
  }
  const app::Value& var(std::string_view name) const {
    return state.world.apps[std::size_t(app)]->vars[std::size_t(spec().var(name))];
  }
  const app::Table& table(std::string_view name) const {
    return *state.world.apps[std::size_t(app)]->tables[std::size_t(spec().table(name))];
  }
  bool says(std::string_view text) const {
    const Frame frame = run(4000);
    return std::any_of(frame.draws.begin(), frame.draws.end(),
                       [&](const Draw& d) { return d.text == text; });
  }
  void set_phone(int var, int value) {
    state.world.apps[0].edit().vars[std::size_t(var)] = app::Value::of_int(value);
  }

  const app::AppSet apps;
  const sim::Machine machine;
  const Fonts fonts;
  const int app;
  sim::PhoneState state;
};

}  // namespace paperphone::layout

// A phone with the two toy apps of tests/sim/toy_apps, touched by name.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "env/app/loader.h"
#include "env/app/parts.h"
#include "env/app/world/generator.h"
#include "env/sim/machine.h"

namespace paperphone::sim::testing {

class ToyPhone {
 public:
  explicit ToyPhone(std::shared_ptr<const PinyinDictionary> pinyin = nullptr)
      : apps(app::load_apps("tests/sim/toy_apps")),
        machine(apps, std::move(pinyin)),
        state(machine.initial_state(app::make_world(apps, Rng(7)))) {}
  ToyPhone(const ToyPhone&) = delete;
  ToyPhone& operator=(const ToyPhone&) = delete;

  ActionOutcome apply(const Event& event) { return machine.apply(state, event); }
  ActionOutcome open(std::string_view app) {
    return apply(event::Open{apps.find(app)});
  }
  ActionOutcome tick(std::int64_t ms) { return apply(event::Tick{ms}); }
  ActionOutcome back() { return apply(event::Back{}); }
  ActionOutcome type(std::string_view text) {
    return apply(event::Type{std::string(text)});
  }

  const app::ScreenSpec& screen() const {
    EXPECT_NE(state.top(), nullptr);
    return apps.apps[std::size_t(state.front_app())]
        .screens[std::size_t(state.top()->screen)];
  }
  std::string screen_id() const {
    return state.top() == nullptr
               ? ""
               : apps.apps[std::size_t(state.front_app())].id + "/" + screen().id;
  }
  std::size_t depth() const { return state.recents.back().stack.size(); }

  // "form", "icons.scan", "item.plus"; row by its first column, in lists.
  Target target(std::string_view address, std::string_view row_title = "") const {
    const std::size_t dot = address.find('.');
    const app::Widget* widget = screen().find(address.substr(0, dot));
    EXPECT_NE(widget, nullptr) << address;
    Target target{.where = Target::Where::kWidget, .widget = widget->index};
    if (dot != address.npos) {
      target.part = app::part_index(*widget, address.substr(dot + 1));
      EXPECT_GE(target.part, 0) << address;
    }
    if (widget->list >= 0) {
      const app::Widget& list = *screen().widgets[std::size_t(widget->list)];
      for (const app::Ref row : machine.visible_rows(state, list))
        if (state.world.find(row)->cells[0].as_text() == row_title) target.row = row;
      EXPECT_TRUE(target.row.valid()) << row_title;
    }
    return target;
  }
  ActionOutcome tap(std::string_view address, std::string_view row = "") {
    return apply(event::Tap{target(address, row)});
  }
  ActionOutcome tap_part(std::string_view id, int part) {
    Target t = target(id);
    t.part = part;
    return apply(event::Tap{t});
  }
  ActionOutcome key(std::int32_t ime_key) {
    return apply(event::Tap{{.where = Target::Where::kIme, .part = ime_key}});
  }
  void keys(std::string_view letters) {
    for (const char c : letters) key(c);
  }

  const app::Value& var(std::string_view name, std::string_view app = "toy") const {
    const int a = apps.find(app);
    const int v = apps.apps[std::size_t(a)].var(name);
    EXPECT_GE(v, 0) << name;
    return state.world.apps[std::size_t(a)]->vars[std::size_t(v)];
  }
  std::string text(std::string_view name) const {
    return std::string(var(name).as_text());
  }
  std::int64_t number(std::string_view name) const { return var(name).as_int(); }

  const app::Table& items() const {
    const int a = apps.find("toy");
    const int t = apps.apps[std::size_t(a)].table("item");
    return *state.world.apps[std::size_t(a)]->tables[std::size_t(t)];
  }
  std::int64_t item(std::string_view title, std::string_view column) const {
    const int a = apps.find("toy");
    const auto& spec = apps.apps[std::size_t(a)];
    const int c = spec.tables[std::size_t(spec.table("item"))].column(column);
    for (const auto& row : items().rows)
      if (row->cells[0].as_text() == title) return row->cells[std::size_t(c)].as_int();
    ADD_FAILURE() << "no item " << title;
    return -1;
  }

  app::AppSet apps;
  Machine machine;
  PhoneState state;
};

}  // namespace paperphone::sim::testing

// Every widget of the kit on one screen (tests/layout/kit_apps), laid out on phones
// of different height, theme and font size.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "env/app/loader.h"
#include "env/app/parts.h"
#include "env/app/world/generator.h"
#include "env/layout/frame_lint.h"
#include "env/layout/layout.h"

namespace paperphone::layout {

using sim::Target;
namespace event = sim::event;
using sim::kScrollEnd;

namespace {

class Kit : public ::testing::Test {
 protected:
  Kit()
      : apps(app::load_apps("tests/layout/kit_apps")),
        machine(apps),
        fonts(load_fonts("apps")),
        state(machine.initial_state(app::make_world(apps, Rng(7)))) {
    machine.apply(state, event::Open{apps.find("kit")});
  }

  Frame run(int height = 800) const {
    return Layout(machine, fonts, height).run(state);
  }
  // High enough for the whole page, so that every widget is on the screen.
  Frame whole() const { return run(6000); }

  void set_phone(int var, int value) {
    state.world.apps[0].edit().vars[std::size_t(var)] = app::Value::of_int(value);
  }
  void tap(const std::string& address, int height = 800) {
    const Frame frame = run(height);
    const Node* node = find(frame, address);
    ASSERT_NE(node, nullptr) << address;
    machine.apply(state, event::Tap{node->target});
  }
  static const Node* find(const Frame& frame, std::string_view address) {
    const auto it = std::find_if(frame.nodes.begin(), frame.nodes.end(),
                                 [&](const Node& n) { return n.address == address; });
    return it == frame.nodes.end() ? nullptr : &*it;
  }

  const app::AppSet apps;
  const sim::Machine machine;
  const Fonts fonts;
  sim::PhoneState state;
};

TEST_F(Kit, EveryWidgetKindLaysOutSomethingInsideTheScreensWidth) {
  const Frame frame = whole();
  const app::ScreenSpec& screen = apps.apps[std::size_t(apps.find("kit"))].screens.front();
  std::map<std::string_view, Rect> found;
  std::set<std::string_view> here;  // the gallery has the others
  for (const app::Widget* widget : screen.widgets) {
    const std::string_view name = app::component(widget->kind).name;
    here.insert(name);
    Rect rect;
    for (const Node& node : frame.nodes) {
      if (node.target.where == Target::Where::kWidget &&
          node.target.widget == widget->index)
        rect = node.rect;
    }
    if (!rect.empty()) found[name] = rect;
  }
  // They only hold others, or there is nothing to touch nor to read; of the bars this
  // app has one.
  for (const std::string_view name :
       {"columns", "list", "grid", "divider", "gap", "progress", "steps", "tab"})
    here.erase(name);
  for (const std::string_view name : here) {
    ASSERT_TRUE(found.contains(name)) << name;
    const Rect rect = found[name];
    EXPECT_GE(rect.x, 0) << name;
    EXPECT_LE(rect.x + rect.width, 360) << name;
    const bool drawn =
        std::any_of(frame.draws.begin(), frame.draws.end(), [&](const Draw& draw) {
          return rect.contains(draw.rect.center()) && !draw.clip.empty();
        });
    EXPECT_TRUE(drawn) << name;
  }
}

TEST_F(Kit, NothingIsCutNorTooSmallForAFingerAtAnyFontSizeOrTheme) {
  for (const int percent : {85, 100, 130}) {
    for (const bool dark : {false, true}) {
      set_phone(apps.phone.font_percent, percent);
      set_phone(apps.phone.dark_mode, dark);
      for (const FrameFinding& finding : lint_frame(whole(), fonts))
        ADD_FAILURE() << percent << "% " << (dark ? "dark" : "light") << ": "
                      << finding.str();
    }
  }
}

TEST_F(Kit, PartsAndRowsHaveAddresses) {
  const Frame frame = whole();
  for (const char* address :
       {"kit.all.bar.add", "kit.all.cell", "kit.all.icons.scan", "kit.all.route.swap",
        "kit.all.search.clear", "kit.all.slider.plus", "kit.all.stepper.minus",
        "kit.all.plain_list.product_row[2]", "kit.all.plain_list.product_row[2].check",
        "kit.all.plain_list.product_row[0].plus", "kit.all.cards.product_card[1]",
        "kit.all.keypad.7", "kit.all.action_bar.buy", "kit.all.input_bar.send",
        "kit.all.float_button", "kit.all.dates.14"}) {
    EXPECT_NE(find(frame, address), nullptr) << address;
  }
}

TEST_F(Kit, APartLiesAboveItsRow) {
  const Frame frame = whole();
  const Node* plus = find(frame, "kit.all.plain_list.product_row[1].plus");
  const Node* row = find(frame, "kit.all.plain_list.product_row[1]");
  ASSERT_TRUE(plus && row);
  EXPECT_EQ(frame.hit(plus->rect.center()), plus);
  EXPECT_EQ(frame.hit({row->rect.x + 4, row->rect.y + 4}), row);
  EXPECT_EQ(plus->target.row, row->target.row);
  EXPECT_EQ(plus->target.part,
            part_index(*apps.apps[1].screens.front().find("product_row"), "plus"));
}

TEST_F(Kit, ADayIsTappedByItsDistanceFromTheFirst) {
  const Frame frame = whole();
  const Node* last = find(frame, "kit.all.dates.14");
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->target.part, 14);
  EXPECT_TRUE(find(frame, "kit.all.dates.1")->checked);
}

TEST_F(Kit, ScrollStopsAtTheEnds) {
  const Frame top = run();
  EXPECT_EQ(top.scroll, 0);
  ASSERT_GT(top.scroll_max, 800);
  machine.apply(state, event::Scroll{kScrollEnd});
  const Frame end = run();
  EXPECT_EQ(end.scroll, end.scroll_max);
  EXPECT_EQ(end.scroll_max, top.scroll_max);
  EXPECT_NE(find(end, "kit.all.icons.pay"), nullptr);
  state.recents.back().stack.back().scroll = -50;
  EXPECT_EQ(run().scroll, 0);
}

TEST_F(Kit, WhatIsOffTheScreenHasNoNodeAndWhatIsHalfOnItSaysSo) {
  const Frame frame = run();
  EXPECT_EQ(find(frame, "kit.all.icons.pay"), nullptr);
  bool cut = false;
  for (const Node& node : frame.nodes) cut |= node.partly_hidden;
  EXPECT_TRUE(cut);
  machine.apply(state, event::Scroll{40});
  const Frame scrolled = run();
  for (const Node& node : scrolled.nodes) EXPECT_GE(node.rect.y, 0) << node.address;
  for (const Draw& draw : scrolled.draws)
    EXPECT_LE(draw.clip.y + draw.clip.height, 800);
}

TEST_F(Kit, TheFocusedFieldStaysAboveTheKeyboard) {
  machine.apply(state, event::Scroll{kScrollEnd});
  tap("kit.all.card", 6000);
  machine.apply(state, event::Scroll{kScrollEnd});
  tap("kit.long.last");
  ASSERT_GE(state.focus.widget, 0);
  state.recents.back().stack.back().scroll = 0;  // the field is far below
  const Frame frame = run();
  const Node* field = find(frame, "kit.long.last");
  const Node* key = find(frame, "ime.key.q");
  ASSERT_TRUE(field && key);
  EXPECT_TRUE(field->focused);
  EXPECT_FALSE(field->partly_hidden);
  EXPECT_LE(field->rect.y + field->rect.height, key->rect.y);
  EXPECT_LT(frame.scroll_area.height, 800 - 260);
}

TEST_F(Kit, ASheetIsTouchedBeforeThePageAndItsScrimClosesIt) {
  tap("kit.all.text", 6000);
  const Frame frame = run();
  ASSERT_NE(find(frame, "kit.sheet.choice"), nullptr);
  EXPECT_EQ(find(frame, "kit.all.cell"), nullptr);
  const Node* beside = frame.hit({180, 100});
  ASSERT_NE(beside, nullptr);
  EXPECT_EQ(beside->target.where, Target::Where::kScrim);
  machine.apply(state, event::Tap{beside->target});
  EXPECT_NE(find(run(), "kit.all.bar.add"), nullptr);
}

TEST_F(Kit, ALineLiesBetweenRowsAndNoneBelowTheLast) {
  tap("kit.all.card", 6000);
  const Frame frame = run(6000);
  const auto lines =
      std::count_if(frame.draws.begin(), frame.draws.end(), [](const Draw& draw) {
        return draw.shape == Shape::kRect && draw.rect.height == 1 &&
               draw.rect.width > 200;
      });
  EXPECT_EQ(lines, 39 + 1);  // 40 rows, and the field's own
}

TEST_F(Kit, RecentsShowTheAppsThemselves) {
  machine.apply(state, event::Recents{});
  const Frame frame = run();
  const Node* card = find(frame, "recents.kit");
  ASSERT_NE(card, nullptr);
  const bool small_title =
      std::any_of(frame.draws.begin(), frame.draws.end(), [&](const Draw& draw) {
        return draw.text == "样品" && draw.size < 10 &&
               card->rect.contains(draw.rect.center());
      });
  EXPECT_TRUE(small_title);
  for (const Draw& draw : frame.draws)
    if (draw.size < 10 && draw.shape == Shape::kText) {
      EXPECT_TRUE(draw.clip.y + draw.clip.height <= card->rect.y + card->rect.height);
    }
}

TEST_F(Kit, MeasuringAndPaintingAgreeWhereverThePageIsScrolled) {
  const Frame all = whole();
  const int top = find(all, "kit.all.cell")->rect.y;
  machine.apply(state, event::Scroll{300});
  const Frame scrolled = run(5000);
  const Node* cell = find(scrolled, "kit.all.cell");
  ASSERT_NE(cell, nullptr);
  EXPECT_EQ(cell->rect.y, top - scrolled.scroll);
}

TEST(LintFrame, SaysWhatIsWrongAndWhere) {
  const Fonts fonts = load_fonts("apps");
  Frame frame;
  const Target target{Target::Where::kWidget, 3, -1, {}};
  Node& row = frame.nodes.emplace_back();
  row.rect = {0, 0, 360, 60}, row.target = target, row.address = "a.b.row";
  Node& dot = frame.nodes.emplace_back();
  dot.rect = {170, 20, 20, 20}, dot.target = target, dot.address = "a.b.dot";
  Draw& text = frame.draws.emplace_back();
  text.shape = Shape::kText, text.text = "标题🦴很长…", text.rect = {16, 10, 90, 20};
  text.clip = {0, 0, 360, 800};
  std::vector<std::string> said;
  for (const FrameFinding& finding : lint_frame(frame, fonts))
    said.push_back(finding.str());
  EXPECT_EQ(said, (std::vector<std::string>{"a.b.dot: small target: 20x20 dp",
                                            "a.b.row: cut text: 标题🦴很长…",
                                            "a.b.row: missing glyph: U+1F9B4"}));
}

}  // namespace
}  // namespace paperphone::layout

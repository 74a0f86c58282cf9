#include <gtest/gtest.h>

#include "tests/sim/toy_phone.h"

namespace paperphone::sim::testing {

using app::Ref;

namespace {

class Form : public ::testing::Test {
 protected:
  Form() {
    phone.open("toy");
    phone.tap("form");
  }
  ToyPhone phone;
};

TEST_F(Form, CheckAndToggleFlipTheirPlace) {
  EXPECT_EQ(phone.tap("air"), ActionOutcome::kApplied);
  EXPECT_EQ(phone.number("on_air"), 1);
  phone.back();
  phone.tap("air");
  EXPECT_EQ(phone.number("on_air"), 0);
}

TEST_F(Form, AGreyWidgetIsDisabled) {
  phone.back();
  EXPECT_EQ(phone.tap("grey"), ActionOutcome::kDisabled);
  EXPECT_TRUE(phone.machine.is_disabled(phone.state, *phone.screen().find("grey"),
                                        phone.target("grey")));
  EXPECT_FALSE(phone.machine.answers_tap(phone.state, phone.target("grey")));
  EXPECT_EQ(phone.number("on_air"), 0);
}

TEST_F(Form, StepperStopsAtItsBounds) {
  EXPECT_EQ(phone.tap("steps.plus"), ActionOutcome::kApplied);
  EXPECT_EQ(phone.number("size"), 3);
  EXPECT_EQ(phone.tap("steps.plus"), ActionOutcome::kDisabled);
  phone.tap("steps.minus");
  phone.tap("steps.minus");
  EXPECT_EQ(phone.number("size"), 1);
  EXPECT_EQ(phone.tap("steps.minus"), ActionOutcome::kDisabled);
  EXPECT_EQ(phone.tap("steps"), ActionOutcome::kNoTarget);
}

TEST_F(Form, SliderMovesByATenthAndJumps) {
  phone.tap("level.plus");
  EXPECT_EQ(phone.number("level"), 60);
  phone.tap("level.minus");
  phone.tap("level.minus");
  EXPECT_EQ(phone.number("level"), 40);
  phone.apply(event::Tap{phone.target("level"), 1000});
  EXPECT_EQ(phone.number("level"), 100);
  EXPECT_EQ(phone.tap("level.plus"), ActionOutcome::kDisabled);
  phone.apply(event::Tap{phone.target("level"), 0});
  EXPECT_EQ(phone.number("level"), 0);
}

TEST_F(Form, RadioChipsAndTopTabsWriteTheirOption) {
  EXPECT_EQ(phone.tap_part("radio", 1), ActionOutcome::kApplied);
  EXPECT_EQ(phone.text("colour"), "蓝");
  phone.tap_part("tops", 1);
  EXPECT_EQ(phone.text("colour"), "绿");
  phone.tap_part("chips", 1);
  EXPECT_EQ(phone.number("size"), 3);
  EXPECT_EQ(phone.tap_part("chips", 2), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.tap("chips"), ActionOutcome::kNoTarget);
}

TEST_F(Form, DatesAndCalendarWriteADay) {
  const std::int64_t today = phone.number("day");
  phone.tap_part("dates", 3);
  EXPECT_EQ(phone.number("day"), today + 3);
  EXPECT_EQ(phone.tap_part("dates", sim::kDefaultDates), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.tap_part("calendar", 30), ActionOutcome::kNoTarget);
  // The calendar's own transition runs after the day was written.
  EXPECT_EQ(phone.tap_part("calendar", 29), ActionOutcome::kApplied);
  EXPECT_EQ(phone.number("day"), today + 29);
  EXPECT_EQ(phone.screen_id(), "toy/home");
}

TEST_F(Form, KeypadSubmitsWhenFull) {
  for (const char* key : {"keypad.1", "keypad.2", "keypad.0", "keypad.delete"})
    EXPECT_EQ(phone.tap(key), ActionOutcome::kApplied);
  EXPECT_EQ(phone.text("pin"), "12");
  phone.tap("keypad.3");
  phone.tap("keypad.4");
  EXPECT_EQ(phone.text("log"), "pin 1234");
  EXPECT_EQ(phone.text("pin"), "");
}

TEST_F(Form, IconsAnswerByItemAndAsAWhole) {
  phone.tap("icons.scan");
  EXPECT_EQ(phone.text("log"), "scan");
  phone.tap("icons.pay");
  EXPECT_EQ(phone.text("log"), "any icon");
}

TEST_F(Form, ActionBarHasButtonsAndACheck) {
  phone.tap("bottom.buy");
  EXPECT_EQ(phone.text("log"), "buy");
  phone.tap("bottom.check");
  EXPECT_EQ(phone.number("all_checked"), 1);
}

class Home : public ::testing::Test {
 protected:
  Home() { phone.open("toy"); }
  ToyPhone phone;
};

TEST_F(Home, ProductRowChecksStepsAndOpens) {
  EXPECT_EQ(phone.tap("item.check", "梨"), ActionOutcome::kApplied);
  EXPECT_EQ(phone.item("梨", "checked"), 1);
  phone.tap("item.plus", "梨");
  EXPECT_EQ(phone.item("梨", "count"), 5);
  EXPECT_EQ(phone.tap("item.plus", "梨"), ActionOutcome::kDisabled);
  phone.tap("item.minus", "梨");
  EXPECT_EQ(phone.item("梨", "count"), 4);
  phone.tap("item", "梨");
  EXPECT_EQ(phone.screen_id(), "toy/detail");
  EXPECT_EQ(render(phone.screen().title, phone.machine.context(phone.state)), "梨");
}

TEST_F(Home, VisibleRowsAreFilteredSortedAndLimited) {
  const auto titles = [&] {
    std::string all;
    for (const Ref row :
         phone.machine.visible_rows(phone.state, *phone.screen().find("items")))
      all += std::string(phone.state.world.find(row)->cells[0].as_text()) + " ";
    return all;
  };
  EXPECT_EQ(titles(), "香蕉 梨 苹果汁 ");  // equal counts by id, also downwards
  phone.tap("search");
  phone.type("苹果");
  EXPECT_EQ(titles(), "苹果汁 苹果 ");
  phone.tap("search.clear");
  EXPECT_EQ(phone.text("query"), "");
}

TEST_F(Home, FirstMatchingTransitionWins) {
  phone.tap("guarded");
  EXPECT_EQ(phone.text("log"), "second");
  phone.tap("air");
  phone.tap("guarded");
  EXPECT_EQ(phone.text("log"), "first");
}

TEST_F(Home, EffectsRunInOrderAndNewIsTheAddedRow) {
  phone.tap("bar.plus");
  EXPECT_EQ(phone.screen_id(), "toy/detail");
  EXPECT_EQ(phone.items().rows.size(), 5u);
  const Ref best = phone.var("best").as_ref();
  EXPECT_EQ(best.row_id, 4);
  EXPECT_EQ(phone.state.top()->args.at(0).as_ref(), best);
  const app::Row& row = *phone.state.world.find(best);
  EXPECT_EQ(row.cells[0].as_text(), "新");
  EXPECT_EQ(row.cells[1].as_int(), 9);
  EXPECT_FALSE(row.cells[2].is_none());  // other columns have their type's default
}

TEST_F(Home, EachAndNotify) {
  phone.tap("every");
  EXPECT_EQ(phone.item("苹果", "checked"), 0);
  EXPECT_EQ(phone.item("梨", "checked"), 1);
  ASSERT_EQ(phone.state.notifications.size(), 1u);
  EXPECT_EQ(phone.state.notifications[0].title, "完成");
  EXPECT_EQ(phone.state.notifications[0].text, "3件");
}

TEST_F(Home, HoldDeletesAndTheToastFades) {
  const Target target = phone.target("item", "梨");
  EXPECT_EQ(phone.apply(event::Hold{target}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.items().rows.size(), 3u);
  EXPECT_EQ(phone.apply(event::Hold{target}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.state.toast.text, "已删除");
  phone.tick(sim::kToastMs - 1);
  EXPECT_FALSE(phone.state.toast.text.empty());
  phone.tick(1);
  EXPECT_TRUE(phone.state.toast.text.empty());
}

TEST_F(Home, HiddenWidgetsDoNotAnswer) {
  const Target extra = phone.target("extra");  // in a card that is not shown
  EXPECT_EQ(phone.apply(event::Tap{extra}), ActionOutcome::kNoTarget);
  EXPECT_FALSE(phone.machine.answers_tap(phone.state, extra));
}

TEST_F(Home, SearchWithoutBindIsAButton) {
  phone.tap("door");
  EXPECT_EQ(phone.screen_id(), "toy/form");
}

TEST_F(Home, PullFiresItsTransition) {
  EXPECT_EQ(phone.apply(event::Pull{}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.text("log"), "pulled");
  phone.tap("form");
  EXPECT_EQ(phone.apply(event::Pull{}), ActionOutcome::kNoTarget);
}

}  // namespace
}  // namespace paperphone::sim::testing

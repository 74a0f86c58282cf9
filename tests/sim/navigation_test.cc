#include <gtest/gtest.h>

#include "env/app/calendar.h"
#include "tests/sim/toy_phone.h"

namespace paperphone::sim::testing {
namespace {

TEST(Phone, StartsOnTheLauncherWithAllAppsInOrder) {
  ToyPhone phone;
  EXPECT_EQ(phone.state.shell, sim::Shell::kLauncher);
  EXPECT_EQ(phone.state.top(), nullptr);
  EXPECT_EQ(phone.state.front_app(), -1);
  ASSERT_EQ(phone.state.icon_order.size(), 2u);  // the phone's own app has no icon
  EXPECT_EQ(phone.state.icon_order[0], phone.apps.find("notes"));
  EXPECT_EQ(phone.state.launcher_pages(), 1);
}

TEST(Phone, LauncherIconOpensTheStartScreen) {
  ToyPhone phone;
  const Target icon{.where = Target::Where::kLauncherIcon,
                    .part = phone.apps.find("toy")};
  EXPECT_TRUE(phone.machine.answers_tap(phone.state, icon));
  EXPECT_EQ(phone.apply(event::Tap{icon}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.screen_id(), "toy/home");
  EXPECT_FALSE(phone.machine.answers_tap(phone.state, icon));
}

TEST(Phone, OpenOfAHiddenOrUnknownAppIsUnknown) {
  ToyPhone phone;
  EXPECT_EQ(phone.apply(event::Open{0}), ActionOutcome::kUnknownApp);
  EXPECT_EQ(phone.apply(event::Open{99}), ActionOutcome::kUnknownApp);
  EXPECT_EQ(phone.apply(event::Open{-1}), ActionOutcome::kUnknownApp);
}

TEST(Phone, OpenKeepsTheStackOfARunningApp) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("form");
  phone.apply(event::Home{});
  EXPECT_EQ(phone.state.front_app(), -1);
  phone.open("notes");
  phone.open("toy");
  EXPECT_EQ(phone.screen_id(), "toy/form");
  EXPECT_EQ(phone.depth(), 2u);
  ASSERT_EQ(phone.state.recents.size(), 2u);
  EXPECT_EQ(phone.state.recents.back().app, phone.apps.find("toy"));
}

// Of the toy's `page`.
std::string page_var(const ToyPhone& phone, std::string_view name) {
  const int toy = phone.apps.find("toy");
  const int var = phone.apps.apps[std::size_t(toy)].var("page." + std::string(name));
  EXPECT_GE(var, 0) << name;
  const app::Value& value = phone.state.world.apps[std::size_t(toy)]->vars[std::size_t(var)];
  return value.tag() == app::Value::Tag::kText ? std::string(value.as_text())
                                          : std::to_string(value.as_int());
}

TEST(ScreenVariables, AreFreshWheneverTheScreenIsEntered) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("page");
  EXPECT_EQ(page_var(phone, "span"), "day");
  EXPECT_EQ(page_var(phone, "due"),
            std::to_string(phone.state.world.now_ms / app::kMsPerMinute + 5));
  phone.tap("word");
  phone.type("abc");
  phone.tap("span.week");
  phone.back();  // the keyboard
  phone.back();
  phone.tick(180'000);
  phone.tap("page");
  EXPECT_EQ(page_var(phone, "word"), "");
  EXPECT_EQ(page_var(phone, "span"), "day");
  EXPECT_EQ(page_var(phone, "due"),
            std::to_string(phone.state.world.now_ms / app::kMsPerMinute + 5));
}

TEST(ScreenVariables, AreKeptUnderWhatIsOpenedAboveAndSetFromThere) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("page");
  phone.tap("word");
  phone.type("abc");
  phone.tap("over");
  EXPECT_EQ(phone.screen_id(), "toy/page_menu");
  phone.tap("week");
  EXPECT_EQ(phone.screen_id(), "toy/page");
  EXPECT_EQ(page_var(phone, "word"), "abc");
  EXPECT_EQ(page_var(phone, "span"), "week");
  phone.apply(event::Home{});
  phone.open("toy");
  EXPECT_EQ(page_var(phone, "word"), "abc");
}

TEST(ScreenVariables, OfAScreenAboveItselfAreItsOwn) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("page");
  phone.tap("span.week");
  const Hash128 before = hash_state(phone.state);
  phone.tap("again");
  EXPECT_EQ(page_var(phone, "span"), "day");
  phone.tap("again");
  phone.tap("span.week");
  EXPECT_NE(state_to_json(phone.state, phone.apps).find("\"page.span\":\"week\""),
            std::string::npos);
  phone.tap("other");
  EXPECT_EQ(page_var(phone, "span"), "day");
  phone.back();
  EXPECT_EQ(page_var(phone, "span"), "day");
  phone.back();
  EXPECT_EQ(page_var(phone, "span"), "week");
  EXPECT_EQ(phone.state.top()->args.size(), 1u);
  EXPECT_EQ(hash_state(phone.state), before);
  EXPECT_TRUE(diff_worlds(make_world(phone.apps, Rng(7)), phone.state.world, phone.apps)
                  .empty());
}

TEST(Phone, BackPopsAndAtTheRootGoesToTheLauncher) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("form");
  EXPECT_EQ(phone.back(), ActionOutcome::kApplied);
  EXPECT_EQ(phone.screen_id(), "toy/home");
  phone.back();
  EXPECT_EQ(phone.state.shell, sim::Shell::kLauncher);
  EXPECT_EQ(phone.state.recents.size(), 1u);  // still in recents
  EXPECT_EQ(phone.back(), ActionOutcome::kNoTarget);
}

TEST(Phone, BackFromALastScreenThatIsNoBeginningEndsTheApp) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("form");
  auto& stack = phone.state.recents.back().stack;
  stack.erase(stack.begin());
  phone.back();
  EXPECT_EQ(phone.state.shell, sim::Shell::kLauncher);
  EXPECT_TRUE(phone.state.recents.empty());
  phone.open("toy");
  EXPECT_EQ(phone.screen_id(), "toy/home");
}

TEST(Phone, BackFirstHidesTheKeyboard) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("form");
  phone.tap("name");
  EXPECT_GE(phone.state.focus.widget, 0);
  phone.back();
  EXPECT_EQ(phone.state.focus.widget, -1);
  EXPECT_EQ(phone.screen_id(), "toy/form");
}

TEST(Phone, PressBackTransitionComesBeforeThePop) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("form");
  phone.state.world.apps[std::size_t(phone.apps.find("toy"))].edit().vars[std::size_t(
      phone.apps.apps[std::size_t(phone.apps.find("toy"))].var("log"))] =
      app::Value::of_text("stay");
  phone.tap("bar.back");
  EXPECT_EQ(phone.text("log"), "asked");
  EXPECT_EQ(phone.screen_id(), "toy/form");
  phone.tap("bar.back");
  EXPECT_EQ(phone.screen_id(), "toy/home");
}

TEST(Phone, DialogsCloseByScrimAndBack) {
  ToyPhone phone;
  phone.open("toy");
  const Target scrim{.where = Target::Where::kScrim};
  EXPECT_EQ(phone.apply(event::Tap{scrim}), ActionOutcome::kNoTarget);
  phone.tap("ask");
  EXPECT_EQ(phone.screen_id(), "toy/confirm");
  EXPECT_EQ(phone.apply(event::Tap{scrim}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.screen_id(), "toy/home");
  phone.tap("ask");
  phone.back();
  EXPECT_EQ(phone.screen_id(), "toy/home");
  phone.tap("ask");
  phone.tap("yes_do");
  EXPECT_EQ(phone.screen_id(), "toy/home");
  EXPECT_EQ(phone.text("log"), "yes");
}

TEST(Phone, EnterAlwaysHappensOnReturningTooAndEnterFirstDoesNot) {
  ToyPhone phone;
  phone.open("toy");
  EXPECT_EQ(phone.number("arrivals"), 1);
  phone.tap("form");
  phone.back();
  EXPECT_EQ(phone.number("arrivals"), 2);
  phone.tap("ask");
  phone.apply(event::Tap{{.where = Target::Where::kScrim}});
  EXPECT_EQ(phone.number("arrivals"), 3);
  phone.tap("item", "梨");
  phone.tap("again");
  phone.tap("home");  // back to home, over two screens
  EXPECT_EQ(phone.number("arrivals"), 4);
  phone.tap("tab.me");
  phone.tap("tab.home");
  EXPECT_EQ(phone.number("arrivals"), 5);
}

TEST(Phone, AnAppOpensWhereItSaysItStarts) {
  ToyPhone phone;
  phone.open("notes");
  EXPECT_EQ(phone.screen_id(), "notes/notes");  // not its first screen
}

TEST(Phone, TabsResetTheStack) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("tab.me");
  EXPECT_EQ(phone.screen_id(), "toy/me");
  EXPECT_EQ(phone.depth(), 1u);
  phone.tap("tab.home");
  EXPECT_EQ(phone.screen_id(), "toy/home");
  EXPECT_EQ(phone.depth(), 1u);
}

TEST(Go, PushReplaceResetAndBackTo) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("item", "梨");
  phone.tap("again");
  phone.tap("again");
  EXPECT_EQ(phone.depth(), 4u);
  phone.tap("home");  // back to home
  EXPECT_EQ(phone.screen_id(), "toy/home");
  EXPECT_EQ(phone.depth(), 1u);

  phone.tap("item", "梨");
  phone.tap("swap_in");  // replace form
  EXPECT_EQ(phone.screen_id(), "toy/form");
  EXPECT_EQ(phone.depth(), 2u);
  phone.back();
  EXPECT_EQ(phone.screen_id(), "toy/home");

  phone.tap("item", "梨");
  phone.tap("start_over");  // reset me
  EXPECT_EQ(phone.screen_id(), "toy/me");
  EXPECT_EQ(phone.depth(), 1u);
}

TEST(Go, BackToAScreenThatWasNeverVisitedStartsItAfresh) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("item", "梨");
  phone.state.recents.back().stack.erase(phone.state.recents.back().stack.begin());
  phone.tap("home");
  EXPECT_EQ(phone.screen_id(), "toy/home");
  EXPECT_EQ(phone.depth(), 1u);
}

TEST(Go, AnotherAppComesToTheFrontWithItsStartBelow) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("deep");
  EXPECT_EQ(phone.screen_id(), "notes/one");
  EXPECT_EQ(phone.depth(), 2u);
  EXPECT_EQ(phone.state.recents.size(), 2u);
  phone.back();
  EXPECT_EQ(phone.screen_id(), "notes/notes");

  phone.open("toy");
  phone.tap("deep");  // pushed upon the running app's stack
  EXPECT_EQ(phone.depth(), 2u);
  phone.open("toy");
  phone.tap("notes");
  EXPECT_EQ(phone.depth(), 3u);
}

TEST(Go, EnteringResetsScrollAndClock) {
  ToyPhone phone;
  phone.open("toy");
  phone.apply(event::Scroll{120});
  EXPECT_EQ(phone.state.top()->scroll, 120);
  phone.tick(500);
  phone.tap("chat");
  EXPECT_EQ(phone.state.top()->scroll, sim::kScrollEnd);
  EXPECT_EQ(phone.state.top()->entered_ms, phone.state.world.now_ms);
  phone.back();
  EXPECT_EQ(phone.state.top()->scroll, 120);
  phone.apply(event::Scroll{-5});
  EXPECT_EQ(phone.state.top()->scroll, 0);
}

TEST(Go, StackForgetsTheOldestScreensAboveTheRoot) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("item", "梨");
  for (int i = 0; i < 100; ++i) phone.tap("again");
  EXPECT_EQ(phone.depth(), 32u);
  EXPECT_EQ(phone.state.recents.back().stack.front().screen, 0);
}

TEST(Go, AScreenWhoseRowWasDeletedStaysTotal) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("item", "梨");
  phone.tap("remove");
  EXPECT_EQ(phone.screen_id(), "toy/detail");
  EXPECT_EQ(render(phone.screen().title, phone.machine.context(phone.state)), "");
  EXPECT_EQ(phone.tap("remove"), ActionOutcome::kApplied);
  EXPECT_EQ(phone.items().rows.size(), 3u);
}

TEST(Recents, CardBringsItsAppToTheFrontAndClearEmptiesTheList) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("form");
  phone.open("notes");
  phone.apply(event::Recents{});
  EXPECT_EQ(phone.state.shell, sim::Shell::kRecents);
  Target card{.where = Target::Where::kRecentsCard, .part = 0};
  EXPECT_EQ(phone.apply(event::Tap{card}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.screen_id(), "toy/form");

  phone.apply(event::Recents{});
  card.part = 2;
  EXPECT_EQ(phone.apply(event::Tap{card}), ActionOutcome::kNoTarget);
  phone.apply(event::Tap{{.where = Target::Where::kRecentsClear}});
  EXPECT_TRUE(phone.state.recents.empty());
  EXPECT_EQ(phone.state.shell, sim::Shell::kLauncher);
  phone.open("toy");
  EXPECT_EQ(phone.screen_id(), "toy/home");
}

TEST(Recents, BackLeavesForTheLauncherAndASecondPressReturns) {
  ToyPhone phone;
  phone.open("toy");
  phone.apply(event::Recents{});
  phone.apply(event::Recents{});
  EXPECT_EQ(phone.screen_id(), "toy/home");
  phone.apply(event::Recents{});
  phone.back();
  EXPECT_EQ(phone.state.shell, sim::Shell::kLauncher);
}

TEST(Launcher, SwipesStayWithinItsPages) {
  ToyPhone phone;
  EXPECT_EQ(phone.apply(event::LauncherSwipe{1}), ActionOutcome::kNoTarget);
  phone.state.icon_order.assign(30, phone.state.icon_order[0]);
  EXPECT_EQ(phone.state.launcher_pages(), 2);
  EXPECT_EQ(phone.apply(event::LauncherSwipe{1}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.state.launcher_page, 1);
  EXPECT_EQ(phone.apply(event::LauncherSwipe{1}), ActionOutcome::kNoTarget);
  phone.apply(event::Home{});
  EXPECT_EQ(phone.state.launcher_page, 0);
  const Target dot{.where = Target::Where::kLauncherPage, .part = 1};
  EXPECT_EQ(phone.apply(event::Tap{dot}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.state.launcher_page, 1);
}

TEST(SystemDialog, SwallowsEverythingBelowItUntilItIsClosed) {
  ToyPhone phone;
  phone.open("toy");
  phone.state.dialogs.push_back(
      {.title = "更新", .text = "有新版本", .buttons = {"以后"}});
  const Target form = phone.target("form");
  EXPECT_FALSE(phone.machine.answers_tap(phone.state, form));
  EXPECT_EQ(phone.apply(event::Tap{form}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.apply(event::Scroll{10}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.type("x"), ActionOutcome::kNoTarget);
  Target button{.where = Target::Where::kDialogButton, .part = 1};
  EXPECT_EQ(phone.apply(event::Tap{button}), ActionOutcome::kNoTarget);
  button.part = 0;
  EXPECT_EQ(phone.apply(event::Tap{button}), ActionOutcome::kApplied);
  EXPECT_TRUE(phone.state.dialogs.empty());
  EXPECT_EQ(phone.apply(event::Tap{form}), ActionOutcome::kApplied);

  phone.state.dialogs.push_back({.title = "更新", .text = "", .buttons = {"以后"}});
  phone.back();
  EXPECT_TRUE(phone.state.dialogs.empty());
  EXPECT_EQ(phone.screen_id(), "toy/form");
}

}  // namespace
}  // namespace paperphone::sim::testing

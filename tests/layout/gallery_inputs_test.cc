// What is chosen and typed in the gallery: wheels, days, filters, fields, keys, tracks.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "env/app/calendar.h"
#include "tests/layout/gallery.h"

namespace paperphone::layout {

using app::Value;
namespace event = sim::event;

namespace {

TEST_F(Gallery, WheelsTurnByTapsAndSwipes) {
  show("pick_day");
  const auto birthday = [&] { return app::civil_from_days(var("birthday").as_int()); };
  const app::CivilDate before = birthday();
  tap("gallery.pick_day.day.month_plus2");
  EXPECT_EQ(birthday().month, before.month + 2);
  tap("gallery.pick_day.day.year_minus");
  EXPECT_EQ(birthday().year, before.year - 1);
  EXPECT_EQ(swipe("gallery.pick_day.day.day", -3, Swiping::kUpAndDown),
            ActionOutcome::kApplied);
  EXPECT_EQ(birthday().day, before.day - 3);
  EXPECT_EQ(swipe("gallery.pick_day.done", 1, Swiping::kUpAndDown),
            ActionOutcome::kNoTarget);
  machine.apply(state, event::Back{});
  show("pick_time");
  tap("gallery.pick_time.clock.minute_minus2");
  EXPECT_EQ(var("alarm").as_int(), 7 * 60 + 28);
  swipe("gallery.pick_time.clock.hour", -8, Swiping::kUpAndDown);
  EXPECT_EQ(var("alarm").as_int(), 23 * 60 + 28);  // round the clock
}

TEST_F(Gallery, AShorterMonthTakesTheDayAlong) {
  show("pick_day");
  const int day = spec().var("birthday");
  state.world.apps[std::size_t(app)].edit().vars[std::size_t(day)] =
      Value::of_int(app::days_from_civil({2000, 1, 31}));
  tap("gallery.pick_day.day.month_plus");
  EXPECT_EQ(var("birthday").as_int(), app::days_from_civil({2000, 2, 29}));
}

TEST_F(Gallery, ADateStopsAtItsLastDay) {
  show("pick_day");
  const std::int64_t today = state.world.now_ms / 86'400'000;
  const int day = spec().var("birthday");
  state.world.apps[std::size_t(app)].edit().vars[std::size_t(day)] = Value::of_int(today);
  EXPECT_EQ(tap("gallery.pick_day.day.year_plus"), ActionOutcome::kDisabled);
}

TEST_F(Gallery, FiltersGoOnAndOffOneByOne) {
  show("parts");
  tap("gallery.parts.filter.near", 4000);
  EXPECT_TRUE(var("near").as_bool());
  EXPECT_TRUE(var("free").as_bool());
  tap("gallery.parts.filter.free", 4000);
  EXPECT_FALSE(var("free").as_bool());
}

TEST_F(Gallery, ErrorsStandUnderTheirFieldAndKeepTheButtonGrey) {
  show("form");
  EXPECT_TRUE(says("手机号应为11位数字"));
  EXPECT_EQ(tap("gallery.form.save", 4000), ActionOutcome::kDisabled);
  EXPECT_EQ(tap("gallery.form.vip_name", 4000), ActionOutcome::kDisabled);
  tap("gallery.form.phone", 4000);
  machine.apply(state, event::Type{"0013800"});
  EXPECT_FALSE(says("手机号应为11位数字"));
  EXPECT_TRUE(find(run(4000), "gallery.form.save")->enabled);
}

TEST_F(Gallery, AnAmountIsTypedKeyByKeyAndPaidWithSixDigits) {
  show("pay");
  for (int i = 0; i < 5; ++i) tap("gallery.pay.keys.delete");
  EXPECT_EQ(var("amount").as_text(), "");
  EXPECT_EQ(tap("gallery.pay.keys.submit"), ActionOutcome::kDisabled);
  for (const char* key : {"dot", "7", "5", "9"})
    tap(fmt::format("gallery.pay.keys.{}", key));
  EXPECT_EQ(var("amount").as_text(), "0.75");
  EXPECT_EQ(tap("gallery.pay.keys.submit"), ActionOutcome::kApplied);
  for (const char* key : {"1", "1", "1", "1", "1", "1"})
    tap(fmt::format("gallery.code.keys.{}", key));
  EXPECT_EQ(state.toast.text, "支付密码错误，请重试");
  EXPECT_EQ(var("code").as_text(), "");
  for (const char* key : {"1", "3", "5", "7", "9", "0"})
    tap(fmt::format("gallery.code.keys.{}", key));
  EXPECT_EQ(var("paid").as_int(), 75);
  EXPECT_EQ(spec().screens[std::size_t(state.top()->screen)].id, "feed");
}

TEST_F(Gallery, APlayersTrackAndButtonsWriteWhatTheyAreBoundTo) {
  show("song");
  const Frame frame = run();
  const Node* track = find(frame, "gallery.song.song");
  ASSERT_NE(track, nullptr);
  EXPECT_EQ(track->role, Role::kSlider);
  machine.apply(state, event::Tap{track->target, 500});
  EXPECT_EQ(var("position").as_int(), 123);
  tap("gallery.song.song.play");
  EXPECT_FALSE(var("playing").as_bool());
}

TEST_F(Gallery, DaysOfACalendarHaveCaptionsMarksAndDots) {
  show("month");
  const Frame frame = run(1200);
  const auto drawn = [&](std::string_view text) {
    return std::count_if(frame.draws.begin(), frame.draws.end(),
                         [&](const Draw& d) { return d.text == text; });
  };
  EXPECT_EQ(drawn("初一"), 1);
  EXPECT_EQ(drawn("初三"), 0);  // the feast stands there
  EXPECT_EQ(drawn("小满"), 1);
  EXPECT_EQ(drawn("休"), 1);
  EXPECT_EQ(drawn("班"), 1);
  const auto dots = std::count_if(frame.draws.begin(), frame.draws.end(), [](const Draw& d) {
    return d.rect.width == 4 && d.rect.height == 4 && d.radius == 2;
  });
  EXPECT_GE(dots, 7);
  const std::int64_t today = state.world.now_ms / 86'400'000;
  const int day = app::civil_from_days(today).day;
  EXPECT_EQ(tap("gallery.month.days.4"), ActionOutcome::kApplied);
  EXPECT_EQ(var("day_now").as_int(), today - day + 5);
}

TEST_F(Gallery, OnlyTheDaysOfTheMonthAreOffered) {
  show("month");
  const std::int64_t today = state.world.now_ms / 86'400'000;
  const app::CivilDate date = app::civil_from_days(today);
  const std::int64_t first = today - date.day + 1;
  const app::CivilDate last = app::civil_from_days(first + 27);
  int length = 28;
  while (app::civil_from_days(first + length).month == last.month) ++length;
  const sim::Target one{sim::Target::Where::kWidget,
                        find(run(1200), "gallery.month.days.0")->target.widget, length - 1,
                        {}};
  EXPECT_TRUE(machine.answers_tap(state, one));
  sim::Target beyond = one;
  beyond.part = length;
  EXPECT_FALSE(machine.answers_tap(state, beyond));
}

TEST_F(Gallery, ASearchPageRemembersWhatWasSearched) {
  show("search");
  EXPECT_EQ(table("past").rows.size(), 2u);
  tap("gallery.search.box");
  machine.apply(state, event::Type{"雨"});
  EXPECT_EQ(machine.apply(state, event::Submit{}), ActionOutcome::kApplied);
  EXPECT_EQ(table("past").rows.size(), 3u);
  EXPECT_EQ(spec().screens[std::size_t(state.top()->screen)].id, "videos");
}

}  // namespace
}  // namespace paperphone::layout

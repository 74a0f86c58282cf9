// The gallery (tests/gallery): every component in use, touched as a finger would.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "env/app/calendar.h"
#include "env/app/loader.h"
#include "env/app/world/generator.h"
#include "env/layout/frame_lint.h"
#include "env/layout/layout.h"
#include "env/touch/gestures.h"
#include "env/touch/hand.h"
#include "tests/cases.h"

namespace paperphone::layout {

using app::AppSet;
using app::AppSpec;
using app::ScreenSpec;
using app::Value;
using app::load_apps;
using app::make_world;
using sim::PhoneState;
namespace event = sim::event;

namespace {

class Gallery : public ::testing::Test {
 protected:
  Gallery()
      : apps(load_apps("tests/gallery")),
        machine(apps),
        fonts(load_fonts("apps")),
        app(apps.find("gallery")),
        state(machine.initial_state(make_world(apps, Rng(3)))) {
    machine.apply(state, event::Open{app});
  }

  const AppSpec& spec() const { return apps.apps[std::size_t(app)]; }
  void show(std::string_view screen) {
    const ScreenSpec& wanted = spec().screens[std::size_t(spec().screen(screen))];
    std::vector<Value> args;
    for (const app::ArgSpec& arg : wanted.args)
      args.push_back(Value::of_ref({std::int16_t(arg.type.app),
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
    return machine.apply(state, event::Tap{node->target});
  }
  ActionOutcome swipe(std::string_view address, int steps, Swiping swiping) {
    const Frame frame = run();
    const Node* node = find(frame, address);
    EXPECT_NE(node, nullptr) << address;
    const Node* swiped = frame.swiped(node->rect.center(), swiping);
    if (swiped == nullptr) return ActionOutcome::kNoTarget;
    return machine.apply(state, event::Swipe{swiped->target, steps});
  }
  const Value& var(std::string_view name) const {
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
    state.world.apps[0].edit().vars[std::size_t(var)] = Value::of_int(value);
  }

  const AppSet apps;
  const sim::Machine machine;
  const Fonts fonts;
  const int app;
  PhoneState state;
};

TEST_F(Gallery, ShowsEveryComponentThatTheKitDoesNot) {
  const AppSet kit = load_apps("tests/layout/kit_apps");
  std::set<app::WidgetKind> shown;
  for (const AppSet* set : {&apps, &kit})
    for (const AppSpec& one : set->apps)
      for (const ScreenSpec& screen : one.screens)
        for (const app::Widget* widget : screen.widgets) shown.insert(widget->kind);
  for (std::size_t kind = 0; kind < app::components().size(); ++kind)
    EXPECT_TRUE(shown.contains(app::WidgetKind(kind))) << app::components()[kind]->name;
}

TEST_F(Gallery, NothingIsCutNorCoveredNorTooSmallOnAnyScreen) {
  for (const int percent : {85, 100, 130}) {
    for (const bool dark : {false, true}) {
      for (const ScreenSpec& screen : spec().screens) {
        state = machine.initial_state(make_world(apps, Rng(3)));
        machine.apply(state, event::Open{app});
        set_phone(apps.phone.font_percent, percent);
        set_phone(apps.phone.dark_mode, dark);
        show(screen.id);
        for (const FrameFinding& finding : lint_frame(run(4000), fonts)) {
          // Rows may cut what they show.
          const bool is_data = finding.what == FrameFinding::What::kCutText &&
                               (finding.address.ends_with("]") || screen.id == "detail");
          if (!is_data)
            ADD_FAILURE() << screen.id << " " << percent << "% "
                          << (dark ? "dark" : "light") << ": " << finding.str();
        }
      }
    }
  }
}

TEST_F(Gallery, IconsColoursPicturesAndAvatarsMayDifferByRow) {
  show("charts");
  const Frame frame = run(6000);
  const auto count = [&](auto wanted) {
    return std::count_if(frame.draws.begin(), frame.draws.end(), wanted);
  };
  const auto icon = [](std::string_view name) {
    return [name](const Draw& d) { return d.shape == Shape::kIcon && d.text == name; };
  };
  EXPECT_EQ(count(icon("food")), 1);
  EXPECT_EQ(count(icon("cart")), 1);
  const auto picture = [](std::string_view kind) {
    return
        [kind](const Draw& d) { return d.shape == Shape::kPicture && d.text == kind; };
  };
  EXPECT_EQ(count(picture("food")), 1);
  EXPECT_EQ(count(picture("goods")), 1);
  EXPECT_EQ(count(picture("poster")), 3);
  EXPECT_EQ(count([](const Draw& d) { return d.color == 0xFFE4572E && d.radius == 8; }),
            1);
  // No colour of its own: the app's accent.
  EXPECT_EQ(count([](const Draw& d) {
              return d.rect.width == 30 && d.color == 0xFF2F7CF6 && d.radius == 8;
            }),
            3);
  const auto letters = [](std::string_view name, std::uint32_t plate) {
    return [name, plate](const Draw& d) {
      return d.shape == Shape::kAvatar && d.text == name && d.bold && d.color2 == plate;
    };
  };
  EXPECT_EQ(count([](const Draw& d) { return d.shape == Shape::kAvatar; }), 2);
  EXPECT_EQ(count(letters("街角便利店", 0xFF2E7D32)), 1);
  EXPECT_EQ(count(letters("未来书城", 0)), 1);  // of a colour that the name chooses
  EXPECT_EQ(count([](const Draw& d) {  // a brand's sign: its first character
              return d.shape == Shape::kText && d.text == "餐" && d.bold;
            }),
            1);
}

TEST_F(Gallery, ACarouselTurnsBySwipesAndByItsDots) {
  EXPECT_EQ(swipe("gallery.feed.promos.promo[0]", 1, Swiping::kSideways),
            ActionOutcome::kApplied);
  EXPECT_EQ(var("page").as_int(), 1);
  EXPECT_NE(find(run(), "gallery.feed.promos.promo[1]"), nullptr);
  tap("gallery.feed.promos.previous");
  tap("gallery.feed.promos.previous");
  EXPECT_EQ(var("page").as_int(), 3);  // round
  tap("gallery.feed.promos.next");
  EXPECT_EQ(var("page").as_int(), 0);
}

TEST_F(Gallery, AHeartIsFlippedWithoutOpeningItsCard) {
  const app::Row& row = *table("note").find(0);
  const bool liked = row.cells[4].as_bool();
  EXPECT_EQ(tap("gallery.feed.notes.note[0].like", 2000), ActionOutcome::kApplied);
  EXPECT_EQ(table("note").find(0)->cells[4].as_bool(), !liked);
  EXPECT_EQ(state.recents.back().stack.size(), 1u);
}

TEST_F(Gallery, ASwipeLaysTheButtonsOfARowBareAndATapHidesThem) {
  show("people");
  const std::string row = "gallery.people.persons.person[0]";
  EXPECT_EQ(find(run(), row + ".delete"), nullptr);
  EXPECT_EQ(swipe(row, -1, Swiping::kSideways), ActionOutcome::kNoTarget);
  EXPECT_EQ(swipe(row, 1, Swiping::kSideways), ActionOutcome::kApplied);
  ASSERT_NE(find(run(), row + ".delete"), nullptr);
  EXPECT_LT(find(run(), row)->rect.width, 250);
  tap("gallery.people.persons.person[1]");  // elsewhere: it slides back
  EXPECT_EQ(find(run(), row + ".delete"), nullptr);
  swipe(row, 1, Swiping::kSideways);
  const std::size_t before = table("person").rows.size();
  EXPECT_EQ(tap(row + ".delete"), ActionOutcome::kApplied);
  EXPECT_EQ(table("person").rows.size(), before - 1);
  EXPECT_EQ(table("person").find(0), nullptr);
}

TEST_F(Gallery, WhatLiesBehindAClosedRowCannotBeTapped) {
  show("people");
  swipe("gallery.people.persons.person[0]", 1, Swiping::kSideways);
  const Frame frame = run();
  const sim::Target target = find(frame, "gallery.people.persons.person[0].delete")->target;
  swipe("gallery.people.persons.person[0]", -1, Swiping::kSideways);
  EXPECT_FALSE(machine.answers_tap(state, target));
  EXPECT_EQ(machine.apply(state, event::Tap{target}), ActionOutcome::kNoTarget);
}

TEST_F(Gallery, AnOpenRowIsPartOfTheState) {
  show("people");
  const PhoneState closed = state;
  swipe("gallery.people.persons.person[0]", 1, Swiping::kSideways);
  EXPECT_FALSE(state == closed);
  EXPECT_NE(hash_state(state), hash_state(closed));
  EXPECT_NE(state_to_json(state, apps).find("\"opened\""), std::string::npos);
}

TEST_F(Gallery, RowsStandUnderHeadingsAndTheRailScrollsToThem) {
  show("people");
  const Frame frame = run();
  const auto heading = std::count_if(
      frame.nodes.begin(), frame.nodes.end(),
      [](const Node& n) { return n.role == Role::kHeader && n.text == "A"; });
  EXPECT_EQ(heading, 1);
  const Node* letter = find(frame, "gallery.people.persons.rail.F");
  ASSERT_NE(letter, nullptr);
  ASSERT_GT(letter->scroll_to, 0);
  machine.apply(state, event::Scroll{letter->scroll_to});
  const Frame there = run();
  const auto found =
      std::find_if(there.nodes.begin(), there.nodes.end(), [](const Node& n) {
        return n.role == Role::kHeader && n.text == "F";
      });
  ASSERT_NE(found, there.nodes.end());
  EXPECT_EQ(found->rect.y, there.scroll_area.y);
}

TEST_F(Gallery, ReachingTheEndMakesAListLonger) {
  const std::size_t before = run(4000).nodes.size();
  EXPECT_EQ(machine.apply(state, event::Reach{}), ActionOutcome::kApplied);
  EXPECT_EQ(var("shown").as_int(), 12);
  EXPECT_GT(run(4000).nodes.size(), before);
  machine.apply(state, event::Reach{});
  EXPECT_EQ(machine.apply(state, event::Reach{}), ActionOutcome::kNoTarget);
  EXPECT_EQ(var("shown").as_int(), 18);
}

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

TEST_F(Gallery, AnExpanderShowsItsBodyOnlyWhileItIsOpen) {
  show("parts");
  EXPECT_TRUE(says("发货时间"));
  EXPECT_FALSE(says("没有更多了"));
  tap("gallery.parts.fold", 4000);
  tap("gallery.parts.fold_more", 4000);
  EXPECT_FALSE(says("发货时间"));
  EXPECT_TRUE(says("没有更多了"));
}

TEST_F(Gallery, FiltersGoOnAndOffOneByOne) {
  show("parts");
  tap("gallery.parts.filter.near", 4000);
  EXPECT_TRUE(var("near").as_bool());
  EXPECT_TRUE(var("free").as_bool());
  tap("gallery.parts.filter.free", 4000);
  EXPECT_FALSE(var("free").as_bool());
}

TEST_F(Gallery, AUsedCouponIsGrey) {
  show("parts");
  EXPECT_EQ(tap("gallery.parts.coupons.coupon[2].use", 4000), ActionOutcome::kDisabled);
  EXPECT_EQ(tap("gallery.parts.coupons.coupon[0].use", 4000), ActionOutcome::kApplied);
  EXPECT_EQ(tap("gallery.parts.coupons.coupon[0].use", 4000), ActionOutcome::kDisabled);
}

TEST_F(Gallery, CountdownsRunOnThePhonesClock) {
  show("parts");
  EXPECT_FALSE(says("59"));  // a whole day is left
  machine.apply(state, event::Tick{1000});
  EXPECT_TRUE(says("59"));
  machine.apply(state, event::Tick{26 * 3'600'000});
  EXPECT_TRUE(says("已超时"));
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

TEST_F(Gallery, ThePercentsOfAPieAddUp) {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
    state = machine.initial_state(make_world(apps, Rng(seed)));
    machine.apply(state, event::Open{app});
    show("charts");
    int sum = 0, count = 0;
    for (const Draw& draw : run(4000).draws) {
      if (!draw.text.ends_with("%")) continue;
      sum += std::stoi(std::string(draw.text));
      ++count;
    }
    EXPECT_EQ(count, 5);
    EXPECT_EQ(sum, 100) << seed;
  }
}

TEST_F(Gallery, ChartsMapsAndMenusAnswerTaps) {
  show("charts");
  EXPECT_EQ(tap("gallery.charts.bars.bar_month[2]"), ActionOutcome::kApplied);
  EXPECT_EQ(state.toast.text, "5月");
  show("places");
  EXPECT_EQ(tap("gallery.places.city.shop_pin[1]"), ActionOutcome::kApplied);
  EXPECT_EQ(var("place_now").as_ref().row_id, 1);
  show("videos");
  tap("gallery.videos.choose");
  tap("gallery.order_menu.order.最多播放");
  EXPECT_EQ(var("sort").as_text(), "最多播放");
  machine.apply(state, event::Home{});
  machine.apply(state, event::Open{app});
  show("feed");
  tap("gallery.feed.bar.more");
  EXPECT_EQ(run().hit({180, 700})->target.where, sim::Target::Where::kScrim);
  tap("gallery.menu.chat");
  EXPECT_EQ(state.toast.text, "群聊");
}

TEST_F(Gallery, AMessageIsAPictureAVoiceACardOrAPacketByWhatItsRowHas) {
  show("group");
  const Frame frame = run(4000);
  const auto words = [&](int row) {
    const Node* node =
        find(frame, fmt::format("gallery.group.messages.message[{}]", row));
    return node != nullptr ? node->text : "";
  };
  EXPECT_EQ(words(0), "周末去滨江公园露营吗？");
  EXPECT_EQ(words(2), "图片");
  EXPECT_EQ(words(4), "语音，6秒");
  EXPECT_EQ(words(6), "分享，露营灯 三档调光 充电款 防水挂钩");
  EXPECT_EQ(words(8), "红包，先垫付的烤串钱，多退少补");
  EXPECT_TRUE(says("6″"));
  EXPECT_FALSE(says("[语音]"));
  const auto written = [&](std::string_view name) {
    return std::any_of(frame.draws.begin(), frame.draws.end(), [&](const Draw& d) {
      return d.shape == Shape::kText && d.text == name;
    });
  };
  EXPECT_TRUE(written("陈一诺"));   // others are named,
  EXPECT_FALSE(written("林小满"));  // oneself is not
}

TEST_F(Gallery, AVoiceMessageIsAsLongAsItLasts) {
  show("group");
  const Frame frame = run(4000);
  EXPECT_GT(find(frame, "gallery.group.messages.message[5]")->rect.width,
            find(frame, "gallery.group.messages.message[4]")->rect.width + 50);
}

TEST_F(Gallery, APacketIsOpenedByATransition) {
  show("group");
  const auto before = hash_draws(run(4000));
  EXPECT_EQ(tap("gallery.group.messages.message[8]", 4000), ActionOutcome::kApplied);
  EXPECT_EQ(state.toast.text, "已存入零钱");
  state.toast = {};
  EXPECT_NE(hash_draws(run(4000)), before);
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

TEST_F(Gallery, AMapIsDraggedUnderTheFinger) {
  show("city");
  const Frame before = run();
  const Node* map = find(before, "gallery.city.city");
  ASSERT_NE(map, nullptr);
  EXPECT_EQ(before.swiped({100, 300}, Swiping::kAnyWay), map);
  EXPECT_EQ(map->whole, (Point{720, 1280}));
  const Point middle = map->rect.center();
  EXPECT_EQ(machine.apply(state, event::Pan{map->target, 100, -50}),
            ActionOutcome::kApplied);
  EXPECT_EQ(var("map_x").as_int(), 600);
  EXPECT_EQ(var("map_y").as_int(), 450);
  EXPECT_NE(hash_draws(run()), hash_draws(before));
  EXPECT_TRUE(map->rect.contains(middle));
  // No farther than to its edge.
  machine.apply(state, event::Pan{map->target, 5000, 0});
  EXPECT_EQ(var("map_x").as_int(), 750);
  EXPECT_EQ(machine.apply(state, event::Pan{map->target, 1, 0}),
            ActionOutcome::kNoTarget);
}

TEST_F(Gallery, AMapComesNearerUntilItsEndAndFindsOneself) {
  show("city");
  const auto seen = [&](int row) {
    return find(run(), fmt::format("gallery.city.city.city_pin[{}]", row)) != nullptr;
  };
  tap("gallery.city.city.minus");
  EXPECT_EQ(var("map_zoom").as_int(), 0);
  for (int row = 0; row < 4; ++row) EXPECT_TRUE(seen(row)) << row;
  EXPECT_EQ(tap("gallery.city.city.minus"), ActionOutcome::kDisabled);
  tap("gallery.city.city.locate");
  EXPECT_EQ(var("map_zoom").as_int(), 2);
  EXPECT_EQ(var("map_x").as_int(), 430);
  EXPECT_EQ(var("map_y").as_int(), 560);
  EXPECT_FALSE(seen(3));
  tap("gallery.city.city.plus");
  tap("gallery.city.city.plus");
  EXPECT_EQ(var("map_zoom").as_int(), 4);
  EXPECT_EQ(tap("gallery.city.city.plus"), ActionOutcome::kDisabled);
  const Node* map = nullptr;
  const Frame frame = run();
  map = find(frame, "gallery.city.city");
  machine.apply(state, event::Hold{.target = map->target});
  EXPECT_EQ(state.toast.text, "已标记");
}

TEST_F(Gallery, AFingerDrawsAMapAnyWayAndThePageStays) {
  show("city");
  const auto pan = [&](Point from, Point to) {
    const touch::Gesture gesture = touch::swipe_gesture(run(), state, from, to, 300);
    const auto* event = std::get_if<sim::Event>(&gesture);
    const auto* pan = event != nullptr ? std::get_if<event::Pan>(event) : nullptr;
    return pan != nullptr ? Point{pan->dx, pan->dy} : Point{};
  };
  EXPECT_EQ(pan({200, 400}, {128, 400}), (Point{100, 0}));  // 72 of 720 dp
  EXPECT_EQ(pan({200, 400}, {200, 528}), (Point{0, -100}));
  EXPECT_EQ(pan({200, 400}, {236, 336}), (Point{-50, 50}));
}

TEST_F(Gallery, AHandDrawsAMapUntilThePinIsInSight) {
  show("city");
  for (const char* part : {"plus", "plus", "plus"})
    tap(fmt::format("gallery.city.city.{}", part));
  const int map = find(run(), "gallery.city.city")->target.widget;
  const sim::Target pin{sim::Target::Where::kWidget, map + 1, -1,
                        {std::int16_t(app), std::int16_t(spec().table("place")), 3}};
  const Layout layout(machine, fonts, 800);
  for (int step = 0; step < 20 && var("place_now").as_ref().row_id != 3; ++step) {
    touch::Hand hand(machine, layout, {}, state);
    hand.add_event(event::Tap{pin});
    ASSERT_FALSE(hand.actions().empty()) << step;
    const Action& action = hand.actions().front().action;
    touch::Gesture gesture = ActionOutcome::kNoTarget;
    if (const auto* swipe = std::get_if<Swipe>(&action))
      gesture = touch::swipe_gesture(run(), state, swipe->from, swipe->to, 300);
    if (const auto* click = std::get_if<Click>(&action))
      gesture = touch::tap_gesture(run(), click->point);
    ASSERT_TRUE(std::holds_alternative<sim::Event>(gesture)) << step;
    EXPECT_EQ(machine.apply(state, std::get<sim::Event>(gesture)),
              ActionOutcome::kApplied);
  }
  EXPECT_EQ(var("place_now").as_ref().row_id, 3);
}

TEST_F(Gallery, TheStreetsOfACityHaveNames) {
  show("city");
  tap("gallery.city.city.plus");
  const Frame frame = run();
  const app::Lexicon* streets = nullptr;
  for (const app::Lexicon& lexicon : apps.lexicons)
    if (lexicon.name == "street") streets = &lexicon;
  ASSERT_NE(streets, nullptr);
  const auto named = std::count_if(
      frame.draws.begin(), frame.draws.end(), [&](const Draw& draw) {
        return std::find(streets->entries.begin(), streets->entries.end(), draw.text) !=
               streets->entries.end();
      });
  EXPECT_GE(named, 3);
}

TEST_F(Gallery, AnAppHasItsIconOfTheLauncher) {
  show("states");
  const Frame frame = run(4000);
  const auto icon = std::find_if(frame.draws.begin(), frame.draws.end(), [](const Draw& d) {
    return d.shape == Shape::kIcon && d.text == "view-grid";
  });
  ASSERT_NE(icon, frame.draws.end());
  EXPECT_EQ(std::prev(icon)->color2, 0xFF000000 | spec().color);
  EXPECT_EQ(std::count_if(frame.draws.begin(), frame.draws.end(),  // one that is gone
                          [](const Draw& d) {
                            return d.shape == Shape::kAvatar && d.text == "未来书城";
                          }),
            1);
}

TEST_F(Gallery, LoadingErrorsAndEmptinessStandInPlaceOfRows) {
  show("states");
  EXPECT_NE(find(run(4000), "gallery.states.rows.row_person[0]"), nullptr);
  tap("gallery.states.loading");
  EXPECT_EQ(find(run(4000), "gallery.states.rows.row_person[0]"), nullptr);
  tap("gallery.states.loading");
  tap("gallery.states.offline");
  EXPECT_TRUE(says("网络开小差了"));
  EXPECT_EQ(tap("gallery.states.rows.retry"), ActionOutcome::kApplied);
  EXPECT_NE(find(run(4000), "gallery.states.rows.row_person[0]"), nullptr);
  EXPECT_TRUE(says("这里什么也没有"));
}

TEST_F(Gallery, APostHasThreeThingsToDoBelowIt) {
  show("friends");
  const bool liked = table("note").find(0)->cells[4].as_bool();
  tap("gallery.friends.posts.post[0].like", 4000);
  EXPECT_EQ(table("note").find(0)->cells[4].as_bool(), !liked);
  tap("gallery.friends.posts.post[0].share", 4000);
  EXPECT_EQ(state.toast.text, "已转发");
  tap("gallery.friends.posts.post[0].comment", 4000);
  EXPECT_EQ(spec().screens[std::size_t(state.top()->screen)].id, "reply");
}

TEST_F(Gallery, ACodeDependsOnWhatItSays) {
  show("my_code");
  const auto one = hash_draws(run());
  EXPECT_EQ(hash_draws(run()), one);
  state.world.apps[std::size_t(app)].edit().vars[std::size_t(spec().var("name"))] =
      Value::of_text("林小满");
  EXPECT_NE(hash_draws(run()), one);
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

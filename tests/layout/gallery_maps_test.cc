// Maps and charts of the gallery, drawn aside and tapped.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "env/touch/gestures.h"
#include "env/touch/hand.h"
#include "tests/layout/gallery.h"

namespace paperphone::layout {

namespace event = sim::event;

namespace {

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

}  // namespace
}  // namespace paperphone::layout

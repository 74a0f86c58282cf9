// Lists and carousels of the gallery, and what their rows hide.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/layout/gallery.h"

namespace paperphone::layout {

using sim::PhoneState;
namespace event = sim::event;

namespace {

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

TEST_F(Gallery, AnExpanderShowsItsBodyOnlyWhileItIsOpen) {
  show("parts");
  EXPECT_TRUE(says("发货时间"));
  EXPECT_FALSE(says("没有更多了"));
  tap("gallery.parts.fold", 4000);
  tap("gallery.parts.fold_more", 4000);
  EXPECT_FALSE(says("发货时间"));
  EXPECT_TRUE(says("没有更多了"));
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

}  // namespace
}  // namespace paperphone::layout

// The gallery's tasks, played through pixels' front door: PhoneEnv's swipes and taps, and
// experts that know of wheels, buttons behind rows and lists that grow.
#include <gtest/gtest.h>

#include "env/layout/frame.h"
#include "env/phone/phone_env.h"
#include "env/sim/fling.h"
#include "env/task/task.h"

namespace paperphone::task {

using layout::Node;

namespace {

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared("tests/gallery", false);
  return loaded;
}

class GalleryTask : public ::testing::TestWithParam<const char*> {};

TEST_P(GalleryTask, TheExpertSolvesIt) {
  PhoneEnv env(shared(), {.pixels = false, .hashes = false});
  for (int seed = 0; seed < 4; ++seed) {
    env.reset(seed, {.task_id = std::string("gallery/") + GetParam()});
    std::string trace;
    StepResult result;
    do {
      const Advice advice = env.advice();
      ASSERT_FALSE(advice.actions.empty());
      const Action& action = advice.actions.front().action;
      result = env.step(action);
      trace += "\n  " + action_to_json(action) + " -> " + result.info.screen_id + " (" +
               std::string(outcome_name(result.info.outcome)) + ") " + advice.sentence;
    } while (!result.terminated && !result.truncated);
    EXPECT_EQ(end_reason_name(result.info.end_reason), "goal_reached")
        << "seed " << seed << ": " << env.task().instruction << trace;
  }
}

INSTANTIATE_TEST_SUITE_P(Gallery, GalleryTask,
                         ::testing::Values("delete_person", "set_birthday", "set_alarm",
                                           "like_note", "transfer", "choose_promo",
                                           "set_budget", "find_on_map",
                                           "choose_order"),
                         [](const auto& info) { return std::string(info.param); });

class GalleryTouch : public ::testing::Test {
 protected:
  GalleryTouch() : env(shared(), {.pixels = false, .hashes = false}) {
    env.reset(1, {.task_id = "gallery/delete_person"});
    env.step(OpenApp{"样品间"});
  }
  const Node* find(std::string_view address) {
    for (const Node& node : env.frame().nodes)
      if (node.address == address) return &node;
    return nullptr;
  }
  ActionOutcome swipe(Point from, Point to) {
    return env.step(Swipe{from, to}).info.outcome;
  }
  PhoneEnv env;
};

TEST_F(GalleryTouch, ASwipeOverACarouselTurnsItAndDoesNotScroll) {
  ASSERT_NE(find("gallery.feed.promos.promo[0]"), nullptr);
  EXPECT_EQ(swipe({300, 150}, {80, 160}), ActionOutcome::kApplied);
  EXPECT_NE(find("gallery.feed.promos.promo[1]"), nullptr);
  EXPECT_EQ(swipe({80, 160}, {300, 150}), ActionOutcome::kApplied);
  EXPECT_NE(find("gallery.feed.promos.promo[0]"), nullptr);
  EXPECT_EQ(swipe({300, 600}, {80, 600}), ActionOutcome::kNoTarget);  // on cards
  EXPECT_EQ(swipe({180, 200}, {180, 100}), ActionOutcome::kApplied);  // scrolls
  EXPECT_EQ(env.frame().scroll, sim::swipe_travel(100, 300));
}

TEST_F(GalleryTouch, ScrollingToTheEndMakesTheListLonger) {
  const int before = env.frame().scroll_max;
  for (int i = 0; i < 12 && env.frame().scroll_max == before; ++i)
    swipe({180, 650}, {180, 250});
  EXPECT_GT(env.frame().scroll_max, before);
}

}  // namespace
}  // namespace paperphone::task

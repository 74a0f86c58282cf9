// What actions are worth: by hand in a small app, and by rules over all of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "env/base/error.h"
#include "env/layout/frame.h"
#include "env/phone/phone_env.h"
#include "env/sim/state/phone_state.h"
#include "env/task/task.h"
#include "tests/task/all_apps.h"

namespace paperphone::task {
namespace {

PhoneEnv fresh_env() { return PhoneEnv(shared(), {.pixels = false, .hashes = false}); }

// Calls visit(env) at the start of an episode of every so-many-th template.
template <class Visit>
void for_templates(int every, Visit visit) {
  PhoneEnv env = fresh_env();
  int number = 0;
  for (const app::TaskSpec* task : tasks_of_split(apps(), "")) {
    if (++number % every != 0) continue;
    try {
      env.reset(std::uint64_t(number), {.task_id = task->id});
    } catch (const DataError&) {
      continue;  // not in this world
    }
    visit(env);
  }
}

bool is_over(const StepResult& result) { return result.terminated || result.truncated; }

TEST(Verdict, TheDistanceFallsByOneWithEveryStepOfTheExpert) {
  for_templates(9, [](PhoneEnv& env) {
    int before = -1;
    StepResult result;
    do {
      const Advice advice = env.advice();
      ASSERT_GT(advice.distance, 0) << env.task_id();
      EXPECT_TRUE(before < 0 || advice.distance == before - 1)
          << env.task_id() << ": " << before << " -> " << advice.distance;
      before = advice.distance;
      EXPECT_EQ(env.verdict(advice.actions.front().action).cost, 0) << env.task_id();
      result = env.step(advice.actions.front().action);
    } while (!is_over(result));
    EXPECT_EQ(before, 1) << env.task_id();
  });
}

TEST(Verdict, AsksNothingOfTheEpisode) {
  PhoneEnv env = fresh_env();
  env.reset(3, {.task_id = "settings/time_zone"});
  const Hash128 before = sim::hash_state(env.state());
  env.verdict(OpenApp{"设置"});
  env.acceptable();
  EXPECT_EQ(sim::hash_state(env.state()), before);
}

TEST(Verdict, OfABazaar) {
  static const auto bazaar = load_phone_shared("tests/task/bazaar", false);
  PhoneEnv env(bazaar, {.pixels = false, .hashes = false});
  env.reset(1, {.task_id = "bazaar/weight_of_cheapest"});
  EXPECT_TRUE(env.verdict(OpenApp{"集市"}).is_acceptable());
  EXPECT_FALSE(env.verdict(Wait{1.0}).is_acceptable()) << "nothing new";
  EXPECT_FALSE(env.verdict(Terminate{TerminateStatus::kSuccess}).is_acceptable());
  EXPECT_FALSE(env.verdict(Answer{"1"}).is_acceptable());
  EXPECT_FALSE(env.verdict(OpenApp{"没有的应用"}).is_acceptable());
  env.step(OpenApp{"集市"});

  const Advice sort = env.advice();
  EXPECT_EQ(sort.sentence, "点击价格");
  EXPECT_EQ(env.verdict(sort.actions.front().action).cost, 0);
  const Verdict home = env.verdict(SystemButton{Button::kHome});
  EXPECT_EQ(home.cost, 2) << "to come back in again";
  EXPECT_FALSE(home.is_acceptable());
  // A wrong row has to be left again, which is acceptable once one is there.
  const layout::Frame& frame = env.frame();
  const auto row = std::find_if(frame.nodes.begin(), frame.nodes.end(), [](const auto& node) {
    return node.address.starts_with("bazaar.home.things.thing");
  });
  ASSERT_NE(row, frame.nodes.end());
  const Action wrong = Click{row->rect.center()};
  EXPECT_EQ(env.verdict(wrong).cost, 2);
  EXPECT_FALSE(env.verdict(wrong).is_acceptable());
  env.step(wrong);
  EXPECT_TRUE(env.verdict(SystemButton{Button::kBack}).is_acceptable());
  env.step(SystemButton{Button::kBack});
  env.step(env.advice().actions.front().action);
  // Sorted: to sort by nothing again would lead to where one was.
  const auto chip = std::find_if(env.frame().nodes.begin(), env.frame().nodes.end(),
                                 [](const auto& node) { return node.text == "默认"; });
  ASSERT_NE(chip, env.frame().nodes.end());
  EXPECT_FALSE(env.verdict(Click{chip->rect.center()}).is_acceptable());
}

// Where the node with this address is.
Action tap(PhoneEnv& env, std::string_view address) {
  const auto& nodes = env.frame().nodes;
  const auto node = std::find_if(nodes.begin(), nodes.end(),
                                 [&](const auto& n) { return n.address == address; });
  EXPECT_NE(node, nodes.end()) << address;
  return node == nodes.end() ? Action(Wait{}) : Action(Click{node->rect.center()});
}

TEST(Verdict, FromTheShadeAnAppIsOpenedAtOnce) {
  static const auto bazaar = load_phone_shared("tests/task/bazaar", false);
  PhoneEnv env(bazaar, {.pixels = false, .hashes = false});
  env.reset(1, {.task_id = "bazaar/cheapest"});
  const int distance = env.advice().distance;
  env.step(Swipe{{90, 8}, {90, 400}});
  ASSERT_EQ(env.state().shade, sim::Shade::kNotices);
  EXPECT_EQ(env.advice().actions.front().action, Action(OpenApp{"集市"}));
  EXPECT_EQ(env.advice().distance, distance);
  EXPECT_FALSE(env.verdict(tap(env, "phone.shade.settings")).is_acceptable());
}

// A category of goods says nothing of what one has marked: there one would have to guess.
TEST(Verdict, AWayOnWhichOneHasToGuessIsNone) {
  PhoneEnv env = fresh_env();
  for (const std::uint64_t seed : {1, 7, 730}) {
    env.reset(seed, {.task_id = "cross/price_to_friend"});
    env.step(OpenApp{"淘好物"});
    for (const char* kind : {"food", "home", "book"}) {
      const Verdict verdict = env.verdict(tap(env, std::string("shop.home.kinds.") + kind));
      EXPECT_FALSE(verdict.is_acceptable()) << kind << " costs " << verdict.cost;
    }
  }
}

// Any product's page has a cart and a magnifier: that is no reason to open one.
TEST(Verdict, WhatTheTaskHasNothingToDoWithIsNoWay) {
  PhoneEnv env = fresh_env();
  const auto expect_none = [&](std::string_view list) {
    int rows = 0;
    for (const layout::Node& node : std::vector(env.frame().nodes)) {
      if (!node.address.starts_with(list)) continue;
      ++rows;
      EXPECT_FALSE(env.verdict(Click{node.rect.center()}).is_acceptable()) << node.address;
    }
    EXPECT_GT(rows, 2) << list;
  };
  env.reset(2, {.task_id = "shop/dearest_in_cart"});
  env.step(OpenApp{"淘好物"});
  env.step(tap(env, "shop.home.search"));
  expect_none("shop.search_page.hot_words.hot");
  env.step(SystemButton{Button::kBack});
  env.step(tap(env, "shop.home.kinds.kitchen"));
  expect_none("shop.goods.goods.item");
}

// What another tab shows is nearer than what one leaves by Back and finds again.
TEST(Experts, ChangeTheTabWhereThatIsShorter) {
  PhoneEnv env = fresh_env();
  env.reset(3, {.task_id = "hongguo/follow_author"});
  const auto is_shown = [&](std::string_view address) {
    const auto& nodes = env.frame().nodes;
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](const auto& n) { return n.address == address; });
  };
  for (int i = 0; i < 8 && !is_shown("hongguo.results.parts.话题"); ++i)
    env.step(env.advice().actions.front().action);
  const Action notes = tap(env, "hongguo.results.parts.笔记");
  env.step(tap(env, "hongguo.results.parts.话题"));
  EXPECT_TRUE(is_acceptable(env.advice(), notes)) << env.advice().sentence;
  EXPECT_FALSE(env.verdict(SystemButton{Button::kBack}).is_acceptable());
}

// A quote that stands above the box would go along with the message.
TEST(Experts, TakeOffAQuoteThatTheyWereNotAskedFor) {
  PhoneEnv env = fresh_env();
  env.reset(4, {.task_id = "cross/price_to_friend"});
  StepResult result;
  bool is_quoting = false;
  do {
    const auto& nodes = env.frame().nodes;
    const auto bubble = std::find_if(nodes.begin(), nodes.end(), [](const auto& n) {
      return n.address.starts_with("messenger.chat_page.messages.bubble[");
    });
    if (!is_quoting && bubble != nodes.end()) {
      env.step(LongPress{bubble->rect.center(), 1.0});
      const Action quote = tap(env, "messenger.message_menu.quote");
      EXPECT_FALSE(env.verdict(quote).is_acceptable());
      env.step(quote);
      is_quoting = true;
      EXPECT_TRUE(is_acceptable(env.advice(), tap(env, "messenger.chat_page.quoting")))
          << env.advice().sentence;
    }
    result = env.step(env.advice().actions.front().action);
  } while (!is_over(result));
  EXPECT_TRUE(is_quoting);
  EXPECT_EQ(result.info.end_reason, EndReason::kGoalReached);
}

// Whoever draws among acceptable actions comes to the end, not much later than the expert.
TEST(Verdict, AWalkerAmongAcceptableActionsArrives) {
  int walks = 0, late = 0;
  Rng rng = Rng(5).fork("walker");
  for_templates(24, [&](PhoneEnv& env) {
    const int distance = env.advice().distance;
    ASSERT_GT(distance, 0);
    ++walks;
    for (int step = 0;; ++step) {
      const auto actions = env.acceptable();
      if (step >= 3 * distance || actions.empty()) {
        ++late;
        ADD_FAILURE() << env.task_id() << ": not there after " << step << " actions of "
                      << distance;
        break;
      }
      const StepResult result = env.step(actions[rng.below(actions.size())].action);
      if (!is_over(result)) continue;
      EXPECT_EQ(result.info.end_reason, EndReason::kGoalReached) << env.task_id();
      break;
    }
  });
  EXPECT_GT(walks, 20);
}

}  // namespace
}  // namespace paperphone::task

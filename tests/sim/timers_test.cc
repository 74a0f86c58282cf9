#include <gtest/gtest.h>

#include "tests/sim/toy_phone.h"

namespace paperphone::sim::testing {
namespace {

class Timers : public ::testing::Test {
 protected:
  Timers() { phone.open("toy"); }
  ToyPhone phone;
};

TEST_F(Timers, EnterFiresOnEntering) {
  phone.tap("timers");
  EXPECT_EQ(phone.text("log"), "entered");
}

TEST_F(Timers, FireInOrderOfTheirMoments) {
  phone.tap("timers");
  phone.tick(999);
  EXPECT_EQ(phone.text("log"), "entered");
  phone.tick(1);
  EXPECT_EQ(phone.text("log"), "entered one");
  phone.tick(1500);
  EXPECT_EQ(phone.text("log"), "entered one");
  phone.tick(500);
  EXPECT_EQ(phone.text("log"), "entered one three");
  EXPECT_EQ(phone.screen_id(), "toy/me");
}

TEST_F(Timers, OneLongTickDoesWhatManyShortOnesDo) {
  ToyPhone other;
  other.open("toy");
  phone.tap("timers");
  other.tap("timers");
  phone.tick(3500);
  for (int i = 0; i < 35; ++i) other.tick(100);
  EXPECT_EQ(phone.state.world.now_ms, other.state.world.now_ms);
  EXPECT_EQ(phone.text("log"), other.text("log"));
  EXPECT_EQ(phone.state.top()->entered_ms + 500, phone.state.world.now_ms);
  EXPECT_EQ(sim::hash_state(phone.state), hash_state(other.state));
}

TEST_F(Timers, OfOneMomentTheFirstThatHoldsWins) {
  phone.tap("air");
  phone.tap("timers");
  phone.tick(1000);
  EXPECT_EQ(phone.text("log"), "entered aired");
  phone.tick(1000);
  EXPECT_EQ(phone.text("log"), "entered aired");
}

TEST_F(Timers, OnlyTheTopScreenHearsThem) {
  phone.tap("timers");
  phone.tap("on");
  phone.tick(5000);
  EXPECT_EQ(phone.text("log"), "entered");
  EXPECT_EQ(phone.screen_id(), "toy/form");
  phone.back();
  phone.tick(0);  // overdue ones fire as soon as the screen is on top again
  EXPECT_EQ(phone.text("log"), "entered one three");
}

TEST_F(Timers, NothingElapsesOnTheLauncher) {
  phone.tap("timers");
  phone.apply(event::Home{});
  phone.tick(5000);
  EXPECT_EQ(phone.text("log"), "entered");
}

}  // namespace
}  // namespace paperphone::sim::testing

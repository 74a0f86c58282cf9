#include "tools/screens/screens.h"

#include <gtest/gtest.h>

#include "env/base/error.h"
#include "tests/phone_data.h"

namespace paperphone::tools {

using sim::Machine;
using sim::PhoneState;

namespace {

using paperphone::testing::without_pixels;

TEST(Screens, EveryScreenOfEveryAppCanBeShown) {
  const Machine& machine = shared_machine(*without_pixels());
  for (const app::AppSpec& app : machine.apps().apps) {
    if (app.hidden) continue;
    for (const app::ScreenSpec& screen : app.screens) {
      PhoneState state = fresh_phone(machine, 3, false);
      show_screen(machine, state, app.id, screen.id);
      ASSERT_NE(state.top(), nullptr) << app.id << "." << screen.id;
      for (const app::Value& arg : state.top()->args)
        EXPECT_FALSE(arg.is_none()) << app.id << "." << screen.id;
    }
  }
}

TEST(Screens, UnknownOnesAreNamedWithTheKnown) {
  const Machine& machine = shared_machine(*without_pixels());
  PhoneState state = fresh_phone(machine, 3, false);
  try {
    show_screen(machine, state, "settings", "nowhere");
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_TRUE(std::string(error.what())
                    .starts_with("app 'settings' has no screen 'nowhere' (known: "));
  }
  EXPECT_THROW(show_screen(machine, state, "phone", ""), ConfigError);
}

TEST(Screens, DarkIsAPropertyOfThePhone) {
  const Machine& machine = shared_machine(*without_pixels());
  EXPECT_NE(hash_state(fresh_phone(machine, 3, true)),
            hash_state(fresh_phone(machine, 3, false)));
}

}  // namespace
}  // namespace paperphone::tools

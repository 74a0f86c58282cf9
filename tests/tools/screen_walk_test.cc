#include "tools/screens/screen_walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>

#include "env/app/loader.h"
#include "env/sim/top_screen.h"
#include "tests/phone_data.h"
#include "tools/screens/screens.h"

namespace paperphone::tools {

using app::AppSpec;
using app::ScreenKind;
using app::ScreenSpec;
using sim::Machine;
using sim::PhoneState;

namespace {

using paperphone::testing::without_pixels;

ScreenWalk walk(const PhoneShared& shared, const std::string& app, std::uint64_t seed) {
  const Machine& machine = shared_machine(shared);
  return walk_screens(machine, shared_layout(shared), fresh_phone(machine, seed, false),
                      machine.apps().find(app));
}

const PhoneState* shown(const PhoneShared& shared, const ScreenWalk& walk,
                        const std::string& app, const std::string& screen) {
  const app::AppSet& apps = shared_apps(shared);
  const int at = apps.apps[std::size_t(apps.find(app))].screen(screen);
  EXPECT_GE(at, 0) << screen;
  const auto& found = walk.shown[std::size_t(at)];
  EXPECT_TRUE(found) << screen;
  return found ? &*found : nullptr;
}

// Screens that a walk need not reach, "app.screen": where only a long way round leads.
const std::set<std::string> kFar = {};

// What holds of a phone that was walked to a screen.
void expect_in_place(const AppSpec& app, const ScreenSpec& screen,
                     const PhoneState& phone) {
  const std::string where = app.id + "." + screen.id;
  const auto& stack = phone.recents.back().stack;
  EXPECT_EQ(&app.screens[std::size_t(phone.top()->screen)], &screen) << where;
  EXPECT_FALSE(phone.covered()) << where;
  EXPECT_TRUE(screen.tab.empty() || stack.size() == 1) << where << " has a back arrow";
  // Sheets and dialogs lie over the page that leads there, be it by way of another.
  EXPECT_TRUE(screen.kind == ScreenKind::kPage || stack.size() > 1) << where;
}

TEST(ScreenWalk, ReachesEveryScreenOfTheAppsInItsPlace) {
  const auto shared = without_pixels();
  for (const AppSpec& app : shared_apps(*shared).apps) {
    if (app.hidden) continue;
    const ScreenWalk found = walk(*shared, app.id, 1);
    for (std::size_t i = 0; i < app.screens.size(); ++i) {
      const std::string name = app.id + "." + app.screens[i].id;
      EXPECT_NE(found.shown[i].has_value(), kFar.contains(name)) << name;
      if (found.shown[i]) expect_in_place(app, app.screens[i], *found.shown[i]);
    }
  }
}

TEST(ScreenWalk, ReachesTheScreensOfTheGallery) {
  const auto shared = load_phone_shared("tests/gallery", false);
  const AppSpec& gallery = shared_apps(*shared).apps[1];
  const ScreenWalk found = walk(*shared, gallery.id, 1);
  for (std::size_t i = 0; i < gallery.screens.size(); ++i) {
    ASSERT_TRUE(found.shown[i]) << gallery.screens[i].id;
    expect_in_place(gallery, gallery.screens[i], *found.shown[i]);
  }
}

TEST(ScreenWalk, TheSameStartGivesTheSamePhonesAndAnotherSeedOthers) {
  const auto shared = without_pixels();
  const ScreenWalk one = walk(*shared, "train", 1);
  const ScreenWalk same = walk(*shared, "train", 1);
  const ScreenWalk other = walk(*shared, "train", 2);
  EXPECT_TRUE(one.shown == same.shown);
  EXPECT_EQ(one.events, same.events);
  EXPECT_FALSE(one.shown == other.shown);
}

TEST(ScreenWalk, PrefersScreensThatSaySomething) {
  const auto shared = without_pixels();
  const Machine& machine = shared_machine(*shared);
  const ScreenWalk found = walk(*shared, "train", 1);
  const PhoneState* order = shown(*shared, found, "train", "book");
  ASSERT_NE(order, nullptr);
  const layout::Frame frame = shared_layout(*shared).run(*order);
  const bool has_total =
      std::any_of(frame.draws.begin(), frame.draws.end(),
                  [](const auto& draw) { return draw.text == "¥" && draw.bold; });
  EXPECT_TRUE(has_total);
  for (const layout::Draw& draw : frame.draws)
    EXPECT_NE(draw.text, "0") << "nobody was chosen";
  for (const ScreenSpec* screen = sim::top_screen(machine.apps(), *order);
       const app::Value& arg : std::span(order->top()->args).first(screen->args.size()))
    EXPECT_FALSE(arg.is_none());
}

}  // namespace
}  // namespace paperphone::tools

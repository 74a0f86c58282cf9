// What the phone lays over its apps, touched at points of the screen.
#include <set>

#include "env/layout/frame_lint.h"
#include "env/sim/system/launcher.h"
#include "tests/phone/hand_phone.h"

namespace paperphone::testing {

using app::AppSpec;
using app::Value;
using layout::FrameFinding;
using layout::lint_frame;
namespace event = sim::event;

namespace {

constexpr Point kTopLeft{90, 8}, kTopRight{270, 8}, kMiddle{180, 500};

// ---- swiping pages ----------------------------------------------------------------

TEST(Swipe, FlingsAndStopsAtTheEdges) {
  HandPhone phone;
  phone.open("settings");
  phone.swipe({180, 500}, {180, 380});
  EXPECT_EQ(phone.frame().scroll, 112 + 40);  // 400 dp/s carry 40 dp on
  phone.swipe({180, 380}, {180, 500});
  EXPECT_EQ(phone.frame().scroll, 0);
  EXPECT_EQ(phone.swipe({180, 300}, {180, 600}), ActionOutcome::kNoTarget);
  phone.swipe({180, 700}, {180, 100}, 60);
  EXPECT_EQ(phone.frame().scroll, phone.frame().scroll_max);
  EXPECT_EQ(phone.swipe({180, 700}, {180, 100}, 60), ActionOutcome::kNoTarget);
}

TEST(Swipe, ASlowOneOnlyDrags) {
  HandPhone phone;
  phone.open("settings");
  phone.swipe({180, 500}, {180, 380}, 5000);
  EXPECT_EQ(phone.frame().scroll, 112);
}

TEST(Swipe, AlongASliderSetsIt) {
  HandPhone phone;
  phone.show("settings", "display");
  const Rect track = phone.box("settings.display.level");
  ASSERT_FALSE(track.empty());
  phone.swipe({track.x + 20, track.center().y},
              {track.x + track.width - 1, track.center().y});
  EXPECT_EQ(phone.phone("brightness").as_int(), 100);
}

// ---- shade ------------------------------------------------------------------------

TEST(Shade, ComesDownFromTheTopEdgeLeftAndRight) {
  HandPhone phone;
  phone.swipe(kTopLeft, {90, 400});
  EXPECT_EQ(phone.state.shade, sim::Shade::kNotices);
  EXPECT_TRUE(phone.says("没有通知"));
  phone.swipe(kMiddle, {180, 200});
  EXPECT_EQ(phone.state.shade, sim::Shade::kClosed);
  phone.open("settings");
  phone.swipe(kTopRight, {270, 400});
  EXPECT_EQ(phone.state.shade, sim::Shade::kControls);
  phone.apply(event::Back{});
  EXPECT_EQ(phone.state.shade, sim::Shade::kClosed);
  EXPECT_EQ(phone.screen_id(), "settings/home");  // Back only closed the shade
  EXPECT_EQ(phone.swipe({180, 200}, {180, 400}), ActionOutcome::kNoTarget);
}

TEST(Shade, TurnsToItsOtherHalf) {
  HandPhone phone;
  phone.swipe(kTopLeft, {90, 400});
  phone.swipe({300, 500}, {100, 500});
  EXPECT_EQ(phone.state.shade, sim::Shade::kControls);
  phone.tap("phone.shade.turn");
  EXPECT_EQ(phone.state.shade, sim::Shade::kNotices);
  phone.apply(event::Home{});
  EXPECT_EQ(phone.state.shade, sim::Shade::kClosed);
}

TEST(Shade, SwallowsWhatIsAimedAtTheAppBelow) {
  HandPhone phone;
  phone.open("settings");
  const Point wlan = phone.box("settings.home.wlan").center();
  phone.swipe(kTopLeft, {90, 400});
  EXPECT_EQ(phone.tap(wlan), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.apply(event::Scroll{50}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.screen_id(), "settings/home");
}

TEST(ControlCentre, SwitchesThePhonesOwnVariables) {
  HandPhone phone;
  phone.swipe(kTopRight, {270, 400});
  for (const char* name : {"bluetooth", "airplane", "flashlight", "dark_mode", "wifi",
                           "do_not_disturb", "auto_rotate", "nfc"}) {
    const bool before = phone.phone(name).as_bool();
    EXPECT_EQ(phone.tap(std::string("phone.shade.") + name), ActionOutcome::kApplied);
    EXPECT_NE(phone.phone(name).as_bool(), before) << name;
  }
  for (const layout::Node& node : phone.frame().nodes)
    if (node.address == "phone.shade.bluetooth") {
      EXPECT_EQ(node.role, Role::kSwitch);
      EXPECT_TRUE(node.checked);
    }
}

TEST(ControlCentre, SlidersFollowTheFinger) {
  HandPhone phone;
  phone.swipe(kTopRight, {270, 400});
  const Rect track = phone.box("phone.shade.brightness");
  ASSERT_GT(track.height, track.width);
  phone.tap({track.center().x, track.y});
  EXPECT_EQ(phone.phone("brightness").as_int(), 100);
  phone.swipe(track.center(), {track.center().x, track.y + track.height - 1});
  EXPECT_EQ(phone.phone("brightness").as_int(), 0);
  phone.tap("phone.shade.volume");
  EXPECT_NEAR(double(phone.phone("media_volume").as_int()), 50, 2);
}

TEST(ControlCentre, TheGearOpensSettings) {
  HandPhone phone;
  phone.swipe(kTopRight, {270, 400});
  phone.tap("phone.shade.settings");
  EXPECT_EQ(phone.screen_id(), "settings/home");
  EXPECT_EQ(phone.state.shade, sim::Shade::kClosed);
}

// ---- notifications ----------------------------------------------------------------

TEST(Notifications, AreListedFollowedDismissedAndCleared) {
  HandPhone phone;
  phone.notify("messenger", "小林");
  phone.notify("shop", "发货提醒");
  phone.notify("train", "出票成功");
  phone.swipe(kTopLeft, {90, 400});
  EXPECT_TRUE(phone.says("发货提醒"));
  const Point second = phone.box("phone.shade.notice[1]").center();
  phone.swipe(second, {340, second.y});  // aside
  ASSERT_EQ(phone.state.notifications.size(), 2u);
  EXPECT_FALSE(phone.says("发货提醒"));
  phone.tap("phone.shade.notice[0]");
  EXPECT_EQ(phone.state.front_app(), phone.machine.apps().find("messenger"));
  EXPECT_EQ(phone.state.shade, sim::Shade::kClosed);
  ASSERT_EQ(phone.state.notifications.size(), 1u);
  phone.swipe(kTopLeft, {90, 400});
  phone.tap("phone.shade.clear_all");
  EXPECT_TRUE(phone.state.notifications.empty());
}

TEST(Notifications, LeadToTheScreenTheyAreAbout) {
  HandPhone phone;
  const int shop = phone.machine.apps().find("shop");
  const int cart = phone.machine.apps().apps[std::size_t(shop)].screen("cart");
  ASSERT_GE(cart, 0);
  phone.machine.post(phone.state, {.app = std::int16_t(shop),
                                   .title = "降价提醒",
                                   .text = "购物车里有商品降价了",
                                   .when_ms = phone.state.world.now_ms,
                                   .screen = cart});
  phone.swipe(kTopLeft, {90, 400});
  phone.tap("phone.shade.notice[0]");
  ASSERT_EQ(phone.screen_id(), "shop/cart");
  EXPECT_EQ(phone.state.recents.back().stack.size(), 2u);
}

TEST(HeadsUp, ShowsForFiveSecondsAndCanBePushedAway) {
  HandPhone phone;
  phone.open("settings");
  phone.notify("messenger", "小林");
  EXPECT_TRUE(phone.shows("phone.heads_up"));
  phone.tick(4999);
  EXPECT_TRUE(phone.shows("phone.heads_up"));
  phone.tick(1);
  EXPECT_FALSE(phone.shows("phone.heads_up"));
  EXPECT_EQ(phone.state.notifications.size(), 1u);
  phone.notify("messenger", "小林");
  phone.swipe(phone.box("phone.heads_up").center(), {180, 10});
  EXPECT_FALSE(phone.shows("phone.heads_up"));
  EXPECT_EQ(phone.state.notifications.size(), 2u);
  phone.notify("messenger", "小林");
  phone.swipe(phone.box("phone.heads_up").center(), {350, 74});
  EXPECT_EQ(phone.state.notifications.size(), 2u);
}

TEST(HeadsUp, StaysAwayUnderDoNotDisturbAndInTheAppItself) {
  HandPhone phone;
  phone.open("messenger");
  phone.notify("messenger", "小林");
  EXPECT_FALSE(phone.shows("phone.heads_up"));
  phone.open("settings");
  phone.phone("do_not_disturb") = Value::of_bool(true);
  phone.notify("messenger", "小林");
  EXPECT_FALSE(phone.shows("phone.heads_up"));
  EXPECT_EQ(phone.state.notifications.size(), 2u);
}

TEST(Notifications, AnAppThatIsSwitchedOffInSettingsSendsNone) {
  HandPhone phone;
  const app::AppSet& apps = phone.machine.apps();
  const int settings = apps.find("settings");
  const AppSpec& spec = apps.apps[std::size_t(settings)];
  const int table = spec.table("program");
  const int column = spec.tables[std::size_t(table)].column("notify");
  app::Table& programs = phone.state.world.apps[std::size_t(settings)]
                        .edit()
                        .tables[std::size_t(table)]
                        .edit();
  for (const auto& row : programs.rows)
    if (row->cells[0].as_text() == "信聊")
      programs.find_for_edit(row->id)->cells[std::size_t(column)] =
          Value::of_bool(false);
  phone.notify("messenger", "小林");
  EXPECT_TRUE(phone.state.notifications.empty());
  phone.notify("shop", "发货提醒");
  EXPECT_EQ(phone.state.notifications.size(), 1u);
}

// ---- lock screen --------------------------------------------------------------------

TEST(LockScreen, ThePowerKeyDarkensWakesAndASwipeUpUnlocks) {
  HandPhone phone;
  phone.open("settings");
  phone.apply(event::Power{});
  EXPECT_EQ(phone.state.lock, sim::Lock::kOff);
  EXPECT_EQ(phone.frame().draws.back().color, 0xFF000000u);
  EXPECT_EQ(phone.swipe(kMiddle, {180, 100}), ActionOutcome::kNoTarget);
  phone.apply(event::Power{});
  EXPECT_EQ(phone.state.lock, sim::Lock::kLocked);
  EXPECT_TRUE(phone.shows("phone.lock.clock"));
  EXPECT_EQ(phone.tap(kMiddle), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.apply(event::Home{}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.apply(event::Back{}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.swipe(kTopLeft, {90, 400}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.swipe(kMiddle, {180, 100}), ActionOutcome::kApplied);
  EXPECT_EQ(phone.state.lock, sim::Lock::kOpen);
  EXPECT_EQ(phone.screen_id(), "settings/home");
}

TEST(LockScreen, ShowsNotificationsUnlessSettingsSayOtherwise) {
  HandPhone phone;
  phone.notify("train", "出票成功");
  phone.apply(event::Power{});
  phone.apply(event::Power{});
  EXPECT_TRUE(phone.says("出票成功"));
  const auto settings = std::size_t(phone.machine.apps().find("settings"));
  const int var = phone.machine.apps().apps[settings].var("notify_on_lock");
  phone.state.world.apps[settings].edit().vars[std::size_t(var)] =
      Value::of_bool(false);
  EXPECT_FALSE(phone.says("出票成功"));
}

TEST(VolumeKeys, TurnTheMediaVolume) {
  HandPhone phone;
  phone.apply(event::Volume{1});
  EXPECT_EQ(phone.phone("media_volume").as_int(), 60);
  for (int i = 0; i < 9; ++i) phone.apply(event::Volume{-1});
  EXPECT_EQ(phone.phone("media_volume").as_int(), 0);
}

// ---- recents ------------------------------------------------------------------------

TEST(Recents, ACardSwipedUpIsClosed) {
  HandPhone phone;
  phone.open("settings");
  phone.open("shop");
  phone.apply(event::Recents{});
  const Point card = phone.box("recents.settings").center();
  EXPECT_EQ(phone.swipe(card, {card.x, card.y - 200}), ActionOutcome::kApplied);
  ASSERT_EQ(phone.state.recents.size(), 1u);
  EXPECT_FALSE(phone.shows("recents.settings"));
  EXPECT_TRUE(phone.shows("recents.shop"));
}

// ---- three buttons
// --------------------------------------------------------------------

TEST(NavButtons, DoWhatTheGesturesDo) {
  HandPhone phone;
  phone.state.navigation = sim::Navigation::kButtons;
  phone.show("settings", "display");
  EXPECT_EQ(phone.swipe({2, 400}, {200, 400}), ActionOutcome::kNoTarget);
  EXPECT_EQ(phone.swipe({180, 795}, {180, 300}), ActionOutcome::kNoTarget);
  phone.tap("phone.nav.back");
  EXPECT_EQ(phone.screen_id(), "settings/home");
  phone.tap("phone.nav.recents");
  EXPECT_EQ(phone.state.shell, sim::Shell::kRecents);
  phone.tap("phone.nav.home");
  EXPECT_EQ(phone.state.shell, sim::Shell::kLauncher);
}

// ---- disturbances
// -----------------------------------------------------------------------

TEST(SplashAd, CountsDownIsSkippedOrGoesByItself) {
  HandPhone phone;
  phone.open("shop");
  ASSERT_TRUE(phone.disturb("splash_ad"));
  EXPECT_TRUE(phone.says("跳过 5"));
  phone.tick(2000);
  EXPECT_TRUE(phone.says("跳过 3"));
  EXPECT_EQ(phone.tap({180, 60}), ActionOutcome::kNoTarget);
  phone.tap("dialog.button.1");
  EXPECT_TRUE(phone.state.dialogs.empty());
  phone.apply(event::Home{});
  phone.apply(event::CloseRecent{0});
  phone.state.recents.clear();
  phone.open("shop");
  ASSERT_TRUE(phone.disturb("splash_ad"));
  phone.tick(5000);
  EXPECT_TRUE(phone.state.dialogs.empty());
  EXPECT_EQ(phone.screen_id(), "shop/home");
}

TEST(SplashAd, TheAdvertisementAsksBeforeItLeaves) {
  HandPhone phone;
  phone.open("shop");
  ASSERT_TRUE(phone.disturb("splash_ad"));
  phone.tap("dialog.button.0");
  EXPECT_TRUE(phone.says("即将离开应用"));
  phone.tap("dialog.button.1");
  EXPECT_TRUE(phone.state.dialogs.empty());
}

TEST(NetworkFailure, TryingAgainLoadsThePage) {
  HandPhone phone;
  phone.open("shop");
  ASSERT_TRUE(phone.disturb("network_failure"));
  EXPECT_TRUE(phone.says("网络不给力"));
  phone.tap("dialog.button.0");
  ASSERT_EQ(phone.state.dialogs.size(), 1u);
  EXPECT_EQ(phone.state.dialogs[0].kind, sim::DialogKind::kLoading);
  EXPECT_EQ(phone.tap(kMiddle), ActionOutcome::kNoTarget);
  phone.tick(1500);
  EXPECT_TRUE(phone.state.dialogs.empty());
}

TEST(SlowLoading, BackLeavesThePageThatIsAwaited) {
  HandPhone phone;
  phone.open("shop");
  ASSERT_TRUE(phone.disturb("slow_loading"));
  phone.apply(event::Back{});
  EXPECT_TRUE(phone.state.dialogs.empty());
  EXPECT_EQ(phone.state.shell, sim::Shell::kLauncher);
}

TEST(IncomingCall, CoversEverythingUntilItIsDeclinedOrEnded) {
  HandPhone phone;
  phone.open("shop");
  ASSERT_TRUE(phone.disturb("incoming_call"));
  EXPECT_EQ(phone.apply(event::Back{}), ActionOutcome::kNoTarget);
  phone.tap("dialog.button.0");
  EXPECT_TRUE(phone.state.dialogs.empty());
  ASSERT_TRUE(phone.disturb("incoming_call"));
  phone.tap("dialog.button.1");
  EXPECT_TRUE(phone.says("通话中"));
  phone.tap("dialog.button.0");
  EXPECT_TRUE(phone.state.dialogs.empty());
  EXPECT_EQ(phone.screen_id(), "shop/home");
  phone.phone("airplane") = Value::of_bool(true);
  EXPECT_FALSE(phone.disturb("incoming_call"));
}

TEST(PermissionPrompt, IsRememberedAndNotAskedAgain) {
  HandPhone phone;
  phone.open("shop");
  ASSERT_TRUE(phone.disturb("permission_prompt"));
  EXPECT_TRUE(phone.says("仅在使用中允许"));
  phone.tap("dialog.button.2");
  ASSERT_EQ(phone.state.grants.size(), 1u);
  EXPECT_EQ(phone.state.grants[0].grant, sim::Grant::kDenied);
  EXPECT_FALSE(phone.disturb("permission_prompt"));  // the same draw
}

TEST(Disturbances, SparePhonesOwnSettingsAndWaitTheirTurn) {
  HandPhone phone;
  phone.open("settings");
  for (const char* name : {"splash_ad", "coupon", "slow_loading", "permission_prompt"})
    EXPECT_FALSE(phone.disturb(name)) << name;
  EXPECT_TRUE(phone.disturb("low_battery"));
  EXPECT_EQ(phone.phone("battery").as_int(), 20);
  EXPECT_FALSE(phone.disturb("system_update"));  // one at a time
  EXPECT_FALSE(phone.disturb("no such thing"));
}

TEST(AppDialogs, GoWithTheirApp) {
  HandPhone phone;
  phone.open("shop");
  ASSERT_TRUE(phone.disturb("coupon"));
  phone.apply(event::Home{});
  EXPECT_TRUE(phone.state.dialogs.empty());
}

// ---- the look
// -----------------------------------------------------------------------------

// No target too small for a finger, no sign that the fonts lack, nothing cut.
void expect_sound(const HandPhone& phone, const char* what) {
  for (const FrameFinding& finding :
       lint_frame(phone.frame(), shared_fonts(*HandPhone::shared())))
    ADD_FAILURE() << what << ": " << finding.str();
}

TEST(Layers, AreDrawnSoundly) {
  for (const char* name :
       {"low_battery", "system_update", "storage_full", "weak_network", "incoming_call",
        "app_update", "rate_app", "coupon", "permission_prompt", "slow_loading",
        "network_failure", "splash_ad"})
    for (const char* language : {"简体中文", "English"}) {
      HandPhone phone;
      phone.phone("language") = Value::of_text(language);
      phone.open("shop");
      ASSERT_TRUE(phone.disturb(name)) << name;
      for (const FrameFinding& finding :
           lint_frame(phone.frame(), shared_fonts(*HandPhone::shared())))
        if (finding.address.starts_with("dialog"))  // the app below is judged elsewhere
          ADD_FAILURE() << name << ": " << finding.str();
    }
  for (const char* language : {"简体中文", "English"}) {
    HandPhone phone;
    phone.phone("language") = Value::of_text(language);
    expect_sound(phone, "launcher");
    for (int i = 0; i < 12; ++i) phone.notify("train", "出票成功");
    phone.state.heads_up_until_ms = 0;
    phone.swipe(kTopLeft, {90, 400});
    expect_sound(phone, "notices");
    phone.tap("phone.shade.turn");
    expect_sound(phone, "controls");
    phone.apply(event::Home{});
    phone.swipe({180, 400}, {180, 600});
    expect_sound(phone, "search");
    phone.apply(event::Power{});
    phone.apply(event::Power{});
    expect_sound(phone, "lock screen");
  }
}

// ---- launcher
// -----------------------------------------------------------------------------

TEST(AppSearch, FindsByTitlePinyinAndOpens) {
  HandPhone phone;
  phone.swipe({180, 400}, {180, 600});
  ASSERT_TRUE(phone.shows("launcher.search.field"));
  phone.apply(event::Type{"淘"});
  EXPECT_TRUE(phone.shows("launcher.icon.shop"));
  EXPECT_FALSE(phone.shows("launcher.icon.train"));
  phone.apply(event::Clear{});
  phone.apply(event::Type{"xinl"});
  phone.tap("launcher.icon.messenger");
  EXPECT_EQ(phone.state.front_app(), phone.machine.apps().find("messenger"));
  EXPECT_FALSE(phone.state.launcher.searching);
}

TEST(AppSearch, TakesTheKeyboardEnterAndBack) {
  HandPhone phone;
  phone.swipe({180, 400}, {180, 600});
  for (const char* key : {"s", "h", "e"}) phone.tap(std::string("ime.key.") + key);
  EXPECT_EQ(phone.state.ime.composing, "she");
  phone.tap("ime.key.enter");  // the letters as they are
  EXPECT_EQ(phone.state.launcher.query, "she");
  EXPECT_TRUE(phone.shows("launcher.icon.settings"));
  phone.tap("ime.key.enter");
  EXPECT_EQ(phone.screen_id(), "settings/home");
  phone.apply(event::Home{});
  phone.swipe({180, 400}, {180, 600});
  EXPECT_TRUE(phone.state.launcher.query.empty());
  phone.apply(event::Type{"没有这个"});
  EXPECT_TRUE(phone.says("没有找到应用"));
  phone.apply(event::Back{});
  EXPECT_FALSE(phone.shows("launcher.search.field"));
  EXPECT_EQ(phone.apply(event::Type{"a"}), ActionOutcome::kNoTarget);
}

TEST(Launcher, DiffersFromWorldToWorld) {
  std::set<std::vector<std::int16_t>> orders;
  std::set<std::string> wallpapers;
  std::set<std::int64_t> batteries;
  std::set<std::string> owners;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
    HandPhone phone(seed);
    EXPECT_EQ(phone.state.icon_order, HandPhone(seed).state.icon_order);
    orders.insert(phone.state.icon_order);
    wallpapers.insert(std::string(phone.phone("wallpaper").as_text()));
    batteries.insert(phone.phone("battery").as_int());
    owners.insert(std::string(phone.phone("owner").as_text()));
  }
  EXPECT_GE(orders.size(), 7u);
  EXPECT_GE(wallpapers.size(), 4u);
  EXPECT_GE(batteries.size(), 5u);
  EXPECT_GE(owners.size(), 6u);
}

TEST(Launcher, ThePhoneHasOneOwner) {
  HandPhone phone;
  const app::AppSet& apps = phone.machine.apps();
  const auto text = [&](std::string_view id, std::string_view name) {
    const int app = apps.find(id);
    const int var = apps.apps[std::size_t(app)].var(name);
    return phone.state.world.apps[std::size_t(app)]->vars[std::size_t(var)].as_text();
  };
  EXPECT_EQ(text("messenger", "my_name"), phone.phone("owner").as_text());
  EXPECT_EQ(text("settings", "account_name"), phone.phone("owner").as_text());
  EXPECT_EQ(text("settings", "account_phone"), phone.phone("own_number").as_text());
}

TEST(IconMenu, LeadsToWhatSettingsKnowsOfTheApp) {
  HandPhone phone;
  ASSERT_EQ(phone.hold("launcher.icon.train"), ActionOutcome::kApplied);
  EXPECT_TRUE(phone.says("应用信息"));
  phone.tap("launcher.menu.info");
  EXPECT_EQ(phone.screen_id(), "settings/app");
  EXPECT_TRUE(phone.says("铁路行"));
  phone.apply(event::Home{});
  phone.hold("launcher.icon.shop");
  phone.tap("launcher.menu.notices");
  EXPECT_EQ(phone.screen_id(), "settings/notice");
  EXPECT_TRUE(phone.says("淘好物通知"));
}

TEST(IconMenu, ClosesBesideItAndByBack) {
  HandPhone phone;
  for (const bool back : {true, false}) {
    phone.hold("launcher.icon.train");
    EXPECT_TRUE(phone.shows("launcher.menu.remove"));
    if (back) {
      phone.apply(event::Back{});
    } else {
      phone.tap(Point{180, 20});
    }
    EXPECT_FALSE(phone.shows("launcher.menu.remove"));
    EXPECT_EQ(phone.state.launcher, sim::Launcher{});
  }
}

TEST(IconMenu, WhatLeftTheHomeScreenIsFoundBySearch) {
  HandPhone phone;
  phone.hold("launcher.icon.train");
  phone.tap("launcher.menu.remove");
  EXPECT_FALSE(phone.shows("launcher.icon.train"));
  EXPECT_TRUE(phone.shows("launcher.icon.shop"));
  phone.swipe({180, 400}, {180, 600});
  phone.apply(event::Type{"铁路"});
  ASSERT_TRUE(phone.shows("launcher.icon.train"));
  phone.hold("launcher.icon.train");
  EXPECT_FALSE(phone.shows("launcher.menu.remove"));  // it is on no page
  EXPECT_TRUE(phone.shows("launcher.menu.info"));
  phone.apply(event::Back{});
  phone.open("train");
  EXPECT_EQ(phone.screen_id(), "train/home");
}

TEST(IconMenu, ComesOutOfFoldersToo) {
  HandPhone phone;
  sim::put_into_folders(phone.state);
  const int first = phone.state.folders[0].apps[0];
  const std::string icon =
      "launcher.icon." + phone.machine.apps().apps[std::size_t(first)].id;
  phone.tap("launcher.folder.0");
  phone.hold(icon);
  phone.tap("launcher.menu.remove");
  EXPECT_EQ(phone.state.launcher, sim::Launcher{});
  phone.tap("launcher.folder.0");
  EXPECT_FALSE(phone.shows(icon));
}

TEST(Folders, OpenShowTheirAppsAndClose) {
  HandPhone phone;
  sim::put_into_folders(phone.state);
  ASSERT_EQ(phone.state.folders.size(), 1u);
  const AppSpec& inside =
      phone.machine.apps().apps[std::size_t(phone.state.folders[0].apps[0])];
  const std::string icon = "launcher.icon." + inside.id;
  EXPECT_FALSE(phone.shows(icon));
  phone.tap("launcher.folder.0");
  EXPECT_TRUE(phone.shows(icon));
  phone.tap(Point{180, 150});  // beside it
  EXPECT_FALSE(phone.shows(icon));
  phone.tap("launcher.folder.0");
  phone.tap(icon);
  EXPECT_EQ(phone.state.front_app(), phone.machine.apps().find(inside.id));
}

// ---- keyboard
// -----------------------------------------------------------------------------

TEST(Keyboard, HasAPageOfMarks) {
  HandPhone phone;
  phone.show("settings", "device_name");
  phone.tap("settings.device_name.name");
  phone.apply(event::Clear{});
  phone.tap("ime.key.digits");
  phone.tap("ime.key.symbols");
  phone.tap("ime.key.symbol.2");
  phone.tap("ime.key.symbol.14");
  EXPECT_TRUE(phone.says("？@"));
  phone.tap("ime.key.letters");
  EXPECT_TRUE(phone.shows("ime.key.q"));
}

// ---- settings that show
// -------------------------------------------------------------------

TEST(StatusBar, ShowsWhatIsSwitchedOn) {
  HandPhone phone;
  const auto icons = [&] {
    std::set<std::string> names;
    for (const layout::Draw& draw : phone.frame().draws)
      if (draw.shape == layout::Shape::kIcon && draw.rect.y < 32) names.insert(draw.text);
    return names;
  };
  EXPECT_TRUE(icons().contains("wifi"));
  EXPECT_FALSE(icons().contains("airplane"));
  const std::string charge = std::to_string(phone.phone("battery").as_int());
  EXPECT_TRUE(phone.says(charge));
  for (const char* name : {"airplane", "bluetooth", "do_not_disturb"})
    phone.phone(name) = Value::of_bool(true);
  phone.phone("wifi") = Value::of_bool(false);
  phone.phone("battery_percent") = Value::of_bool(false);
  EXPECT_TRUE(icons().contains("airplane"));
  EXPECT_TRUE(icons().contains("bluetooth"));
  EXPECT_TRUE(icons().contains("sleep"));
  EXPECT_FALSE(icons().contains("wifi"));
  EXPECT_FALSE(phone.says(charge));
  phone.phone("do_not_disturb") = Value::of_bool(false);
  phone.phone("ring_volume") = Value::of_int(0);
  EXPECT_TRUE(icons().contains("bell-off"));
}

TEST(Wallpaper, IsTheOneThatWasChosen) {
  HandPhone phone;
  const auto picture = [&] { return phone.frame().draws.front().seed; };
  const auto first = picture();
  phone.phone("wallpaper") = Value::of_text("晚霞");
  EXPECT_NE(picture(), first);
}

// ---- language
// -----------------------------------------------------------------------------

TEST(Language, ThePhoneItselfSpeaksEnglish) {
  HandPhone phone;
  phone.phone("language") = Value::of_text("English");
  phone.notify("messenger", "小林");
  phone.swipe(kTopLeft, {90, 400});
  EXPECT_TRUE(phone.says("Clear all"));
  EXPECT_FALSE(phone.says("全部清除"));
  phone.tap("phone.shade.turn");
  EXPECT_TRUE(phone.says("Bluetooth"));
  phone.apply(event::Home{});
  phone.apply(event::Recents{});
  EXPECT_TRUE(phone.says("No recent apps"));
}

}  // namespace
}  // namespace paperphone::testing

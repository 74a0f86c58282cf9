#include "env/layout/layout.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "env/phone/phone_env.h"

namespace paperphone::layout {
namespace {

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, false);
  return loaded;
}

std::unique_ptr<PhoneEnv> phone(const std::string& task, std::uint64_t seed = 1) {
  auto env = std::make_unique<PhoneEnv>(shared(), PhoneEnvConfig{.pixels = false});
  ResetOptions options;
  options.task_id = task;
  env->reset(seed, options);
  return env;
}

const Node* find(const Frame& frame, std::string_view address) {
  for (const Node& node : frame.nodes) {
    if (node.address == address) return &node;
  }
  return nullptr;
}

TEST(Layout, TheLauncherShowsEveryAppOnce) {
  auto env = phone("settings/toggle_dark_mode");
  for (const char* app : {"messenger", "settings", "shop", "train"}) {
    const std::string address = std::string("launcher.icon.") + app;
    const auto& nodes = env->frame().nodes;
    EXPECT_EQ(std::count_if(nodes.begin(), nodes.end(),
                            [&](const Node& n) { return n.address == address; }),
              1)
        << address;
  }
}

TEST(Layout, NodesAndShapesStayOnTheScreen) {
  auto env = phone("shop/add_to_cart");
  Rng rng(3);
  const Rect screen{0, 0, 360, 800};
  for (int i = 0; i < 15; ++i) {
    const Frame& frame = env->frame();
    for (const Node& node : frame.nodes) {
      EXPECT_GE(node.rect.x, 0) << node.address;
      EXPECT_GE(node.rect.y, 0) << node.address;
      EXPECT_LE(node.rect.x + node.rect.width, screen.width) << node.address;
      EXPECT_LE(node.rect.y + node.rect.height, screen.height) << node.address;
    }
    for (const Draw& draw : frame.draws) EXPECT_FALSE(draw.clip.empty());
    const Action action = env->advice().actions.front().action;
    if (env->step(action).terminated) break;
  }
}

TEST(Layout, TheKeyboardShrinksThePageAndHasItsKeys) {
  auto env = phone("messenger/send_message", 2);
  for (int i = 0; i < 10 && !find(env->frame(), "ime.key.a"); ++i) {
    env->step(env->advice().actions.front().action);
  }
  const Frame& frame = env->frame();
  const Node* key = find(frame, "ime.key.a");
  ASSERT_NE(key, nullptr);
  for (const char* name : {"q", "m", "space", "backspace", "enter", "digits"}) {
    EXPECT_NE(find(frame, std::string("ime.key.") + name), nullptr) << name;
  }
  EXPECT_LE(frame.scroll_area.y + frame.scroll_area.height, key->rect.y);
  const Node* focused = nullptr;
  for (const Node& node : frame.nodes) {
    if (node.focused) focused = &node;
  }
  ASSERT_NE(focused, nullptr);
  EXPECT_LT(focused->rect.y, key->rect.y);
}

TEST(Layout, ADialogCoversThePageBelow) {
  auto env = phone("messenger/delete_contact");
  for (int i = 0; i < 14 && !find(env->frame(), "scrim"); ++i) {
    env->step(env->advice().actions.front().action);
  }
  const Frame& frame = env->frame();
  ASSERT_NE(find(frame, "scrim"), nullptr);
  // Nothing of the page can be touched any more.
  const Node* hit = frame.hit({180, 60});
  ASSERT_NE(hit, nullptr);
  EXPECT_EQ(hit->address, "scrim");
}

TEST(Layout, EqualStatesGiveEqualFrames) {
  auto a = phone("train/read_notice"), b = phone("train/read_notice");
  EXPECT_EQ(hash_draws(a->frame()), hash_draws(b->frame()));
  a->step(OpenApp{"铁路行"});
  EXPECT_NE(hash_draws(a->frame()), hash_draws(b->frame()));
}

TEST(Layout, DarkModeAndLargeFontsChangeThePicture) {
  auto env = std::make_unique<PhoneEnv>(shared(), PhoneEnvConfig{.pixels = false});
  std::vector<Hash128> hashes;
  for (const Variation& variation :
       {Variation{}, Variation{.dark = true}, Variation{.font_percent = 130}}) {
    ResetOptions options;
    options.task_id = "settings/toggle_dark_mode";
    options.variation = variation;
    if (variation.dark) options.task_id = "settings/bluetooth_on";
    env->reset(1, options);
    env->step(OpenApp{"设置"});
    hashes.push_back(hash_draws(env->frame()));
    EXPECT_NE(find(env->frame(), "settings.home.search"), nullptr);
  }
  EXPECT_NE(hashes[0], hashes[1]);
  EXPECT_NE(hashes[0], hashes[2]);
}

}  // namespace
}  // namespace paperphone::layout

#include "env/space.h"

#include <gtest/gtest.h>

#include <set>

namespace paperphone {
namespace {

TEST(ActionSpace, ContainsWhatItSamplesAndSamplesEveryKind) {
  const ActionSpace space{360, 800, {"信聊", "设置"}};
  Rng rng(1);
  std::set<std::string_view> kinds;
  for (int i = 0; i < 5000; ++i) {
    const Action action = space.sample(rng);
    EXPECT_TRUE(space.contains(action)) << action_to_json(action);
    kinds.insert(action_name(action));
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<Action>);
}

TEST(ActionSpace, RefusesPointsOffTheScreenAndUnknownApps) {
  const ActionSpace space{360, 800, {"信聊"}};
  EXPECT_FALSE(space.contains(Click{{360, 10}}));
  EXPECT_FALSE(space.contains(Click{{0, -1}}));
  EXPECT_FALSE(space.contains(OpenApp{"不存在"}));
  EXPECT_EQ(space.describe(), "MobileUse(360x800, 1 apps)");
}

TEST(BoxSpace, ContainsImagesOfItsShapeOnly) {
  const BoxSpace space{.height = 2, .width = 3};
  std::vector<std::uint8_t> bytes(18);
  EXPECT_TRUE(space.contains({bytes, 2, 3}));
  EXPECT_FALSE(space.contains({bytes, 3, 2}));
  EXPECT_FALSE(space.contains({std::span(bytes).first(17), 2, 3}));
  EXPECT_EQ(space.describe(), "Box(0, 255, (2, 3, 3), uint8)");
}

}  // namespace
}  // namespace paperphone

// Rows of the gallery that say what they are: messages, packets, posts, coupons, codes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/layout/gallery.h"

namespace paperphone::layout {

using app::Value;
namespace event = sim::event;

namespace {

TEST_F(Gallery, AUsedCouponIsGrey) {
  show("parts");
  EXPECT_EQ(tap("gallery.parts.coupons.coupon[2].use", 4000), ActionOutcome::kDisabled);
  EXPECT_EQ(tap("gallery.parts.coupons.coupon[0].use", 4000), ActionOutcome::kApplied);
  EXPECT_EQ(tap("gallery.parts.coupons.coupon[0].use", 4000), ActionOutcome::kDisabled);
}

TEST_F(Gallery, CountdownsRunOnThePhonesClock) {
  show("parts");
  EXPECT_FALSE(says("59"));  // a whole day is left
  machine.apply(state, event::Tick{1000});
  EXPECT_TRUE(says("59"));
  machine.apply(state, event::Tick{26 * 3'600'000});
  EXPECT_TRUE(says("已超时"));
}

TEST_F(Gallery, AMessageIsAPictureAVoiceACardOrAPacketByWhatItsRowHas) {
  show("group");
  const Frame frame = run(4000);
  const auto words = [&](int row) {
    const Node* node =
        find(frame, fmt::format("gallery.group.messages.message[{}]", row));
    return node != nullptr ? node->text : "";
  };
  EXPECT_EQ(words(0), "周末去滨江公园露营吗？");
  EXPECT_EQ(words(2), "图片");
  EXPECT_EQ(words(4), "语音，6秒");
  EXPECT_EQ(words(6), "分享，露营灯 三档调光 充电款 防水挂钩");
  EXPECT_EQ(words(8), "红包，先垫付的烤串钱，多退少补");
  EXPECT_TRUE(says("6″"));
  EXPECT_FALSE(says("[语音]"));
  const auto written = [&](std::string_view name) {
    return std::any_of(frame.draws.begin(), frame.draws.end(), [&](const Draw& d) {
      return d.shape == Shape::kText && d.text == name;
    });
  };
  EXPECT_TRUE(written("陈一诺"));   // others are named,
  EXPECT_FALSE(written("林小满"));  // oneself is not
}

TEST_F(Gallery, AVoiceMessageIsAsLongAsItLasts) {
  show("group");
  const Frame frame = run(4000);
  EXPECT_GT(find(frame, "gallery.group.messages.message[5]")->rect.width,
            find(frame, "gallery.group.messages.message[4]")->rect.width + 50);
}

TEST_F(Gallery, APacketIsOpenedByATransition) {
  show("group");
  const auto before = hash_draws(run(4000));
  EXPECT_EQ(tap("gallery.group.messages.message[8]", 4000), ActionOutcome::kApplied);
  EXPECT_EQ(state.toast.text, "已存入零钱");
  state.toast = {};
  EXPECT_NE(hash_draws(run(4000)), before);
}

TEST_F(Gallery, APostHasThreeThingsToDoBelowIt) {
  show("friends");
  const bool liked = table("note").find(0)->cells[4].as_bool();
  tap("gallery.friends.posts.post[0].like", 4000);
  EXPECT_EQ(table("note").find(0)->cells[4].as_bool(), !liked);
  tap("gallery.friends.posts.post[0].share", 4000);
  EXPECT_EQ(state.toast.text, "已转发");
  tap("gallery.friends.posts.post[0].comment", 4000);
  EXPECT_EQ(spec().screens[std::size_t(state.top()->screen)].id, "reply");
}

TEST_F(Gallery, ACodeDependsOnWhatItSays) {
  show("my_code");
  const auto one = hash_draws(run());
  EXPECT_EQ(hash_draws(run()), one);
  state.world.apps[std::size_t(app)].edit().vars[std::size_t(spec().var("name"))] =
      Value::of_text("林小满");
  EXPECT_NE(hash_draws(run()), one);
}

}  // namespace
}  // namespace paperphone::layout

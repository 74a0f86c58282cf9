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

TEST_F(Gallery, FacesAreTouchedByThemselvesAndSoAreAPostsPictures) {
  show("group");
  EXPECT_EQ(tap("gallery.group.messages.message[0].avatar", 4000),
            ActionOutcome::kApplied);
  EXPECT_TRUE(state.toast.text.ends_with("的主页"));
  show("friends");
  tap("gallery.friends.cover.avatar", 4000);
  EXPECT_EQ(state.toast.text, "我的主页");
  tap("gallery.friends.cover", 4000);
  EXPECT_EQ(state.toast.text, "换封面");
  const Frame frame = run(4000);
  const auto pictured = std::find_if(
      frame.nodes.begin(), frame.nodes.end(),
      [](const Node& n) { return n.address.ends_with("].pictures"); });
  ASSERT_NE(pictured, frame.nodes.end());
  EXPECT_EQ(tap(pictured->address, 4000), ActionOutcome::kApplied);
  EXPECT_TRUE(var("near").as_bool());
  EXPECT_EQ(find(run(4000), "gallery.friends.cover")->role, Role::kButton);
}

TEST_F(Gallery, WhatAMessageQuotesStandsBelowIt) {
  show("group");
  EXPECT_TRUE(says("谁带炉子？"));
}

TEST_F(Gallery, TheLastSignOfAnInputBarGivesWayToItsButton) {
  show("group");
  const auto x = [&](std::string_view part) {
    const Frame frame = run();
    const Node* node = find(frame, fmt::format("gallery.group.words{}", part));
    return node != nullptr ? node->rect.x : -1;
  };
  EXPECT_LT(x(".voice"), x(""));
  EXPECT_LT(x(""), x(".smile"));
  EXPECT_LT(x(".smile"), x(".plus"));
  EXPECT_EQ(x(".send"), -1);
  tap("gallery.group.words");
  machine.apply(state, event::Type{"我带"});
  EXPECT_EQ(x(".plus"), -1);
  EXPECT_LT(x(".smile"), x(".send"));
  EXPECT_EQ(tap("gallery.group.words.send"), ActionOutcome::kApplied);
  EXPECT_EQ(tap("gallery.group.words.plus"), ActionOutcome::kApplied);
}

TEST_F(Gallery, APictureIsShownLargerInItsPlace) {
  show("detail");
  const auto picture = [&] {
    const Frame frame = run();
    return *std::find_if(frame.draws.begin(), frame.draws.end(),
                         [](const Draw& d) { return d.shape == Shape::kPicture; });
  };
  const Draw before = picture();
  EXPECT_EQ(tap("gallery.detail.photo"), ActionOutcome::kApplied);
  const Draw after = picture();
  EXPECT_EQ(after.rect.width, 2 * before.rect.width);
  EXPECT_EQ(after.rect.center(), before.rect.center());
  EXPECT_EQ(after.clip, before.rect);
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

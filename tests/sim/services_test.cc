// What apps ask of the phone: permissions, sharing, notifications that lead somewhere.
#include "tests/sim/toy_phone.h"

namespace paperphone::sim::testing {
namespace {

ActionOutcome answer(ToyPhone& phone, int button) {
  return phone.apply(
      event::Tap{{.where = Target::Where::kDialogButton, .part = button}});
}

TEST(Ask, TheTransitionWaitsForTheAnswer) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("locate");
  ASSERT_EQ(phone.state.dialogs.size(), 1u);
  EXPECT_EQ(phone.state.dialogs[0].title, "是否允许“玩具”获取此设备的位置信息？");
  EXPECT_EQ(phone.text("log"), "");
  answer(phone, int(sim::Grant::kWhileUsing));
  EXPECT_EQ(phone.text("log"), "located");
  EXPECT_EQ(phone.screen_id(), "toy/form");
}

TEST(Ask, TheAnswerIsRemembered) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("locate");
  answer(phone, int(sim::Grant::kDenied));
  EXPECT_EQ(phone.screen_id(), "toy/home");
  phone.tap("locate");
  EXPECT_TRUE(phone.state.dialogs.empty());
  EXPECT_EQ(phone.text("log"), "");
  EXPECT_NE(phone.state.toast.text, "");
  phone.state.grants[0].grant = Grant::kAlways;
  phone.tap("locate");
  EXPECT_EQ(phone.text("log"), "located");
}

TEST(Ask, BackLeavesTheQuestionOpen) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("locate");
  phone.back();
  EXPECT_TRUE(phone.state.dialogs.empty());
  EXPECT_TRUE(phone.state.grants.empty());
  phone.tap("locate");
  EXPECT_EQ(phone.state.dialogs.size(), 1u);
}

TEST(Share, TheSheetHandsTheTextToAnotherApp) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("item", "梨");
  phone.tap("share");
  ASSERT_EQ(phone.state.dialogs.size(), 1u);
  EXPECT_EQ(phone.state.dialogs[0].buttons, (std::vector<std::string>{"便签", "取消"}));
  answer(phone, 1);
  EXPECT_EQ(phone.screen_id(), "toy/detail");
  phone.tap("share");
  answer(phone, 0);
  EXPECT_EQ(phone.screen_id(), "notes/received");
  EXPECT_EQ(phone.state.top()->args[0].as_text(), "看看梨");
}

TEST(Notify, LeadsToTheScreenItNames) {
  ToyPhone phone;
  phone.open("toy");
  phone.tap("item", "梨");
  phone.tap("remind");
  ASSERT_EQ(phone.state.notifications.size(), 1u);
  phone.apply(event::Home{});
  phone.apply(event::PullShade{Shade::kNotices});
  phone.apply(event::Tap{{.where = Target::Where::kShade, .part = kShadeNotice}});
  EXPECT_EQ(phone.screen_id(), "toy/detail");
  EXPECT_TRUE(phone.state.notifications.empty());
  EXPECT_EQ(phone.state.shade, sim::Shade::kClosed);
}

}  // namespace
}  // namespace paperphone::sim::testing

// Long presses on text, the menu beside it, the clipboard.
#include "tests/phone/hand_phone.h"

namespace paperphone::testing {

namespace event = sim::event;

namespace {

class Selecting : public ::testing::Test {
 protected:
  Selecting() {
    phone.show("settings", "device_name");
    phone.tap(kField);
    phone.apply(event::Clear{});
  }
  std::string typed() const {
    const auto settings = std::size_t(phone.machine.apps().find("settings"));
    const int draft = phone.machine.apps().apps[settings].var("device_name.draft");
    return std::string(
        phone.state.world.apps[settings]->vars[std::size_t(draft)].as_text());
  }
  ActionOutcome type(std::string_view text) {
    return phone.apply(event::Type{std::string(text)});
  }

  static constexpr std::string_view kField = "settings.device_name.name";
  HandPhone phone;
};

TEST_F(Selecting, CopiesAndPastesTheLastWord) {
  type("hello world");
  phone.hold(kField);
  EXPECT_TRUE(phone.shows("phone.selection.cut"));
  EXPECT_TRUE(phone.shows("phone.selection.select_all"));
  EXPECT_FALSE(phone.shows("phone.selection.paste"));  // nothing to paste yet
  phone.tap("phone.selection.copy");
  EXPECT_EQ(phone.state.clipboard, "world");
  EXPECT_FALSE(phone.state.selection.open());
  EXPECT_TRUE(phone.says("已复制"));
  phone.apply(event::Clear{});
  phone.hold(kField);
  EXPECT_FALSE(phone.shows("phone.selection.copy"));
  phone.tap("phone.selection.paste");
  EXPECT_EQ(typed(), "world");
}

TEST_F(Selecting, SelectAllAndCutEmptyTheField) {
  type("hello world");
  phone.hold(kField);
  phone.tap("phone.selection.select_all");
  EXPECT_FALSE(phone.shows("phone.selection.select_all"));
  phone.tap("phone.selection.cut");
  EXPECT_EQ(phone.state.clipboard, "hello world");
  EXPECT_EQ(typed(), "");
}

TEST_F(Selecting, TypingReplacesWhatIsSelected) {
  type("hello world");
  phone.hold(kField);
  type("there");
  EXPECT_EQ(typed(), "hello there");
}

TEST_F(Selecting, BackspaceErasesWhatIsSelected) {
  type("hello world");
  phone.hold(kField);
  phone.tap("ime.key.backspace");
  EXPECT_EQ(typed(), "hello ");
}

TEST_F(Selecting, BackOrATouchElsewhereClosesTheMenu) {
  type("hello");
  phone.hold(kField);
  phone.apply(event::Back{});
  EXPECT_FALSE(phone.state.selection.open());
  EXPECT_EQ(phone.screen_id(), "settings/device_name");
  phone.hold(kField);
  phone.tap(Point{180, 440});
  EXPECT_FALSE(phone.state.selection.open());
}

TEST_F(Selecting, AnEmptyFieldWithAnEmptyClipboardOffersNothing) {
  EXPECT_EQ(phone.hold(kField), ActionOutcome::kApplied);
  EXPECT_FALSE(phone.state.selection.open());
}

TEST(SelectingText, ATextOnThePageCanBeCopied) {
  HandPhone phone;
  phone.show("settings", "font");
  const layout::Frame frame = phone.frame();
  for (const layout::Node& node : frame.nodes) {
    if (node.text.find("银杏") == std::string::npos) continue;
    EXPECT_EQ(phone.follow(touch::hold_gesture(frame, node.rect.center())),
              ActionOutcome::kApplied);
    break;
  }
  phone.tap("phone.selection.copy");
  EXPECT_NE(phone.state.clipboard.find("银杏"), std::string::npos);
}

}  // namespace
}  // namespace paperphone::testing

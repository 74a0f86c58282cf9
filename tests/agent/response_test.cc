#include "agent/text/response.h"

#include <gtest/gtest.h>

#include "env/base/rng.h"

namespace paperphone::agent {
namespace {

const Action kEvery[] = {Click{{18, 40}},
                         LongPress{{1, 2}, 2},
                         Swipe{{1, 2}, {3, 4}},
                         TypeText{"你好\"\\\n"},
                         SystemButton{Button::kHome},
                         OpenApp{"信聊"},
                         Wait{2},
                         Terminate{},
                         Answer{"42"},
                         KeyPress{"volume_up"}};

TEST(Response, ReadsBackEveryActionItWrites) {
  for (const Action& action : kEvery)
    for (ThoughtStyle style : {ThoughtStyle::kFull, ThoughtStyle::kFast}) {
      const std::string text = format_response("在桌面", "点一下", action, style);
      const Response response = parse_response(text, style);
      EXPECT_TRUE(response.well_formed) << text << ": " << response.error;
      ASSERT_TRUE(response.action.has_value()) << text;
      EXPECT_EQ(*response.action, action);
      EXPECT_EQ(response.sentence, "点一下");
      EXPECT_EQ(response.thought, style == ThoughtStyle::kFull ? "在桌面" : "");
    }
}

TEST(Response, ABareCallStillActsButIsNotWellFormed) {
  const Response response = parse_response(
      R"({"name":"mobile_use","arguments":{"action":"click","coordinate":[5,6]}})",
      ThoughtStyle::kFull);
  EXPECT_FALSE(response.well_formed);
  ASSERT_TRUE(response.action.has_value());
  EXPECT_EQ(*response.action, Action(Click{{5, 6}}));
}

TEST(Response, NothingIsWellFormedWithATagMissingRepeatedOrOutOfOrder) {
  const std::string good =
      format_response("a", "b", Click{{1, 2}}, ThoughtStyle::kFull);
  const auto well_formed = [](const std::string& text) {
    return parse_response(text, ThoughtStyle::kFull).well_formed;
  };
  ASSERT_TRUE(well_formed(good));
  for (const char* tag : {"<think>", "</think>", "<action>", "</action>", "<tool_call>",
                          "</tool_call>"}) {
    std::string text = good;
    text.erase(text.find(tag), std::string_view(tag).size());
    EXPECT_FALSE(well_formed(text)) << "without " << tag;
  }
  EXPECT_FALSE(well_formed(good + good));
  EXPECT_FALSE(
      well_formed(format_response("", "b", Click{{1, 2}}, ThoughtStyle::kFast) +
                  "<think>a</think>"));
}

TEST(Response, NeverThrowsOnAnyBytes) {
  Rng rng(17);
  const std::string good =
      format_response("在", "点", Click{{1, 2}}, ThoughtStyle::kFull);
  for (int i = 0; i < 3000; ++i) {
    std::string text = good;
    for (int n = int(rng.below(6)); n >= 0; --n) {
      const auto at = std::size_t(rng.below(text.size() + 1));
      if (rng.chance(0.5))
        text.insert(at, 1, char(rng.below(256)));
      else
        text.erase(at, rng.below(8));
    }
    (void)parse_response(text, ThoughtStyle::kFull);
  }
  (void)parse_response(std::string(100000, '{'), ThoughtStyle::kFast);
  (void)parse_response(std::string(100000, '['), ThoughtStyle::kFast);
}

TEST(PointMap, GoesThereAndBackAndStaysOnTheScreen) {
  const PointMap map{.screen_width = 1080,
                     .screen_height = 2400,
                     .image_width = 504,
                     .image_height = 1120};
  const Action there = map.to_image(Click{{540, 1200}});
  EXPECT_EQ(there, Action(Click{{252, 560}}));
  const Point back = std::get<Click>(map.to_screen(there)).point;
  EXPECT_NEAR(back.x, 540, 2);
  EXPECT_NEAR(back.y, 1200, 2);
  const Action outside = map.to_screen(Click{{9999, -5}});
  EXPECT_EQ(outside, Action(Click{{1079, 0}}));
}

}  // namespace
}  // namespace paperphone::agent

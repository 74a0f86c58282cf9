#include "agent/text/response.h"

#include <gtest/gtest.h>

#include <limits>

#include "env/base/overloaded.h"
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
      const std::string text = format_response({.thought = "在桌面", .sentence = "点一下"}, action, style);
      const Response response = parse_response(text, style);
      EXPECT_TRUE(response.well_formed) << text << ": " << response.error;
      ASSERT_TRUE(response.action.has_value()) << text;
      EXPECT_EQ(*response.action, action);
      EXPECT_EQ(response.sentence, "点一下");
      EXPECT_EQ(response.thought, style == ThoughtStyle::kFull ? "在桌面" : "");
    }
}

TEST(Response, ANoteMayStandBetweenThoughtAndSentence) {
  for (ThoughtStyle style : {ThoughtStyle::kFull, ThoughtStyle::kFast}) {
    const std::string text = format_response(
        {.thought = "看到了", .note = "版本号是3.0.12", .sentence = "返回"}, Wait{1}, style);
    const Response response = parse_response(text, style);
    EXPECT_TRUE(response.well_formed) << response.error;
    EXPECT_EQ(response.note, "版本号是3.0.12");
    EXPECT_EQ(parse_response("<note>x</note>" + text, style).error,
              "<note> occurs more than once");
  }
  const auto error_of = [](std::string_view text) {
    return parse_response(text, ThoughtStyle::kFast).error;
  };
  const std::string good =
      format_response({.sentence = "返回"}, Wait{1}, ThoughtStyle::kFast);
  EXPECT_EQ(error_of(good), "");
  EXPECT_EQ(error_of(good + "<note>x</note>"), "the tags are out of order");
  EXPECT_EQ(error_of("<note></note>" + good), "<note> is empty");
  EXPECT_EQ(error_of("<note>x" + good), "<note> is not closed");
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
      format_response({.thought = "a", .sentence = "b"}, Click{{1, 2}}, ThoughtStyle::kFull);
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
      well_formed(format_response({.thought = "", .sentence = "b"}, Click{{1, 2}}, ThoughtStyle::kFast) +
                  "<think>a</think>"));
}

const std::string kSentence = "<action>点一下</action>";
const std::string kThought = "<think>在桌面</think>";
const std::string kOpen = "<tool_call>", kClose = "</tool_call>";
const std::string kCall =
    R"({"name":"mobile_use","arguments":{"action":"click","coordinate":[18,40]}})";
const std::string kOtherCall =
    R"({"name":"mobile_use","arguments":{"action":"terminate","status":"success"}})";

struct FormatCase {
  const char* name;
  std::string text;
};

TEST(Response, ThreePartsWithWhiteSpaceAroundThemAreWellFormed) {
  const FormatCase fast[] = {
      {"the plain response", kSentence + kOpen + kCall + kClose},
      {"white space around the parts",
       "\n" + kSentence + "\n" + kOpen + "\n" + kCall + "\n" + kClose + "\n"},
      {"tabs and returns",
       "\t\r\n" + kSentence + " \r\n" + kOpen + " " + kCall + kClose + "  "},
      {"white space in the call",
       kSentence + kOpen +
           "{ \"name\" : \"mobile_use\",\n \"arguments\" : {\"action\":\"click\", "
           "\"coordinate\": [18, 40]} }" +
           kClose},
      {"the arguments in front",
       kSentence + kOpen +
           R"({"arguments":{"coordinate":[18,40],"action":"click"},"name":"mobile_use"})" +
           kClose},
      {"braces in a text",
       kSentence + kOpen +
           R"({"name":"mobile_use","arguments":{"action":"type","text":"}{ [\"} ok"}})" +
           kClose},
      {"braces in the sentence",
       "<action>输入{名字}</action>" + kOpen + kCall + kClose}};
  for (const auto& [name, text] : fast) {
    const Response response = parse_response(text, ThoughtStyle::kFast);
    EXPECT_TRUE(response.well_formed) << name << ": " << response.error;
    EXPECT_TRUE(response.action.has_value()) << name;
    const Response full = parse_response(kThought + "\n" + text, ThoughtStyle::kFull);
    EXPECT_TRUE(full.well_formed) << name << ": " << full.error;
  }
}

TEST(Response, NothingElseBetweenOrInsideThePartsIsWellFormed) {
  const std::string fence = "```";
  const FormatCase fast[] = {
      {"prose between the parts",
       kSentence + "好的，下面我来调用工具。" + kOpen + kCall + kClose},
      {"another part between the parts",
       kSentence + "<answer>done</answer>" + kOpen + kCall + kClose},
      {"prose in front of the call", kSentence + kOpen + "让我想想，" + kCall + kClose},
      {"prose behind the call", kSentence + kOpen + kCall + "这样就可以了" + kClose},
      {"a code fence",
       kSentence + kOpen + fence + "json\n" + kCall + "\n" + fence + kClose},
      {"a code fence around the part",
       kSentence + fence + kOpen + kCall + kClose + fence},
      {"two calls in one part", kSentence + kOpen + kCall + "\n" + kOtherCall + kClose},
      {"the same call twice", kSentence + kOpen + kCall + kCall + kClose},
      {"a list of one call", kSentence + kOpen + "[" + kCall + "]" + kClose},
      {"a list of two calls",
       kSentence + kOpen + "[" + kCall + "," + kOtherCall + "]" + kClose},
      {"a stray brace behind", kSentence + kOpen + kCall + "}" + kClose},
      {"a stray brace in front", kSentence + kOpen + "{" + kCall + kClose},
      {"a stray comma", kSentence + kOpen + kCall + "," + kClose},
      {"doubled braces", kSentence + kOpen + "{" + kCall + "}" + kClose},
      {"an empty object in front", kSentence + kOpen + "{}" + kCall + kClose},
      {"quotes around the call", kSentence + kOpen + "\"" + kCall + "\"" + kClose},
      {"a comment", kSentence + kOpen + "/* */" + kCall + kClose},
      {"two parts of calls",
       kSentence + kOpen + kCall + kClose + kOpen + kOtherCall + kClose},
      {"two sentences", kSentence + kSentence + kOpen + kCall + kClose},
      {"a part in itself", kSentence + kOpen + kOpen + kCall + kClose + kClose},
      {"the call in front of the sentence", kOpen + kCall + kClose + kSentence},
      {"the call inside the sentence",
       "<action>点" + kOpen + kCall + kClose + "</action>"},
      {"prose in front of all", "好的。" + kSentence + kOpen + kCall + kClose},
      {"prose behind all", kSentence + kOpen + kCall + kClose + "完成"},
      {"an end mark behind all", kSentence + kOpen + kCall + kClose + "<|im_end|>"},
      {"a thought that nobody asked for",
       kThought + kSentence + kOpen + kCall + kClose},
      {"a thought inside the sentence",
       "<action>" + kThought + "点</action>" + kOpen + kCall + kClose},
      {"half a thought", kSentence + "</think>" + kOpen + kCall + kClose},
      {"an empty sentence", "<action> \n</action>" + kOpen + kCall + kClose},
      {"an empty call", kSentence + kOpen + kClose},
      {"capitals in a tag", kSentence + "<TOOL_CALL>" + kCall + "</TOOL_CALL>"},
      {"full-width space", kSentence + "　" + kOpen + kCall + kClose},
      {"a zero byte", kSentence + std::string(1, '\0') + kOpen + kCall + kClose},
      {"a key twice in the call",
       kSentence + kOpen + R"({"name":"mobile_use",)" + kCall.substr(1) + kClose},
      {"a key twice in the arguments",
       kSentence + kOpen +
           R"({"name":"mobile_use","arguments":{"action":"click","action":"click","coordinate":[18,40]}})" +
           kClose},
      {"a key twice, once escaped",
       kSentence + kOpen +
           R"({"name":"mobile_use","n\u0061me":"mobile_use","arguments":{"action":"wait","time":1}})" +
           kClose},
      {"a key of another tool",
       kSentence + kOpen + R"({"id":1,)" + kCall.substr(1) + kClose},
      {"an argument too many",
       kSentence + kOpen +
           R"({"name":"mobile_use","arguments":{"action":"click","coordinate":[18,40],"why":"x"}})" +
           kClose},
      {"another tool",
       kSentence + kOpen +
           R"({"name":"computer_use","arguments":{"action":"click","coordinate":[18,40]}})" +
           kClose},
      {"an impossible action",
       kSentence + kOpen + R"({"name":"mobile_use","arguments":{"action":"fly"}})" +
           kClose},
      {"a comma at the end",
       kSentence + kOpen + kCall.substr(0, kCall.size() - 1) + ",}" + kClose},
      {"single quotes",
       kSentence + kOpen +
           "{'name':'mobile_use','arguments':{'action':'wait','time':1}}" + kClose}};
  for (const auto& [name, text] : fast) {
    const Response response = parse_response(text, ThoughtStyle::kFast);
    EXPECT_FALSE(response.well_formed) << name;
    EXPECT_FALSE(response.error.empty()) << name;
    const bool has_thought = text.find("think>") != std::string::npos;
    if (!has_thought) {
      EXPECT_FALSE(parse_response(kThought + text, ThoughtStyle::kFull).well_formed)
          << name;
    }
  }
  const std::string rest = kSentence + kOpen + kCall + kClose;
  const FormatCase full[] = {
      {"prose behind the thought", kThought + "嗯嗯嗯嗯" + rest},
      {"prose in front of the thought", "嗯" + kThought + rest},
      {"no thought", rest},
      {"an empty thought", "<think>\n</think>" + rest},
      {"two thoughts", kThought + kThought + rest},
      {"a thought in a thought", "<think>" + kThought + "</think>" + rest},
      {"the thought behind the sentence",
       kSentence + kThought + kOpen + kCall + kClose},
      {"the thought at the end", rest + kThought},
      {"a part inside the thought",
       "<think>想" + kSentence + "</think>" + kOpen + kCall + kClose}};
  for (const auto& [name, text] : full)
    EXPECT_FALSE(parse_response(text, ThoughtStyle::kFull).well_formed) << name;
}

TEST(Response, FindsTheCallBehindWhateverStandsInFrontOfIt) {
  for (const std::string& text :
       {kSentence + kOpen + "让我想想，" + kCall + kClose,
        kSentence + kOpen + "{思考} " + kCall + kClose,
        kSentence + kOpen + "{}" + kCall + kClose,
        kSentence + kOpen + "{" + kCall + "}" + kClose,
        kSentence + kOpen + "{" + kCall + kClose,
        kSentence + kOpen + "[" + kCall + "]" + kClose,
        kSentence + kOpen + R"({"plan":"{"} )" + kCall + kClose,
        kSentence + kOpen + R"({"tool":)" + kCall + "}" + kClose,
        kSentence + kOpen + R"({"name":"other","arguments":{}})" + kCall + kClose,
        kSentence + kOpen + kCall + kOtherCall + kClose,
        kSentence + kOpen + kCall + "}" + kClose, "```json\n" + kCall + "\n```",
        "先看{桌面}，再" + kCall, kSentence + kOpen + kCall,
        std::string(100, '{') + kCall, kSentence + kOpen + kCall + kClose}) {
    const Response response = parse_response(text, ThoughtStyle::kFast);
    ASSERT_TRUE(response.action.has_value()) << text << ": " << response.error;
    EXPECT_EQ(*response.action, Action(Click{{18, 40}})) << text;
  }
}

TEST(Response, SaysWhatIsWrongWithTheFormat) {
  const std::pair<std::string, std::string> cases[] = {
      {kOpen + kCall + kClose, "<action> is missing"},
      {kSentence + kOpen + kCall, "<tool_call> is not closed"},
      {kSentence + kSentence + kOpen + kCall + kClose,
       "<action> occurs more than once"},
      {kOpen + kCall + kClose + kSentence, "the tags are out of order"},
      {kSentence + "嗯" + kOpen + kCall + kClose, "there is text outside the tags"},
      {"<action></action>" + kOpen + kCall + kClose, "<action> is empty"},
      {kThought + "\n" + kSentence + kOpen + kCall + kClose,
       "there is text outside the tags"},
      {kSentence + kOpen + "嗯" + kCall + kClose,
       "the tool call does not begin with {"},
      {kSentence + kOpen + kCall + kCall + kClose,
       "there is text behind the JSON object"},
      {kSentence + kOpen + "{}" + kClose, "the tool call does not name mobile_use"},
      {kSentence + kOpen + R"({"name":"mobile_use"})" + kClose,
       "the tool call has no arguments"},
      {kSentence + kOpen + R"({"id":1,)" + kCall.substr(1) + kClose,
       "the tool call has keys beside name and arguments"},
      {kSentence + kOpen + R"({"name":"mobile_use",)" + kCall.substr(1) + kClose,
       "the tool call has a key twice"}};
  for (const auto& [text, error] : cases)
    EXPECT_EQ(parse_response(text, ThoughtStyle::kFast).error, error) << text;
}

TEST(Response, NeverThrowsOnAnyBytes) {
  Rng rng(17);
  const std::string good =
      format_response({.thought = "在", .sentence = "点"}, Click{{1, 2}}, ThoughtStyle::kFull);
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
  // Within the length of a call: openings, strings and escapes that never end.
  for (const std::string piece :
       {"{", "{\"", "{\\\"", "{\"a\":[", "{}", "{\"a\":1}", "{ "}) {
    std::string text;
    while (text.size() + piece.size() < 65000) text += piece;
    (void)parse_response(text, ThoughtStyle::kFast);
    (void)parse_response(kSentence + kOpen + text + kClose, ThoughtStyle::kFast);
  }
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
  EXPECT_EQ(map.to_screen(Click{{510, -5}}), Action(Click{{1079, 0}}));
}

// The numbers a model may write: pixels of the screen, of a resized picture, thousandths.
struct Ruler {
  PointMap map;
  int over_x, over_y;  // the furthest that still means the edge
};
const std::vector<Ruler> kRulers = {{{360, 800, 360, 800}, 7, 16},
                                    {{1080, 2400, 504, 1120}, 10, 22},
                                    {{1080, 2400, 1000, 1000}, 20, 20}};

TEST(PointMap, ALittleBesideThePictureIsItsEdge) {
  for (const auto& [map, over_x, over_y] : kRulers) {
    const Point low{-over_x, -over_y},
        high{map.image_width - 1 + over_x, map.image_height - 1 + over_y},
        first{0, 0}, last{map.screen_width - 1, map.screen_height - 1};
    EXPECT_EQ(map.to_screen(Click{low}), Action(Click{first}));
    EXPECT_EQ(map.to_screen(Click{high}), Action(Click{last}));
    EXPECT_EQ(map.to_screen(LongPress{low, 2}), Action(LongPress{first, 2}));
    EXPECT_EQ(map.to_screen(LongPress{high, 2}), Action(LongPress{last, 2}));
    EXPECT_EQ(map.to_screen(Swipe{low, high}), Action(Swipe{first, last}));
    EXPECT_EQ(map.to_screen(Swipe{high, low}), Action(Swipe{last, first}));
  }
}

TEST(PointMap, FurtherOutIsOffTheScreenOnItsSide) {
  constexpr int kMost = std::numeric_limits<int>::max();
  for (const auto& [map, over_x, over_y] : kRulers) {
    const int right = map.image_width + over_x, below = map.image_height + over_y;
    const Point inside{map.image_width / 2, map.image_height / 2};
    const std::vector<Point> outside = {
        {-over_x - 1, inside.y}, {right, inside.y},   {inside.x, -over_y - 1},
        {inside.x, below},       {99999, inside.y},   {inside.x, 999'999},
        {-999'999, -999'999},    {kMost, -kMost - 1}, {-kMost - 1, kMost}};
    for (const Point p : outside) {
      const Action actions[] = {Click{p}, LongPress{p, 2}, Swipe{p, inside},
                                Swipe{inside, p}};
      for (const Action& action : actions) {
        SCOPED_TRACE(action_to_json(action));
        const Action mapped = map.to_screen(action);
        const Point got = std::visit(
            Overloaded{[](const OneOf<Click, LongPress> auto& a) { return a.point; },
                       [&](const Swipe& a) {
                         return map.is_on_screen(Click{a.from}) ? a.to : a.from;
                       },
                       [](const auto&) { return Point{}; }},
            mapped);
        EXPECT_FALSE(map.is_on_screen(mapped));
        EXPECT_EQ(got.x < 0, p.x < -over_x);
        EXPECT_EQ(got.x >= map.screen_width, p.x >= right);
        EXPECT_EQ(got.y < 0, p.y < -over_y);
        EXPECT_EQ(got.y >= map.screen_height, p.y >= below);
      }
    }
  }
}

TEST(PointMap, LeavesActionsWithoutPointsAlone) {
  const PointMap& map = kRulers[1].map;
  for (const Action& action :
       std::vector<Action>{KeyPress{"clear"}, TypeText{"字"}, SystemButton{},
                           OpenApp{"shop"}, Wait{}, Terminate{}, Answer{"三"}})
    EXPECT_TRUE(map.to_screen(action) == action && map.is_on_screen(action));
}

}  // namespace
}  // namespace paperphone::agent

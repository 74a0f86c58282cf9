// What was typed: the accessibility tree says it, and different texts look different.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "env/app/loader.h"
#include "env/app/world/generator.h"
#include "env/base/utf8.h"
#include "env/layout/layout.h"
#include "env/render/renderer.h"
#include "env/task/task.h"
#include "tests/phone_data.h"
#include "tests/steps.h"

namespace paperphone {
namespace {

namespace event = sim::event;
using layout::Node;

// An app with all components that can be typed into.
class TypingPhone : public ::testing::Test {
 protected:
  TypingPhone()
      : apps_(app::load_apps("tests/phone/typing_apps")),
        machine_(apps_),
        fonts_(layout::load_fonts("apps")),
        layout_(machine_, fonts_, kHeight),
        state_(machine_.initial_state(app::make_world(apps_, Rng(7)))) {
    show("all");
  }

  static constexpr int kHeight = 1600;  // all of it

  void show(std::string_view screen) {
    const int app = apps_.find("typing");
    machine_.apply(state_, event::Open{app});
    machine_.enter(state_, app, apps_.apps[std::size_t(app)].screen(screen), {});
  }
  Node node(std::string_view id) {
    for (const Node& node : layout_.run(state_).nodes)
      if (node.address.ends_with(id)) return node;
    ADD_FAILURE() << id << " is not on the screen";
    return {};
  }
  ActionOutcome tap(std::string_view id) {
    return machine_.apply(state_, event::Tap{node(id).target});
  }
  ActionOutcome type(std::string_view id, std::string_view text) {
    tap(id);
    return machine_.apply(state_, event::Type{std::string(text)});
  }
  bool tree_holds(std::string_view text) {
    const auto nodes = layout_.run(state_).nodes;
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](const Node& n) { return n.value == text; });
  }

  const app::AppSet apps_;
  const sim::Machine machine_;
  const layout::Fonts fonts_;
  const layout::Layout layout_;
  sim::PhoneState state_;
};

TEST_F(TypingPhone, AnEmptyFieldHoldsNothing) {
  for (const char* id :
       {".search", ".words", ".bare", ".secret", ".story", ".many", ".price", ".said"})
    EXPECT_EQ(node(id).value, "") << id;
  EXPECT_EQ(node(".words").text, "名称");
  EXPECT_EQ(node(".said").text, "发消息");
}

TEST_F(TypingPhone, EveryFieldHoldsWhatWasTypedIntoIt) {
  for (const char* id : {".search", ".words", ".story", ".said"}) {
    const std::string called = node(id).text;
    ASSERT_EQ(type(id, "文字甲乙 ab😀"), ActionOutcome::kApplied) << id;
    EXPECT_EQ(node(id).value, "文字甲乙 ab😀") << id;
    EXPECT_EQ(node(id).text, called) << id;  // what it is for stays
  }
  EXPECT_EQ(node(".bare").value, "文字甲乙 ab😀");  // the same bind
  type(".many", "12");
  EXPECT_EQ(node(".many").value, "12");
}

TEST_F(TypingPhone, NumbersAreAsTheyWereTyped) {
  const std::pair<const char*, const char*> kShown[] = {
      {"1", "1.00"}, {"2", "12.00"}, {".", "12."}, {"5", "12.5"}, {"0", "12.50"}};
  for (const auto& [typed, shown] : kShown) {
    type(".price", typed);
    EXPECT_EQ(node(".price").value, shown);
  }
}

TEST_F(TypingPhone, KeypadsHoldTheirDigits) {
  for (const char* digit : {"7", "8", "9"}) tap(std::string(".code.") + digit);
  EXPECT_TRUE(tree_holds("●●●"));
  show("pay");
  for (const char* digit : {"1", "dot", "5"}) tap(std::string(".amount.") + digit);
  const auto nodes = layout_.run(state_).nodes;
  EXPECT_TRUE(std::any_of(nodes.begin(), nodes.end(),
                          [](const Node& n) { return n.text == "¥1.5"; }));
}

TEST_F(TypingPhone, LinesAreKept) {
  type(".story", "第一行\n第二行");
  EXPECT_EQ(node(".story").value, "第一行\n第二行");
}

TEST_F(TypingPhone, SecretsAreAsManyDots) {
  type(".secret", "秘密a😀");
  EXPECT_EQ(node(".secret").value, "●●●●");
  for (int i = 0; i < 3; ++i) tap(".code.7");
  EXPECT_FALSE(tree_holds("777"));
}

TEST_F(TypingPhone, HalfTypedPinyinBelongsToIt) {
  type(".words", "我");
  for (const char letter : {'n', 'i'})
    machine_.apply(state_, event::Tap{{sim::Target::Where::kIme, -1, letter, {}}});
  EXPECT_EQ(node(".words").value, "我ni");
}

TEST_F(TypingPhone, AFaultStandsBesideTheText) {
  type(".price", "100");
  EXPECT_EQ(node(".price").text, "价格，太贵");
  EXPECT_EQ(node(".price").value.substr(0, 3), "100");
}

TEST(UiNode, AHintStandsBesideTheText) {
  EXPECT_EQ(ui_node_to_json({.role = Role::kField, .text = "文字", .hint = "名称"}),
            "{\"role\":\"field\",\"text\":\"文字\",\"address\":\"\",\"rect\":[0,0,0,0],"
            "\"hint\":\"名称\"}");
}

TEST(TypedText, IsInTheTreeOfTheBundledApps) {
  PhoneEnv env(testing::without_pixels(), {.pixels = false});
  env.observe(Modality::kTree);
  int places = 0;
  std::string last_app;
  for (const app::TaskSpec* task : task::tasks_of_split(env.apps(), "train")) {
    const std::string app = task->id.substr(0, task->id.find('/'));
    if (app == last_app || places >= testing::scaled(10)) continue;
    env.reset(3, {.task_id = task->id});
    for (int i = 0; i < 20 && env.running(); ++i) {
      const Advice advice = env.advice();
      if (advice.actions.empty()) break;
      const Action action = advice.actions.front().action;
      if (!std::holds_alternative<TypeText>(action)) {
        env.step(action);
        continue;
      }
      last_app = app;
      const StepResult result = env.step(TypeText{"文字甲乙"});
      const auto& tree = result.observation.tree;
      const bool is_text =
          std::any_of(tree.begin(), tree.end(), [](const UiNode& node) {
            return node.text.find("文字甲乙") != std::string::npos ||
                   node.text.find("●●●●") != std::string::npos;
          });
      const bool is_number = std::any_of(tree.begin(), tree.end(), [](const UiNode& n) {
        return n.text == "123" || n.text == "拼音";  // a keyboard of digits
      });
      EXPECT_TRUE(is_text || is_number) << task->id;
      ++places;
      break;
    }
  }
  EXPECT_GE(places, 5);
}

// ---- pixels
// ---------------------------------------------------------------------------

class TypedPixels : public TypingPhone {
 protected:
  Hash128 frame_of(std::string_view id, const std::string& text) {
    const sim::PhoneState before = state_;
    type(id, text);
    const auto frame = layout_.run(state_);
    state_ = before;
    pixels_.resize(std::size_t(360) * kHeight * 3);
    renderer_.draw(frame, pixels_);
    return hash_bytes(std::span<const std::uint8_t>(pixels_));
  }
  // All of them differ, alone, twice and within words.
  void expect_different(std::string_view id, const std::vector<std::u32string>& texts) {
    std::map<std::string, std::string> seen;  // by hash
    for (const std::u32string& text : texts) {
      const std::string utf8 = to_utf8(text);
      const auto [at, fresh] = seen.emplace(frame_of(id, utf8).hex(), utf8);
      EXPECT_TRUE(fresh) << id << ": '" << utf8 << "' looks like '" << at->second
                         << "'";
    }
  }

  render::Renderer renderer_{render::make_piece_store("apps", {}), 360, kHeight};
  std::vector<std::uint8_t> pixels_;
};

TEST_F(TypedPixels, CharactersOutsideTheFontsLookDifferent) {
  for (const char* id : {".search", ".words", ".story", ".said"})
    expect_different(
        id, {U"😀",          U"😡",          U"😀😡",         U"😡😀",         U"小珺",
             U"小琤",       U"喆",         U"堃",         U"a\u0301",    U"a\u0300",
             U"á",          U"a",          U"\uE000",     U"\uE001",     U"☺\uFE0E",
             U"☺\uFE0F",    U"☺",          U"\u200B",     U"\u200D",     U"\u200E",
             U"\u00A0",     U" ",          U"\u3000",     U"\u2003",     U"\u00AD",
             U"-",          U"\uFFFD",     U"\x7F",       U"\x85",       U"A",
             U"\u0391",     U"\u0410",     U"·",          U"\u30FB",     U"👨\u200D👩",
             U"👨👩",         U"\U00020000", U"\U00020001", U"\U000E0100", U"\U000E0101",
             U"\U0010FFFD", U"\U000F0000"});
}

TEST_F(TypedPixels, LinesLookDifferent) {
  expect_different(".story",
                   {U"一\n二", U"一\n三", U"一二", U"一\n", U"一", U"\n一", U"一\n\n二",
                    U"二\n二", U"一\n二\n三\n四", U"一\n二\n三\n五", U"a\nb", U"a b"});
}

TEST_F(TypedPixels, CharactersOfAllPlanesLookDifferent) {
  Rng rng(17);
  std::vector<char32_t> characters;
  const auto add = [&](char32_t first, char32_t last, int count) {
    for (int i = 0; i < testing::scaled(count); ++i) {
      const auto c = char32_t(first + rng.below(last - first + 1));
      if (c >= 0xD800 && c <= 0xDFFF) continue;
      characters.push_back(c);
    }
  };
  add(0x20, 0x24F, 60);
  add(0x300, 0x52F, 60);     // combining marks, Greek, Cyrillic
  add(0x2000, 0x2FFF, 60);   // signs
  add(0x3400, 0x9FFF, 120);  // Han
  add(0xA000, 0xFFFD, 60);   // Hangul, private use, selectors
  for (char32_t plane = 1; plane <= 16; ++plane)
    add(plane << 16, plane << 16 | 0xFFFF, 20);
  std::sort(characters.begin(), characters.end());
  characters.erase(std::unique(characters.begin(), characters.end()), characters.end());
  std::vector<std::u32string> alone, within, pairs;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const char32_t c = characters[i], next = characters[(i + 1) % characters.size()];
    alone.push_back({c});
    within.push_back({U'甲', c, U'b'});
    pairs.push_back({c, next});
  }
  expect_different(".words", alone);
  expect_different(".said", within);
  expect_different(".search", pairs);
}

}  // namespace
}  // namespace paperphone

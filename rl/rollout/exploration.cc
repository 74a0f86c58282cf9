#include "rl/rollout/exploration.h"

#include <fmt/format.h>

#include <vector>

#include "agent/text/response.h"

namespace paperphone::rl {

using agent::format_response;
using agent::PolicyOutput;
using agent::ThoughtStyle;
using layout::Frame;
using layout::Node;
using sim::Target;

namespace {

struct TurnWords {
  std::string swipe_up, swipe_down, back, home, wait;
  std::string_view tap;  // {}: the text on it
  std::string tap_nameless;
  std::string_view thought;
};

const TurnWords& words_of(ThoughtLanguage language) {
  static const TurnWords chinese = {.swipe_up = "向上滑动页面",
                                    .swipe_down = "向下滑动页面",
                                    .back = "返回上一页",
                                    .home = "回到桌面",
                                    .wait = "等待页面加载",
                                    .tap = "点击“{}”",
                                    .tap_nameless = "点击屏幕",
                                    .thought = "走错了一步"};
  static const TurnWords english = {.swipe_up = "Swipe the page up",
                                    .swipe_down = "Swipe the page down",
                                    .back = "Go back to the page before",
                                    .home = "Go to the home screen",
                                    .wait = "Wait for the page",
                                    .tap = "Tap “{}”",
                                    .tap_nameless = "Tap the screen",
                                    .thought = "A wrong turn."};
  return language == ThoughtLanguage::kEnglish ? english : chinese;
}

}  // namespace

WrongTurn wrong_turn(const Frame& frame, const BoxSpace& screen, Rng& rng,
                     ThoughtLanguage language) {
  const TurnWords& words = words_of(language);
  const double kind = rng.uniform();
  if (kind < 0.12) {
    const Point low = {screen.width / 2, screen.height * 7 / 10};
    const Point high = {screen.width / 2, screen.height * 3 / 10};
    if (rng.chance(0.7)) return {Swipe{low, high}, words.swipe_up};
    return {Swipe{high, low}, words.swipe_down};
  }
  if (kind < 0.22) return {SystemButton{Button::kBack}, words.back};
  if (kind < 0.25) return {SystemButton{Button::kHome}, words.home};
  std::vector<const Node*> touchable;
  for (const Node& node : frame.nodes)
    if (node.target.where != Target::Where::kNone && !node.rect.empty())
      touchable.push_back(&node);
  if (touchable.empty()) return {Wait{1.0}, words.wait};
  const Node& node = *touchable[rng.below(touchable.size())];
  const Point dp = node.rect.center();
  const Point pixel = {dp.x * screen.width / frame.width,
                       dp.y * screen.height / frame.height};
  return {Click{pixel},
          node.text.empty() ? words.tap_nameless
                            : fmt::format(fmt::runtime(words.tap), node.text)};
}

PolicyOutput as_decision(const WrongTurn& turn, ThoughtLanguage language) {
  PolicyOutput output;
  output.action = turn.action;
  output.response =
      format_response({.thought = words_of(language).thought, .sentence = turn.sentence},
                      turn.action, ThoughtStyle::kFull);
  output.sentence = turn.sentence;
  return output;
}

// The stream keeps the name it had when the first recorded runs drew from it.
Exploration::Exploration(std::uint64_t episode_seed)
    : rng_(Rng(episode_seed).fork("wander")) {}

}  // namespace paperphone::rl

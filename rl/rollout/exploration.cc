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

WrongTurn wrong_turn(const Frame& frame, const BoxSpace& screen, Rng& rng) {
  const double kind = rng.uniform();
  if (kind < 0.12) {
    const Point low = {screen.width / 2, screen.height * 7 / 10};
    const Point high = {screen.width / 2, screen.height * 3 / 10};
    if (rng.chance(0.7)) return {Swipe{low, high}, "向上滑动页面"};
    return {Swipe{high, low}, "向下滑动页面"};
  }
  if (kind < 0.22) return {SystemButton{Button::kBack}, "返回上一页"};
  if (kind < 0.25) return {SystemButton{Button::kHome}, "回到桌面"};
  std::vector<const Node*> touchable;
  for (const Node& node : frame.nodes)
    if (node.target.where != Target::Where::kNone && !node.rect.empty())
      touchable.push_back(&node);
  if (touchable.empty()) return {Wait{1.0}, "等待页面加载"};
  const Node& node = *touchable[rng.below(touchable.size())];
  const Point dp = node.rect.center();
  const Point pixel = {dp.x * screen.width / frame.width,
                       dp.y * screen.height / frame.height};
  return {Click{pixel},
          node.text.empty() ? "点击屏幕" : fmt::format("点击“{}”", node.text)};
}

PolicyOutput as_decision(const WrongTurn& turn) {
  PolicyOutput output;
  output.action = turn.action;
  output.response =
      format_response("走错了一步", turn.sentence, turn.action, ThoughtStyle::kFull);
  output.sentence = turn.sentence;
  return output;
}

// The stream keeps the name it had when the first recorded runs drew from it.
Exploration::Exploration(std::uint64_t episode_seed)
    : rng_(Rng(episode_seed).fork("wander")) {}

}  // namespace paperphone::rl

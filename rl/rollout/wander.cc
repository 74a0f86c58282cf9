#include "rl/rollout/wander.h"

#include <fmt/format.h>

#include <vector>

#include "env/layout/frame.h"

namespace paperphone::rl {

using layout::Node;

Wander wander(PhoneEnv& phone, Rng& rng) {
  const int width = phone.observation_space().width;
  const int height = phone.observation_space().height;
  const layout::Frame& frame = phone.frame();
  const double kind = rng.uniform();
  if (kind < 0.12) {
    const Point low = {width / 2, height * 7 / 10};
    const Point high = {width / 2, height * 3 / 10};
    if (rng.chance(0.7)) return {Swipe{low, high}, "向上滑动页面"};
    return {Swipe{high, low}, "向下滑动页面"};
  }
  if (kind < 0.22) return {SystemButton{Button::kBack}, "返回上一页"};
  if (kind < 0.25) return {SystemButton{Button::kHome}, "回到桌面"};
  std::vector<const Node*> touchable;
  for (const Node& node : frame.nodes)
    if (node.target.where != sim::Target::Where::kNone && !node.rect.empty())
      touchable.push_back(&node);
  if (touchable.empty()) return {Wait{1.0}, "等待页面加载"};
  const Node& node = *touchable[rng.below(touchable.size())];
  const Point dp = node.rect.center();
  const Point pixel = {dp.x * width / frame.width, dp.y * height / frame.height};
  return {Click{pixel}, node.text.empty() ? "点击屏幕" : fmt::format("点击“{}”", node.text)};
}

}  // namespace paperphone::rl

#include "env/touch/everything.h"

#include <algorithm>
#include <set>

#include "env/layout/theme.h"

namespace paperphone::touch {

using layout::Frame;
using layout::Node;
using sim::Target;

namespace {

bool is_held(const sim::Machine& machine, const sim::PhoneState& state, const Target& target) {
  const sim::ScreenEntry* top = state.top();
  if (target.where != Target::Where::kWidget || top == nullptr) return false;
  const auto& when = machine.apps().apps[state.front_app()].screens[top->screen].when;
  return std::any_of(when.begin(), when.end(), [&](const app::Transition& t) {
    return t.trigger == app::Trigger::kHold && t.widget == target.widget;
  });
}

// Of the keyboard all but what ends or takes back typing: letters are typing.
bool is_letter(const Target& target) {
  return target.where == Target::Where::kIme && target.part != sim::kImeEnter &&
         target.part != sim::kImeBackspace && target.part != sim::kImeHide;
}

}  // namespace

std::vector<AcceptableAction> everything(const sim::Machine& machine, const Frame& frame,
                                         const sim::PhoneState& state, Scale scale) {
  std::vector<AcceptableAction> out;
  std::set<Target> done;
  for (const Node& node : frame.nodes) {
    if (node.target.where == Target::Where::kNone || is_letter(node.target) || !done.insert(node.target).second) continue;
    const Rect box = scale.to_px(node.rect);
    const Node* hit = frame.hit(node.rect.center());
    if (hit != nullptr && hit->target == node.target) {
      out.push_back({Click{box.center()}, box, node.address});
      if (is_held(machine, state, node.target))
        out.push_back({LongPress{box.center(), 1.0}, box, node.address});
    }
    const Node* turned = frame.swiped(node.rect.center(), layout::Swiping::kSideways);
    if (turned != nullptr && turned->target == node.target)
      for (const int way : {-1, 1}) {
        const Point from = box.center();
        out.push_back({Swipe{from, {from.x + way * box.width / 3, from.y}}, box, node.address});
      }
  }
  const Rect area = scale.to_px(frame.scroll_area);
  if (frame.scroll_max > 0)
    for (const int way : {-1, 1}) {
      const Point middle = area.center();
      const int half = way * area.height / 4;
      const Point dp{scale.to_dp(middle.x), scale.to_dp(middle.y - half)};
      if (frame.swiped(dp, layout::Swiping::kAnyWay) != nullptr) continue;  // it pans a map
      out.push_back({Swipe{{middle.x, middle.y - half}, {middle.x, middle.y + half}}, area, ""});
    }
  if (!state.covered() && state.heads_up() == nullptr) {
    const int edge = layout::size::kStatusBar;
    for (const int quarter : {1, 3}) {  // notifications, controls
      const int x = frame.width * quarter / 4;
      const Point from{scale.to_px(x), scale.to_px(edge / 4)};
      const Rect box = scale.to_px({x - edge, 0, 2 * edge, edge});
      out.push_back({Swipe{from, {from.x, scale.to_px(frame.height / 2)}}, box, ""});
    }
  }
  for (const Button button : {Button::kBack, Button::kHome}) out.push_back({SystemButton{button}, {}, ""});
  if (state.focus.widget >= 0) out.push_back({SystemButton{Button::kEnter}, {}, ""});
  return out;
}

}  // namespace paperphone::touch

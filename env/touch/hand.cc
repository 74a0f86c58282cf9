#include "env/touch/hand.h"

#include <algorithm>

#include "env/app/names.h"
#include "env/app/parts.h"
#include "env/base/utf8.h"
#include "env/layout/theme.h"
#include "env/sim/fling.h"
#include "env/sim/map_view.h"

namespace paperphone::touch {

using layout::Frame;
using layout::Node;
using sim::PhoneState;
using sim::Target;
namespace event = sim::event;

namespace {

// dp a demonstrated finger moves: the first that does not fling past the target.
constexpr int kFingerWays[] = {360, 240, 120, 60, 30};
constexpr int kSwipeMs = int(kSwipeSeconds * 1000);

// The topmost node of that target whose centre answers for it.
const Node* find(const Frame& frame, const Target& target,
                 Hand::Touch touch = Hand::Touch::kTap) {
  for (auto it = frame.nodes.rbegin(); it != frame.nodes.rend(); ++it) {
    if (it->target != target) continue;
    const Node* hit = touch == Hand::Touch::kTap
                          ? frame.hit(it->rect.center())
                          : frame.swiped(it->rect.center(), layout::Swiping::kSideways);
    if (hit && hit->target == target) return &*it;
  }
  return nullptr;
}

// A target whose parts cover its centre, such as a post with pictures, and the largest strip
// of it between them.
struct Strip {
  const Node* node = nullptr;  // nullptr: none that a finger would find
  Rect free;                   // dp
};

Strip find_strip(const Frame& frame, const Target& target) {
  constexpr int kLeast = 16, kHalfWidth = 8;  // dp
  Strip best;
  for (const Node& node : frame.nodes) {
    if (node.target != target) continue;
    const int x = node.rect.center().x, end = node.rect.y + node.rect.height;
    int from = node.rect.y;
    for (int y = from; y <= end; ++y) {
      const Node* hit = y < end ? frame.hit({x, y}) : nullptr;
      if (hit != nullptr && hit->target == target) continue;
      if (y - from >= std::max(kLeast, best.free.height + 1))
        best = {&node, {x - kHalfWidth, from, 2 * kHalfWidth, y - from}};
      from = y + 1;
    }
  }
  return best;
}

bool can_be_touched(const Frame& frame, const Target& target, Hand::Touch touch) {
  return find(frame, target, touch) != nullptr ||
         (touch == Hand::Touch::kTap && find_strip(frame, target).node != nullptr);
}

}  // namespace

std::string shorten(std::string_view text) {
  constexpr int kMostCodePoints = 12;
  std::string out;
  std::size_t i = 0;
  for (int n = 0; n < kMostCodePoints && i < text.size(); ++n) {
    const char32_t c = next_code_point(text, i);
    if (c == '\n' || c == U'，' || c == ',') break;
    append_utf8(out, c);
  }
  return out;
}

void Hand::add(Action action, Rect box, std::string address) {
  actions_.push_back({std::move(action), box, std::move(address)});
}

const Frame& Hand::frame() {
  if (given_ != nullptr) return *given_;
  if (!frame_) frame_ = layout_.run(state_);
  return *frame_;
}

void Hand::add_event(const sim::Event& event) {
  if (const auto* tap = std::get_if<event::Tap>(&event)) {
    add_touch(tap->target, false);
  } else if (const auto* hold = std::get_if<event::Hold>(&event)) {
    add_touch(hold->target, true);
  } else if (std::holds_alternative<event::Back>(event)) {
    add(SystemButton{Button::kBack});
  } else if (std::holds_alternative<event::Home>(event)) {
    add(SystemButton{Button::kHome});
  } else if (const auto* swipe = std::get_if<event::Swipe>(&event)) {
    add_turn(swipe->target, swipe->steps);
  } else if (const auto* open = std::get_if<event::Open>(&event)) {
    add_open(open->app);
  } else if (const auto* pull = std::get_if<event::PullShade>(&event)) {
    add_pull_shade(pull->to);
  } else if (std::holds_alternative<event::Reach>(event)) {
    add_drag(kFingerWays[0], /*down_the_page=*/true);
  } else if (const auto* type = std::get_if<event::Type>(&event)) {
    add(TypeText{type->utf8});
  } else if (std::holds_alternative<event::Clear>(event)) {
    add(KeyPress{"clear"});
  } else if (std::holds_alternative<event::Submit>(event)) {
    add(SystemButton{Button::kEnter});
  }
}

void Hand::add_open(int app) {
  add(OpenApp{machine_.apps().apps[app].title});
  const Target icon{Target::Where::kLauncherIcon, -1, app, {}};
  if (state_.shell == sim::Shell::kLauncher) {
    if (const Node* node = find(frame(), icon)) {
      add(Click{scaled_center(node->rect)}, scale_.to_px(node->rect), node->address);
    }
  }
}

// What people call it, else what it says.
std::string Hand::words_on(const Target& target, const Node& node) const {
  const sim::ScreenEntry* top = state_.top();
  if (target.where != Target::Where::kWidget || top == nullptr) return node.text;
  const app::AppSpec& app = machine_.apps().apps[state_.front_app()];
  const app::Widget& widget = *app.screens[top->screen].widgets[target.widget];
  const std::string_view name = app::name_of(widget, target.part);
  return name.empty() ? node.text : std::string(name);
}

Point Hand::scaled_center(Rect dp) const {
  const Rect px = scale_.to_px(dp);
  return px.center();
}

void Hand::add_touch(Target target, bool hold) {
  // What lies behind a row is reached by way of the row.
  const bool behind = is_behind_a_closed_row(target);
  if (behind) target.part = -1;
  const auto touch_it = [&](const Node& node, Rect box) {
    if (behind) return add_opening_swipe(node);
    const Point p = scaled_center(box);
    if (hold) {
      add(LongPress{p, 1.0}, scale_.to_px(box), node.address);
    } else {
      add(Click{p}, scale_.to_px(box), node.address);
    }
    if (label_.empty()) label_ = shorten(words_on(target, node));
  };
  if (const Node* node = find(frame(), target)) return touch_it(*node, node->rect);
  if (state_.heads_up() != nullptr) {  // it may cover it
    add_push_heads_up();
    return;
  }
  if (const auto [node, free] = find_strip(frame(), target); node != nullptr)
    return touch_it(*node, free);
  if (const int way = lookout_ ? lookout_(target) : 0; way != 0) {
    add_search(way > 0);
    return;
  }
  const int offset = offset_that_shows(target);
  if (offset >= 0) {
    add_scroll(offset, target);
  } else if (add_way_to_pin(target)) {
    return;
  } else if (state_.focus.widget >= 0) {  // the keyboard may hide it
    add(SystemButton{Button::kBack});
  }
}

bool Hand::is_behind_a_closed_row(const Target& target) const {
  const sim::ScreenEntry* top = state_.top();
  if (target.where != Target::Where::kWidget || target.part < 0 || !top) return false;
  const app::AppSpec& app = machine_.apps().apps[state_.front_app()];
  const app::Widget& widget = *app.screens[top->screen].widgets[target.widget];
  return app::is_behind(widget, target.part) &&
         !machine_.is_opened(state_, target.widget, target.row);
}

void Hand::add_turn(const Target& target, int steps) {
  const Node* node = find(frame(), target, Touch::kSideways);
  if (node == nullptr) {
    const int offset = offset_that_shows(target, Touch::kSideways);
    if (offset >= 0) add_scroll(offset, target, Touch::kSideways);
    return;
  }
  const Point middle = node->rect.center();
  const int way = steps > 0 ? -node->rect.width / 4 : node->rect.width / 4;
  add_swipe({middle.x - way, middle.y}, {middle.x + way, middle.y}, node->rect);
  actions_.back().address = node->address;
}

bool Hand::add_way_to_pin(const Target& target) {
  const sim::ScreenEntry* top = state_.top();
  if (target.where != Target::Where::kWidget || top == nullptr) return false;
  const auto& widgets =
      machine_.apps().apps[state_.front_app()].screens[top->screen].widgets;
  const app::Widget& pin = *widgets[target.widget];
  if (pin.list < 0 || !sim::is_dragged(*widgets[pin.list])) return false;
  const app::Widget& map = *widgets[pin.list];
  const Target whole{Target::Where::kWidget, map.index, -1, {}};
  const auto& nodes = frame().nodes;
  const auto shown = std::find_if(nodes.begin(), nodes.end(),
                                  [&](const Node& node) { return node.target == whole; });
  if (shown == nodes.end()) return false;
  const app::EvalContext context = machine_.context(state_, target.row);
  const sim::MapView now = sim::map_view(machine_, state_, map);
  const sim::MapView over_it =
      sim::fitted(app::evaluate(*pin.expr(app::Prop::kX), context).as_int(),
                  app::evaluate(*pin.expr(app::Prop::kY), context).as_int(), now.zoom);
  const Rect box = shown->rect;
  const int dx = (over_it.x - now.x) * shown->whole.x / sim::kMapSide;
  const int dy = (over_it.y - now.y) * shown->whole.y / sim::kMapSide;
  const bool in_sight =
      std::abs(dx) < box.width / 2 - 24 && std::abs(dy) < box.height / 2 - 24;
  if (in_sight) {
    if (now.zoom == sim::kMapZooms) return false;
    add_touch({Target::Where::kWidget, map.index, app::part_index(map, "plus"), {}},
              /*hold=*/false);
    return true;
  }
  const int x = std::clamp(dx, -box.width * 3 / 4, box.width * 3 / 4) / 2;
  const int y = std::clamp(dy, -box.height * 3 / 4, box.height * 3 / 4) / 2;
  const Point middle = box.center();
  add_swipe({middle.x + x, middle.y + y}, {middle.x - x, middle.y - y}, box);
  actions_.back().address = shown->address;
  return true;
}

void Hand::add_opening_swipe(const Node& row) {
  const int y = row.rect.y + row.rect.height / 2;
  const int x = row.rect.x + row.rect.width * 3 / 4;
  add(Swipe{{scale_.to_px(x), scale_.to_px(y)},
            {scale_.to_px(x - row.rect.width / 2), scale_.to_px(y)}},
      scale_.to_px(row.rect), row.address);
  if (label_.empty()) label_ = shorten(row.text);
}

int Hand::offset_that_shows(const Target& target, Touch touch) {
  const Frame& now = frame();
  PhoneState copy = state_;
  if (copy.recents.empty() || copy.recents.back().stack.empty()) return -1;
  int best = -1;
  const int step = std::max(40, now.scroll_area.height / 2);
  for (int offset = 0;; offset += step) {
    const int clamped = std::min(offset, now.scroll_max);
    copy.recents.back().stack.back().scroll = clamped;
    const Frame there = layout_.run(copy);
    if (can_be_touched(there, target, touch) &&
        (best < 0 || std::abs(clamped - now.scroll) < std::abs(best - now.scroll))) {
      best = clamped;
    }
    if (offset >= now.scroll_max) break;
  }
  return best == now.scroll ? -1 : best;
}

bool Hand::shows(const Target& target, int offset, Touch touch) const {
  PhoneState copy = state_;
  copy.recents.back().stack.back().scroll = offset;
  return can_be_touched(layout_.run(copy), target, touch);
}

void Hand::add_scroll(int offset, const Target& target, Touch touch) {
  const Frame& now = frame();
  const Rect area = now.scroll_area;
  const bool down_the_page = offset > now.scroll;
  int way = 0;
  for (const int wanted : kFingerWays) {
    way = std::min(wanted, area.height * 6 / 10);
    const int travel = sim::swipe_travel(way, kSwipeMs);
    const int landing = std::clamp(
        down_the_page ? now.scroll + travel : now.scroll - travel, 0, now.scroll_max);
    const bool past = down_the_page ? landing > offset : landing < offset;
    if (!past || shows(target, landing, touch)) break;
  }
  add_drag(way, down_the_page);
}

void Hand::add_search(bool down_the_page) {
  // A field that is typed into stays in sight, and the page with it.
  if (state_.focus.widget >= 0) return add(SystemButton{Button::kBack});
  const int most = frame().scroll_area.height * 9 / 10;
  for (const int way : kFingerWays)
    if (sim::swipe_travel(std::min(way, frame().scroll_area.height * 6 / 10), kSwipeMs) <=
        most)
      return add_drag(way, down_the_page);
  add_drag(kFingerWays[4], down_the_page);
}

void Hand::add_drag(int way, bool down_the_page) {
  const Rect area = frame().scroll_area;
  way = std::min(way, area.height * 6 / 10);
  const int x = area.x + area.width / 2;
  // Not on a map, which would follow the finger.
  const auto is_free = [&](int y) {
    return frame().swiped({x, y}, layout::Swiping::kAnyWay) == nullptr;
  };
  const int middle = area.y + area.height / 2;
  const int step = down_the_page ? 1 : -1;
  int y0 = middle + step * way / 2;
  constexpr int kEdge = 12;
  for (int y = area.y + kEdge; !is_free(y0) && y < area.y + area.height - kEdge; y += kEdge) {
    const int other = down_the_page ? 2 * area.y + area.height - y : y;
    const bool fits = other - step * way > area.y && other - step * way < area.y + area.height;
    if (fits && is_free(other)) y0 = other;
  }
  add_swipe({x, y0}, {x, y0 - step * way}, area);
}

void Hand::add_push_heads_up() {
  const Node* node = find(frame(), {Target::Where::kHeadsUp, -1, -1, {}});
  if (node == nullptr) return;
  const Point middle = node->rect.center();
  add_swipe(middle, {middle.x, layout::size::kStatusBar / 4}, node->rect);
  actions_.back().address = node->address;
}

// From the left half of the top edge the notifications, from the right half the controls.
void Hand::add_pull_shade(sim::Shade to) {
  if (state_.heads_up() != nullptr) return add_push_heads_up();
  const int x = frame().width * (to == sim::Shade::kNotices ? 1 : 3) / 4;
  const int edge = layout::size::kStatusBar;
  add_swipe({x, edge / 4}, {x, frame().height / 2}, {x - edge, 0, 2 * edge, edge});
}

void Hand::add_swipe(Point from, Point to, Rect box) {
  const Swipe swipe{{scale_.to_px(from.x), scale_.to_px(from.y)},
                    {scale_.to_px(to.x), scale_.to_px(to.y)}};
  add(swipe, scale_.to_px(box));
}

}  // namespace paperphone::touch

#include "env/task/evidence/screen_graph.h"

#include <algorithm>

namespace paperphone::task {

using app::GoTo;

ScreenGraph::ScreenGraph(const app::AppSet& apps) {
  int count = 0;
  for (const app::AppSpec& app : apps.apps) {
    first_.push_back(count);
    starts_.push_back(count + app.start);
    count += int(app.screens.size());
  }
  before_.resize(std::size_t(count));
  const auto add = [&](int from, const GoTo& go) {
    if (go.mode == GoTo::Mode::kStay || go.mode == GoTo::Mode::kBack || go.screen < 0) return;
    before_[number(go.app, go.screen)].push_back(from);
  };
  for (std::size_t a = 0; a < apps.apps.size(); ++a) {
    const app::AppSpec& app = apps.apps[a];
    for (std::size_t s = 0; s < app.screens.size(); ++s) {
      const int from = number(int(a), int(s));
      if (!app.screens[s].tab.empty())
        for (const GoTo& go : app.tab_targets) add(from, go);
      for (const app::Transition& transition : app.screens[s].when) {
        add(from, transition.go);
        for (const app::Effect& effect : transition.effects)
          if (std::holds_alternative<app::ShareEffect>(effect.what))
            for (const app::AppSpec& other : apps.apps) add(from, other.receives);
      }
    }
  }
}

ScreenGraph::Distances ScreenGraph::to(std::span<const Screen> targets) const {
  Distances out;
  out.graph_ = this;
  out.events_.assign(before_.size(), kFar);
  std::vector<int> reached;
  for (const Screen& target : targets) {
    if (target.app < 0 || target.screen < 0) continue;
    out.events_[number(target.app, target.screen)] = 0;
    reached.push_back(number(target.app, target.screen));
  }
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const int further = out.events_[reached[i]] + 1;
    if (further >= kFar) continue;
    for (const int from : before_[reached[i]]) {
      if (out.events_[from] <= further) continue;
      out.events_[from] = std::uint8_t(further);
      reached.push_back(from);
    }
  }
  return out;
}

int ScreenGraph::Distances::of_stack(std::span<const sim::ScreenEntry> stack, int app) const {
  int best = kFar;
  for (std::size_t i = 0; i < stack.size(); ++i) {
    const int backs = int(stack.size() - 1 - i);
    best = std::min(best, backs + events_[graph_->number(app, stack[i].screen)]);
  }
  return best;
}

int ScreenGraph::Distances::from(const sim::PhoneState& state, int app) const {
  const int front = state.front_app();
  int best = front < 0 ? kFar : of_stack(state.recents.back().stack, front);
  for (const sim::Notification& notice : state.notifications)
    if (notice.screen >= 0)
      best = std::min(best, 1 + events_[graph_->number(notice.app, notice.screen)]);
  if (app < 0 || app == front) return best;
  const auto open = std::find_if(state.recents.begin(), state.recents.end(),
                                 [&](const sim::RecentApp& recent) { return recent.app == app; });
  const int there = open != state.recents.end() ? of_stack(open->stack, app)
                                                : events_[graph_->starts_[app]];
  return std::min(best, 1 + there);
}

}  // namespace paperphone::task

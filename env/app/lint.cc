// Faults that load and run, but that nobody wants.
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <tuple>

#include "env/app/loading.h"
#include "env/utf8.h"

namespace paperphone {

void lint_reachability(Loading& loading) {
  using Screen = std::pair<int, int>;
  std::set<Screen> reached;
  std::deque<Screen> waiting;
  const auto reach = [&](const GoTo& go) {
    const bool opens = go.mode != GoTo::Mode::kStay && go.mode != GoTo::Mode::kBack;
    if (opens && go.screen >= 0 && reached.insert({go.app, go.screen}).second)
      waiting.push_back({go.app, go.screen});
  };
  const auto& apps = loading.apps.apps;
  for (std::size_t a = 0; a < apps.size(); ++a) {
    if (apps[a].screens.empty()) continue;
    reach({.mode = GoTo::Mode::kReset, .app = int(a), .screen = 0});
    for (const GoTo& go : apps[a].tab_targets) reach(go);
    reach(apps[a].receives);
  }
  while (!waiting.empty()) {
    const auto [app, screen] = waiting.front();
    waiting.pop_front();
    for (const Transition& transition :
         apps[std::size_t(app)].screens[std::size_t(screen)].when) {
      reach(transition.go);
      for (const Effect& effect : transition.effects)
        if (const auto* notify = std::get_if<NotifyEffect>(&effect.what))
          reach(notify->go);
    }
  }
  for (std::size_t a = 0; a < apps.size(); ++a)
    for (std::size_t s = 0; s < apps[a].screens.size(); ++s)
      if (!reached.contains({int(a), int(s)}))
        loading.findings.add(apps[a].screens[s].pos,
                             fmt::format("screen '{}' is unreachable: no `go` leads there",
                                         apps[a].screens[s].id));
}

void lint_dead_transitions(Loading& loading) {
  for (const AppSpec& app : loading.apps.apps) {
    for (const ScreenSpec& screen : app.screens) {
      std::map<std::tuple<Trigger, int, int, std::int64_t>, int> settled;  // event -> line
      for (const Transition& transition : screen.when) {
        const auto event = std::make_tuple(transition.trigger, transition.widget,
                                           transition.part, transition.after_ms);
        if (const auto found = settled.find(event); found != settled.end()) {
          loading.findings.add(transition.pos,
                               fmt::format("never happens: the transition at line {} has "
                                           "the same event and no `if`",
                                           found->second));
        } else if (transition.condition.empty()) {
          settled[event] = transition.pos.line;
        }
      }
    }
  }
}

void lint_unused_state(Loading& loading) {
  const auto& apps = loading.apps.apps;
  for (std::size_t a = 0; a < apps.size(); ++a) {
    if (apps[a].hidden) continue;  // the phone's own variables are there for all
    for (std::size_t v = 0; v < apps[a].vars.size(); ++v) {
      if (loading.vars_used.contains({int(a), int(v)})) continue;
      const VarSpec& var = apps[a].vars[v];
      loading.findings.add(var.pos, fmt::format("{} '{}' is never read",
                                                var.is_view ? "view state" : "state",
                                                var.name));
    }
  }
}

void lint_glyphs(Loading& loading, const LintOptions& options) {
  if (!options.has_glyph) return;
  std::set<char32_t> missing;  // each is reported once
  for (const auto& [pos, text] : loading.texts) {
    for (std::size_t i = 0; i < text.size();) {
      const char32_t c = next_code_point(text, i);
      if (c < 0x20 || options.has_glyph(c) || !missing.insert(c).second) continue;
      std::string shown;
      append_utf8(shown, c);
      loading.findings.add(pos, fmt::format("no font has a glyph for '{}' (U+{:04X})",
                                            shown, std::uint32_t(c)));
    }
  }
}

}  // namespace paperphone

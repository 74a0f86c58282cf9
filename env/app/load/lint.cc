// Faults that load and run, but that nobody wants.
#include "env/app/load/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <tuple>

#include "env/app/load/loading.h"
#include "env/app/parts.h"
#include "env/base/utf8.h"

namespace paperphone::app {

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
    reach({.mode = GoTo::Mode::kReset, .app = int(a), .screen = apps[a].start});
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
        loading.findings.add(
            apps[a].screens[s].pos,
            fmt::format("screen '{}' is unreachable: no `go` leads there",
                        apps[a].screens[s].id));
}

void lint_dead_transitions(Loading& loading) {
  for (const AppSpec& app : loading.apps.apps) {
    for (const ScreenSpec& screen : app.screens) {
      std::map<std::tuple<Trigger, int, int, std::int64_t>, int>
          settled;  // event -> line
      for (const Transition& transition : screen.when) {
        const auto event = std::make_tuple(transition.trigger, transition.widget,
                                           transition.part, transition.after_ms);
        if (const auto found = settled.find(event); found != settled.end()) {
          loading.findings.add(
              transition.pos,
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
      if (loading.used.vars.contains({int(a), int(v)})) continue;
      const VarSpec& var = apps[a].vars[v];
      loading.findings.add(var.pos,
                           fmt::format("{} '{}' is never read",
                                       var.is_view ? "view state" : "state", var.name));
    }
  }
}

void lint_unused_records(Loading& loading) {
  const auto& apps = loading.apps.apps;
  for (std::size_t a = 0; a < apps.size(); ++a) {
    for (std::size_t t = 0; t < apps[a].tables.size(); ++t) {
      const TableSpec& table = apps[a].tables[t];
      if (!loading.used.tables.contains({int(a), int(t)})) {
        loading.findings.add(table.pos,
                             fmt::format("record '{}' is never read", table.name));
        continue;
      }
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        // The first text column names the row wherever it is shown.
        if (int(c) == table.display_column ||
            loading.used.columns.contains({int(a), int(t), int(c)}))
          continue;
        loading.findings.add(table.columns[c].pos,
                             fmt::format("column '{}' of '{}' is never read",
                                         table.columns[c].name, table.name));
      }
    }
  }
}

void lint_unused_defines(Loading& loading) {
  const auto& apps = loading.apps.apps;
  for (std::size_t a = 0; a < apps.size(); ++a)
    for (std::size_t d = 0; d < apps[a].defines.size(); ++d)
      if (!loading.used.defines.contains({int(a), int(d)}))
        loading.findings.add(
            apps[a].defines[d].pos,
            fmt::format("definition '{}' is never used", apps[a].defines[d].name));
}

void lint_unused_lexicons(Loading& loading) {
  const auto& lexicons = loading.apps.lexicons;
  for (std::size_t i = 0; i < lexicons.size(); ++i)
    if (lexicons[i].app >= 0 && !loading.used.lexicons.contains(int(i)))
      loading.findings.add(lexicons[i].pos,
                           fmt::format("lexicon '{}' is never used", lexicons[i].name));
}

namespace {

bool has_tap(const ScreenSpec& screen, int widget, int part) {
  return std::any_of(screen.when.begin(), screen.when.end(), [&](const Transition& t) {
    const bool touches = t.trigger == Trigger::kTap || t.trigger == Trigger::kHold ||
                         t.trigger == Trigger::kSubmit;
    return touches && t.widget == widget && t.part == part;
  });
}

}  // namespace

void lint_dead_widgets(Loading& loading) {
  for (const AppSpec& app : loading.apps.apps) {
    for (const ScreenSpec& screen : app.screens) {
      for (const Widget* widget : screen.widgets) {
        if (widget->id.empty() || !component(widget->kind).acts_by_transitions)
          continue;
        const auto parts = part_names(*widget);
        const bool whole = has_tap(screen, widget->index, -1);
        bool any = whole;
        for (std::size_t p = 0; p < parts.size(); ++p) {
          const bool answers = has_tap(screen, widget->index, int(p));
          any |= answers;
          const Item* item = part_item(*widget, int(p));
          if (item == nullptr || item->id.empty() || answers ||
              (whole && !is_behind(*widget, int(p))))
            continue;
          any = true;  // said here
          loading.findings.add(
              widget->pos,
              fmt::format("nothing answers a tap on '{}.{}'", widget->id, item->id));
        }
        if (!any && !component(widget->kind).made_by_loader)
          loading.findings.add(
              widget->pos, fmt::format("nothing answers a tap on '{}'", widget->id));
      }
    }
  }
}

namespace {

bool has_any_transition(const ScreenSpec& screen, int widget) {
  return std::any_of(screen.when.begin(), screen.when.end(),
                     [&](const Transition& t) { return t.widget == widget; });
}

// Widgets with an id take the taps on them from what they lie on.
void find_lost_taps(const ScreenSpec& screen, const Widget& around,
                    const std::vector<Widget>& inside, Findings& findings) {
  for (const Widget& widget : inside) {
    if (!widget.id.empty() && component(widget.kind).use == Use::kLook &&
        !has_any_transition(screen, widget.index))
      findings.add(widget.pos,
                   fmt::format("'{}' takes the taps from '{}', on which it lies, "
                               "and does nothing with them; drop its id",
                               widget.id, around.id));
    for (const Prop prop : {Prop::kBody, Prop::kItem})
      find_lost_taps(screen, around, widget.widgets(prop), findings);
  }
}

}  // namespace

void lint_lost_taps(Loading& loading) {
  for (const AppSpec& app : loading.apps.apps) {
    for (const ScreenSpec& screen : app.screens) {
      for (const Widget* widget : screen.widgets) {
        const Component& kind = component(widget->kind);
        const bool taken = !widget->id.empty() && has_tap(screen, widget->index, -1);
        if (taken && kind.lies_under_body)
          find_lost_taps(screen, *widget, widget->widgets(Prop::kBody),
                         loading.findings);
        const auto& item = widget->widgets(Prop::kItem);
        const bool covered = !item.empty() && !item.front().id.empty();
        if (taken && covered && kind.lies_under_item)
          loading.findings.add(
              widget->pos, fmt::format("'{}' never gets a tap: its item '{}' lies all "
                                       "over it; answer taps on that",
                                       widget->id, item.front().id));
        if (kind.is_one_button && covered)
          loading.findings.add(
              item.front().pos,
              fmt::format("'{}' cannot be touched: the faces of avatars are "
                          "one button; give the id to the avatars",
                          item.front().id));
      }
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

}  // namespace paperphone::app

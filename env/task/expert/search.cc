#include "env/task/expert/search.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "env/app/parts.h"

namespace paperphone::task {

using app::holds;
using app::Ref;
using app::ScreenSpec;
using app::Search;
using app::Value;
using app::Widget;
using app::World;
using sim::Event;
using sim::Machine;
using sim::PhoneState;
using sim::Target;
namespace event = sim::event;

namespace {

constexpr std::size_t kMaxNodes = 1200;
constexpr std::size_t kMaxNodesForLess = 300;  // where a way is known
constexpr int kMaxDepth = 12;
constexpr int kFurther = 3;  // actions beyond the nearest end: a better one is beside it
constexpr int kEndless = std::numeric_limits<int>::max();
constexpr std::size_t kAllRows = 6;  // shorter lists are tried whole

// Events one after the other, each an action, and what scrolling they take besides.
struct Move {
  std::vector<Event> events;
  int pages = 0;
  int length() const { return int(events.size()) + pages; }
};

enum class Detail : std::uint8_t { kScreens, kScreensAndViews };

bool is_widget_shown(const Machine& machine, const PhoneState& state, const Widget& w,
                     Ref row) {
  return holds(w.show, machine.context(state, row));
}

// Rows of a list that scrolling brings into sight: of a carousel only the page that is
// turned up, of overlapping faces none.
std::vector<Ref> rows_in_sight(const Machine& machine, const PhoneState& state,
                               const Widget& list) {
  if (component(list.kind).is_one_button) return {};
  std::vector<Ref> rows = machine.visible_rows(state, list);
  if (component(list.kind).swipes != app::Swipes::kPages || rows.empty()) return rows;
  const std::int64_t page =
      app::read(*list.place(app::Prop::kBind), machine.context(state)).as_int();
  return {rows[
      std::clamp<std::int64_t>(page, 0, std::int64_t(rows.size()) - 1)]};
}

// What distinguishes two places on the way.
Hash128 place_key(const Machine& machine, const PhoneState& state, Detail detail) {
  Hasher hasher;
  hasher.add(state.shell).add(state.dialogs.size()).add(state.shade);
  hasher.add(state.notifications.size());
  const int app = state.front_app();
  hasher.add(app);
  if (app < 0) return hasher.finish();
  if (const ScreenSpec* screen = top_screen(machine, state))
    for (const Widget* widget : screen->widgets)
      if (const auto text = searched_for(machine, state, *widget)) text->add_to(hasher);
  for (const auto& entry : state.recents.back().stack) {
    hasher.add(entry.screen);
    for (const Value& arg : entry.args) arg.add_to(hasher);
  }
  if (detail == Detail::kScreensAndViews) {
    const app::AppSpec& spec = machine.apps().apps[app];
    const app::AppData& data = *state.world.apps[app];
    for (std::size_t i = 0; i < spec.vars.size(); ++i) {
      if (spec.vars[i].is_view) data.vars[i].add_to(hasher);
    }
  }
  return hasher.finish();
}

// Data means everything but view variables and the clock.
bool same_data(const Machine& machine, const World& a, const World& b) {
  for (std::size_t app = 0; app < a.apps.size(); ++app) {
    if (a.apps[app].identity() == b.apps[app].identity()) continue;
    if (!(a.apps[app]->tables == b.apps[app]->tables)) return false;
    const auto& vars = machine.apps().apps[app].vars;
    for (std::size_t i = 0; i < vars.size(); ++i) {
      if (!vars[i].is_view && !(a.apps[app]->vars[i] == b.apps[app]->vars[i])) return false;
    }
  }
  return true;
}

bool refers_to_any(const World& world, Ref ref, const std::vector<Ref>& wanted) {
  const auto is_wanted = [&](Ref r) {
    return std::find(wanted.begin(), wanted.end(), r) != wanted.end();
  };
  if (is_wanted(ref)) return true;
  const app::Row* row = world.find(ref);
  return row && std::any_of(row->cells.begin(), row->cells.end(), [&](const Value& cell) {
           return cell.as_ref().valid() && is_wanted(cell.as_ref());
         });
}

void add_taps(const Machine& machine, const PhoneState& state, const Widget& widget,
              Ref row, std::vector<Event>& out) {
  if (!is_widget_shown(machine, state, widget, row)) return;
  const auto try_target = [&](int part) {
    const Target target{Target::Where::kWidget, widget.index, part, row};
    if (machine.answers_tap(state, target)) out.push_back(event::Tap{target});
  };
  if (component(widget.kind).search ==
      Search::kSubmit) {  // its digits are landmarks' business
    try_target(app::part_index(widget, "submit"));
    return;
  }
  // What is said in a chat is landmarks' business too; what stands beside it is not.
  const bool says = component(widget.kind).keeps_keyboard;
  if (!says) try_target(-1);
  const int parts = int(app::part_names(widget).size());
  for (int part = 0; part < parts; ++part) {
    const app::Item* item = app::part_item(widget, part);
    if (says && item == nullptr) continue;
    if (item && !holds(item->show, machine.context(state, row))) continue;
    try_target(part);
  }
}

// Types a name into a search box.
void add_typing(const Machine& machine, const PhoneState& state, const Widget& box,
                const std::vector<std::string>& names, std::vector<Move>& out) {
  const auto present = searched_for(machine, state, box);
  if (!present || !is_widget_shown(machine, state, box, {})) return;
  const Target target{Target::Where::kWidget, box.index, -1, {}};
  const ScreenSpec& screen = *top_screen(machine, state);
  const bool is_sent =
      std::any_of(screen.when.begin(), screen.when.end(), [&](const app::Transition& t) {
        return t.trigger == app::Trigger::kSubmit && t.widget == box.index;
      });
  const bool is_focused = state.focus.widget == box.index;
  for (const std::string& name : names) {
    Move move;
    if (!is_focused) move.events.push_back(event::Tap{target});
    if (present->as_text() != name) {
      if (!present->as_text().empty()) move.events.push_back(event::Clear{});
      move.events.push_back(event::Type{name});
    } else if (!is_sent) {
      continue;
    }
    if (is_sent) move.events.push_back(event::Submit{});
    out.push_back(std::move(move));
  }
}

// Those that only open an app are nothing that open() is not.
bool leads_somewhere(const sim::Notification& notice) { return notice.screen >= 0; }

// What the top edge has: the latest notification, the shade with all of them, the controls.
void add_notices(const PhoneState& state, bool tries_controls, std::vector<Move>& out) {
  const auto& all = state.notifications;
  const auto add = [&](Event event) { out.push_back({.events = {std::move(event)}}); };
  if (state.shade != sim::Shade::kClosed) {
    for (int i = 0; state.shade == sim::Shade::kNotices && i < int(all.size()); ++i)
      if (leads_somewhere(all[i]))
        add(event::Tap{{Target::Where::kShade, -1, sim::kShadeNotice + i, {}}});
    if (tries_controls && state.shade == sim::Shade::kNotices)
      add(event::Tap{{Target::Where::kShade, -1, sim::kShadeTurn, {}}});
    add(event::Back{});
    return;
  }
  if (state.heads_up() != nullptr && leads_somewhere(*state.heads_up()))
    add(event::Tap{{Target::Where::kHeadsUp, -1, -1, {}}});
  else if (std::any_of(all.begin(), all.end(), leads_somewhere))
    add(event::PullShade{sim::Shade::kNotices});
  if (tries_controls) add(event::PullShade{sim::Shade::kControls});
}

std::vector<Move> candidates(const Machine& machine, const PhoneState& state,
                             const SearchProblem& problem) {
  std::vector<Move> out;
  const auto add = [&](Event event, int pages = 0) {
    out.push_back({.events = {std::move(event)}, .pages = pages});
  };
  if (!state.dialogs.empty()) {
    for (int i = 0; i < int(state.dialogs.back().buttons.size()); ++i)
      add(event::Tap{{Target::Where::kDialogButton, -1, i, {}}});
    return out;
  }
  add_notices(state, problem.tries_controls, out);
  if (state.front_app() != problem.target_app && problem.target_app >= 0) {
    add(event::Open{problem.target_app});
  }
  if (state.shade != sim::Shade::kClosed) return out;
  const auto add_all_taps = [&](const Widget& widget, Ref row, int pages) {
    std::vector<Event> taps;
    add_taps(machine, state, widget, row, taps);
    for (Event& tap : taps) add(std::move(tap), pages);
  };
  if (const ScreenSpec* screen = top_screen(machine, state)) {
    std::map<int, std::vector<Ref>> rows_of_list;  // filtered, sorted once
    for (const Widget* widget : screen->widgets) {
      if (widget->id.empty() || component(widget->kind).search == Search::kSkip)
        continue;
      if (widget->list < 0) {
        if (component(widget->kind).swipes == app::Swipes::kPages &&
            is_widget_shown(machine, state, *widget, {})) {
          for (const int steps : {1, -1})
            add(event::Swipe{{Target::Where::kWidget, widget->index, -1, {}}, steps});
        }
        add_all_taps(*widget, {}, 0);
        add_typing(machine, state, *widget, problem.names, out);
        continue;
      }
      auto [it, fresh] = rows_of_list.try_emplace(widget->list);
      if (fresh) {
        const Widget& list = *screen->widgets[widget->list];
        if (is_widget_shown(machine, state, list, {})) {
          it->second = rows_in_sight(machine, state, list);
        }
        if (problem.has_row)
          std::erase_if(it->second,
                        [&](Ref r) { return !problem.has_row(state, list, r); });
        if (it->second.size() > kAllRows) {
          std::erase_if(it->second, [&](Ref r) {
            return !refers_to_any(state.world, r, problem.interesting);
          });
        }
      }
      const Widget& list = *screen->widgets[widget->list];
      for (const Ref row : it->second)
        add_all_taps(*widget, row, problem.pages ? problem.pages(state, list, row) : 0);
    }
    if (grows(*screen)) add(event::Reach{});
    add(event::Back{});
  } else if (state.shell == sim::Shell::kRecents) {
    add(event::Home{});
  }
  return out;
}

// tolerant: causes the changes that the problem tolerates. most: actions. held_back: there
// were such changes.
SearchResult search(const Machine& machine, const PhoneState& from,
                    const SearchProblem& problem, Detail detail, bool tolerant, int most,
                    bool& held_back) {
  struct Node {
    PhoneState state;
    int depth = 0;
    std::vector<std::uint16_t> firsts;  // indices into `firsts_made`
  };
  SearchResult result;
  std::vector<Event> firsts_made;
  std::vector<Node> nodes{{from, 0, {}}};
  std::map<Hash128, std::size_t> seen{{place_key(machine, from, detail), 0}};
  int best = -1;  // actions to and at the best end that was found; -1: none
  int nearest = -1;  // events to the first end
  std::vector<std::uint16_t> winning;
  const auto note = [&](int depth, int there, const std::vector<std::uint16_t>& firsts) {
    if (depth + there > most) return;
    if (nearest < 0) nearest = depth;
    if (best >= 0 && depth + there > best) return;
    if (best < 0 || depth + there < best) {
      winning.clear();
      best = depth + there;
      result.length = depth;
      result.there = there;
    }
    for (const auto f : firsts)
      if (std::find(winning.begin(), winning.end(), f) == winning.end())
        winning.push_back(f);
  };
  if (const auto there = problem.reached(from)) {
    if (*there == 0) return {.found = true};
    note(0, *there, {});
  }
  // Nodes by the least length of a way through them.
  std::array<std::vector<std::size_t>, kMaxDepth + ScreenGraph::kFar + 1> waiting;
  const auto hope = [&](const PhoneState& s) { return problem.hope.from(s, problem.target_app); };
  waiting[hope(from)].push_back(0);
  int length = 0;  // of the ways that are tried now
  const auto expand = [&](std::size_t i) {
    for (const Move& move : candidates(machine, nodes[i].state, problem)) {
      PhoneState next = nodes[i].state;
      const bool done = std::all_of(move.events.begin(), move.events.end(), [&](const Event& event) {
        return machine.apply(next, event) == ActionOutcome::kApplied;
      });
      if (!done) continue;
      if (!same_data(machine, nodes[i].state.world, next.world)) {
        const bool is_needless = !problem.tolerates || (!tolerant && held_back);
        if (is_needless || !problem.tolerates(nodes[i].state.world, next.world)) continue;
        held_back = true;
        if (!tolerant) continue;
      }
      std::vector<std::uint16_t> firsts = nodes[i].firsts;
      if (i == 0) {
        firsts = {std::uint16_t(firsts_made.size())};
        firsts_made.push_back(move.events.front());
      }
      const int depth = nodes[i].depth + move.length();
      const std::optional<int> there = problem.reached(next);
      if (there) note(depth, *there, firsts);
      if ((there && *there == 0) || depth >= kMaxDepth) continue;
      const auto [it, fresh] =
          seen.try_emplace(place_key(machine, next, detail), nodes.size());
      Node& twin = nodes[fresh ? i : it->second];
      if (fresh || depth < twin.depth) {
        it->second = nodes.size();
        waiting[std::max(length, depth + hope(next))].push_back(nodes.size());
        nodes.push_back({std::move(next), depth, std::move(firsts)});
      } else if (twin.depth == depth) {
        for (const auto f : firsts) {  // another way of the same length
          if (std::find(twin.firsts.begin(), twin.firsts.end(), f) == twin.firsts.end()) {
            twin.firsts.push_back(f);
          }
        }
      }
    }
  };
  const std::size_t most_nodes = most == kEndless ? kMaxNodes : kMaxNodesForLess;
  for (; length < int(waiting.size()) && length <= most; ++length) {
    if (best >= 0 && (length > best || length > nearest + kFurther)) break;
    for (std::size_t k = 0; k < waiting[length].size() && nodes.size() < most_nodes; ++k)
      expand(waiting[length][k]);
  }
  if (best < 0) return result;
  std::sort(winning.begin(), winning.end());
  result.found = true;
  for (const auto f : winning) result.first_events.push_back(firsts_made[f]);
  return result;
}

}  // namespace

std::optional<Value> searched_for(const Machine& machine, const PhoneState& state,
                                  const Widget& widget) {
  if (component(widget.kind).typing != app::Typing::kKeyboard ||
      component(widget.kind).search != Search::kTry ||
      component(widget.kind).keeps_keyboard)
    return {};
  const app::Place* bind = widget.place(app::Prop::kBind);
  const bool looks = bind != nullptr && bind->var >= 0 && bind->type.kind == app::Kind::kText &&
                     bind->type.words < 0 &&
                     machine.apps().apps[bind->app].vars[bind->var].is_view;
  if (!looks || widget.list >= 0) return {};
  return app::read(*bind, machine.context(state));
}

const ScreenSpec* top_screen(const Machine& machine, const PhoneState& state) {
  const sim::ScreenEntry* top = state.top();
  if (!top) return nullptr;
  return &machine.apps().apps[state.front_app()].screens[top->screen];
}

bool grows(const ScreenSpec& screen) {
  return std::any_of(screen.when.begin(), screen.when.end(), [](const app::Transition& t) {
    return t.trigger == app::Trigger::kReach;
  });
}

SearchResult search_way(const Machine& machine, const PhoneState& from,
                        const SearchProblem& problem) {
  // Over screens alone first: view variables multiply the places. Then over both, where a
  // way may be shorter: a tab is nearer than Back.
  SearchResult best;
  for (const Detail detail : {Detail::kScreens, Detail::kScreensAndViews}) {
    const int most = best.found ? best.length + best.there - 1 : kEndless;
    if (best.found && problem.hope.from(from, problem.target_app) > most) break;
    bool held_back = false;
    SearchResult result = search(machine, from, problem, detail, false, most, held_back);
    if (!result.found && held_back && !best.found)
      result = search(machine, from, problem, detail, true, most, held_back);
    if (result.found) best = std::move(result);
  }
  return best;
}

bool offers(const Machine& machine, const PhoneState& state, const Target& target) {
  const ScreenSpec* screen = top_screen(machine, state);
  if (!screen || target.widget < 0 ||
      target.widget >= int(screen->widgets.size())) {
    return false;
  }
  const Widget& widget = *screen->widgets[target.widget];
  if (!machine.is_shown(state, target.widget, target.row)) return false;
  if (widget.list >= 0) {
    const auto rows = rows_in_sight(machine, state, *screen->widgets[widget.list]);
    if (std::find(rows.begin(), rows.end(), target.row) == rows.end()) return false;
  }
  return true;
}

}  // namespace paperphone::task

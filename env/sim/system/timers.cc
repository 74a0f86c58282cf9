#include "env/sim/system/timers.h"

#include <algorithm>
#include <limits>

#include "env/sim/top_screen.h"
#include "env/sim/transitions.h"

namespace paperphone::sim {

using app::Transition;

namespace {

// A screen that keeps re-entering itself with `after: 0` must not hang the phone.
constexpr int kMaxFired = 1000;

// `after` transitions of the top screen, in the order in which they fall due.
std::vector<const Transition*> afters_of(const Run& run) {
  std::vector<const Transition*> afters;
  const app::ScreenSpec* screen = top_screen(run.apps(), run.state);
  if (screen == nullptr) return afters;
  for (const Transition& transition : screen->when)
    if (transition.trigger == app::Trigger::kAfter) afters.push_back(&transition);
  std::stable_sort(afters.begin(), afters.end(),
                   [](const Transition* a, const Transition* b) {
                     return a->after_ms < b->after_ms;
                   });
  return afters;
}

// Runs the earliest timer due by `end`, with the clock set to its moment. Those of
// the same moment are one event: the first whose condition holds wins. False if
// none is due.
bool fire_next(Run& run, std::int64_t end) {
  const auto afters = afters_of(run);
  if (afters.empty()) return false;
  ScreenEntry& entry = run.top();
  const auto next = std::size_t(entry.afters_fired);
  if (next >= afters.size()) return false;
  const std::int64_t delay = afters[next]->after_ms;
  const std::int64_t due = entry.entered_ms + delay;
  if (due > end) return false;

  run.state.world.now_ms = std::max(run.state.world.now_ms, due);
  const Transition* winner = nullptr;
  for (std::size_t i = next; i < afters.size() && afters[i]->after_ms == delay; ++i) {
    ++entry.afters_fired;
    if (winner == nullptr && app::holds(afters[i]->condition, run.context()))
      winner = afters[i];
  }
  if (winner != nullptr) run_transition(run, *winner);
  return true;
}

}  // namespace

void pass_time(Run& run, std::int64_t ms) {
  const std::int64_t end = run.state.world.now_ms + std::max<std::int64_t>(ms, 0);
  for (int fired = 0; fired < kMaxFired && fire_next(run, end); ++fired)
    run.entered = 0;
  run.state.world.now_ms = end;
}

}  // namespace paperphone::sim

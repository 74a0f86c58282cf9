// What happens when the phone is touched: events in, next state out. Knows
// nothing of pixels.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "env/sim/event.h"
#include "env/sim/state/phone_state.h"
#include "env/sim/typing/pinyin.h"

namespace paperphone::sim {

class Machine {
 public:
  // apps must outlive the machine. Without a dictionary the pinyin keyboard has
  // no candidates and writes the letters themselves.
  explicit Machine(const app::AppSet& apps,
                   std::shared_ptr<const PinyinDictionary> pinyin = nullptr)
      : apps_(&apps), pinyin_(std::move(pinyin)) {}
  const app::AppSet& apps() const { return *apps_; }
  const PinyinDictionary* pinyin() const { return pinyin_.get(); }  // may be null

  // A phone that has just been switched on: launcher, default data.
  PhoneState initial_state(app::World world) const;

  // Applies one event. Returns kApplied, kNoTarget (nothing answers to it) or
  // kDisabled (greyed out: `enabled` is false). Time stands still except in Tick.
  ActionOutcome apply(PhoneState& state, const Event& event) const;

  // A notification arrives: into the list, and to the top if the phone is in use.
  // Nothing happens if the owner has switched off the app's notifications.
  void post(PhoneState& state, Notification notification) const;

  // Opens a screen directly, as a transition's `go` would: for tools and tests.
  void enter(PhoneState& state, int app, int screen,
             std::vector<app::Value> args) const;

  // Is there anything that a tap on this widget part would do now? (Transitions
  // whose condition holds, a bind, a field to focus.)
  bool answers_tap(const PhoneState& state, const Target& target) const;

  // Are the buttons behind this row laid bare? (A swipe does that.)
  bool is_opened(const PhoneState& state, int widget, app::Ref row) const;

  // Is the widget on the top screen, its row there, and no `show` against it?
  bool is_shown(const PhoneState& state, int widget, app::Ref row) const;

  // What stands in the focused field; empty without one.
  std::string focused_text(const PhoneState& state) const;

  // Greyed out: `enabled` is false, a stepper at its end, nothing to send. REQUIRES:
  // `widget` is the target's, on the top screen, and shown.
  bool is_disabled(const PhoneState& state, const app::Widget& widget,
                   const Target& target) const;

  // The present page of the keyboard's candidates, best first; number i is tapped
  // as kImeCandidate + i. Empty while nothing is half-typed.
  std::vector<std::string> ime_candidates(const PhoneState& state) const;

  // Rows shown by a list or grid widget of the top screen: filtered, sorted,
  // limited. The one place where that is decided.
  std::vector<app::Ref> visible_rows(const PhoneState& state,
                                     const app::Widget& list) const;

  // Apps that the launcher's search finds, in the order of the app set.
  std::vector<int> search_results(const PhoneState& state) const;

  // For evaluating the top screen's expressions.
  app::EvalContext context(const PhoneState& state, app::Ref row = {}) const;

 private:
  const app::AppSet* apps_;
  std::shared_ptr<const PinyinDictionary> pinyin_;  // shared by all machines
};

}  // namespace paperphone::sim

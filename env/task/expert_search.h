// The way to a screen, found by trying the machine itself: breadth-first over
// taps, Back and open() that change no data. Exact, because it runs the very
// transitions the phone will run.
#pragma once

#include <functional>
#include <vector>

#include "env/sim/machine.h"

namespace paperphone::task {

struct SearchProblem {
  std::function<bool(const sim::PhoneState&)> reached;
  int target_app = -1;             // open() of this app is tried too
  std::vector<app::Ref> interesting;    // rows that the way may lead through
  // Data changes that the way may cause; nullptr: none at all.
  std::function<bool(const app::World& before, const app::World& after)> tolerates;
};

struct SearchResult {
  bool found = false;
  int length = 0;                  // events on the way; 0: already there
  std::vector<sim::Event> first_events; // every event that begins a shortest way
};

SearchResult search_way(const sim::Machine& machine, const sim::PhoneState& from,
                        const SearchProblem& problem);

// Is this widget (part, row) on the top screen and would a tap on it do anything?
bool offers(const sim::Machine& machine, const sim::PhoneState& state, const sim::Target& target);

}  // namespace paperphone::task

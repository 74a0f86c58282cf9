// The way to a screen, found by trying the machine itself: breadth-first over
// taps, Back and open() that change no data. Exact, because it runs the very
// transitions the phone will run.
#pragma once

#include <functional>
#include <vector>

#include "env/sim/machine.h"

namespace paperphone {

struct SearchProblem {
  std::function<bool(const PhoneState&)> reached;
  int target_app = -1;             // open() of this app is tried too
  std::vector<Ref> interesting;    // rows that the way may lead through
  // Data changes that the way may cause; nullptr: none at all.
  std::function<bool(const World& before, const World& after)> tolerates;
};

struct SearchResult {
  bool found = false;
  int length = 0;                  // events on the way; 0: already there
  std::vector<Event> first_events; // every event that begins a shortest way
};

SearchResult search_way(const Machine& machine, const PhoneState& from,
                        const SearchProblem& problem);

// Is this widget (part, row) on the top screen and would a tap on it do anything?
bool offers(const Machine& machine, const PhoneState& state, const Target& target);

}  // namespace paperphone

// The way to a screen, found by trying the machine itself: the shortest first, over taps,
// Back, open(), notifications, the control centre and names typed into search boxes, as far
// as they change no data. Exact, because it runs the very
// transitions the phone will run.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "env/sim/machine.h"
#include "env/task/evidence/screen_graph.h"

namespace paperphone::task {

struct SearchProblem {
  // nullopt: not there. Else what remains to be done there, in actions: 0 where only the
  // way counts.
  std::function<std::optional<int>(const sim::PhoneState&)> reached;
  int target_app = -1;             // open() of this app is tried too
  ScreenGraph::Distances hope;     // to the screens where that can be
  std::vector<app::Ref> interesting;    // rows that the way may lead through
  std::vector<std::string> names;       // that may be typed into search boxes
  // Would a list of the top screen have this row, as far as one can know? nullptr: yes.
  std::function<bool(const sim::PhoneState&, const app::Widget& list, app::Ref row)> has_row;
  // Pages that have to be scrolled until one comes to a row of the list, as far as one can
  // know. nullptr: none.
  std::function<int(const sim::PhoneState&, const app::Widget& list, app::Ref row)> pages;
  bool tries_controls = false;  // the control centre has what is wanted
  // Data changes that the way may cause; nullptr: none at all.
  std::function<bool(const app::World& before, const app::World& after)> tolerates;
};

struct SearchResult {
  bool found = false;
  int length = 0;                  // events on the best way; 0: it is here
  int there = 0;                   // what `reached` said of its end
  std::vector<sim::Event> first_events; // every event that begins a best way
};

SearchResult search_way(const sim::Machine& machine, const sim::PhoneState& from,
                        const SearchProblem& problem);

// What has been typed into a box that looks for rows; nullopt: it is none such.
std::optional<app::Value> searched_for(const sim::Machine& machine, const sim::PhoneState& state,
                                       const app::Widget& widget);

const app::ScreenSpec* top_screen(const sim::Machine& machine, const sim::PhoneState& state);
// Has it more rows for who scrolls on at its end?
bool grows(const app::ScreenSpec& screen);

// Is this widget (part, row) on the top screen and would a tap on it do anything?
bool offers(const sim::Machine& machine, const sim::PhoneState& state, const sim::Target& target);

}  // namespace paperphone::task

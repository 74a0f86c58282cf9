// The way to where an unknown fact can be read.
#pragma once

#include <span>

#include "env/task/evidence/known.h"
#include "env/task/evidence/screen_index.h"
#include "env/task/expert/search.h"

namespace paperphone::task {

// What a decision needs to know.
struct Facts {
  std::vector<const app::Expr*> exprs;
  // Does the evidence tell all of them in this world?
  bool known(Known& known, const app::World& world) const;
};

// Searches as search_way does; the ends are screens that say something of what is
// missing, at the price of the pages that have to be scrolled there. `problem.reached` is
// filled in. known: by this evidence.
SearchResult search_facts(const sim::Machine& machine, const ScreenIndex& index,
                          const sim::PhoneState& from, const Known& known,
                          const Evidence& evidence, const Facts& facts,
                          std::span<const app::Cell> missing, SearchProblem problem);

}  // namespace paperphone::task

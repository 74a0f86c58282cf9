#include "env/task/expert/gather.h"

#include <algorithm>
#include <map>
#include <utility>

#include "env/task/evidence/look.h"

namespace paperphone::task {

using app::Cell;
using sim::PhoneState;

namespace {

constexpr int kRowsOfAPage = 6;  // about
constexpr int kManyRows = 96;
// Looks at screens that may say something: the fewer the more there is to be known, for each
// takes the longer.
constexpr std::size_t kMostLooks = 200, kFewestLooks = 8, kCellsLookedFor = 40'000;
// Of those, at one and the same screen about one thing or another: pages of products that say
// nothing are no reason to stop before the favourites.
constexpr std::size_t kPartOfAScreen = 4;
constexpr int kActionsPerFact = 3;  // of what another screen has to tell, about

}  // namespace

bool Facts::known(Known& known, const app::World& world) const {
  bool all = true;
  for (const app::Expr* expr : exprs) all = known.is_known(*expr, world) && all;
  return all;
}

SearchResult search_facts(const sim::Machine& machine, const ScreenIndex& index,
                          const PhoneState& from, const Known& now_known,
                          const Evidence& evidence, const Facts& facts,
                          std::span<const app::Cell> missing, SearchProblem problem) {
  const About about(missing);
  std::size_t looks = std::clamp(kCellsLookedFor / std::max<std::size_t>(missing.size(), 1),
                                 kFewestLooks, kMostLooks);
  const std::size_t most_at_one = std::max<std::size_t>(looks / kPartOfAScreen, kFewestLooks);
  std::map<std::pair<int, int>, std::size_t> looks_at;  // by app and screen
  problem.reached = [&](const PhoneState& s) -> std::optional<int> {
    const sim::ScreenEntry* top = s.top();
    if (top == nullptr || !s.dialogs.empty() ||
        !index.may_show(s.front_app(), top->screen, about.columns))
      return std::nullopt;
    std::size_t& at_this = looks_at[{s.front_app(), top->screen}];
    if (looks == 0 || at_this == most_at_one) return std::nullopt;
    --looks;
    ++at_this;
    // Most say nothing of it.
    Evidence alone;
    look_through(machine, index, s, kManyRows, about, alone);
    const bool tells = std::any_of(missing.begin(), missing.end(), [&](const Cell& cell) {
      return alone.has(cell, value_at(s.world, cell));
    });
    if (!tells) return std::nullopt;
    const int least = &s == &from ? 1 : 0;  // what is in sight here does not tell it
    // How many cells are missing after so many rows.
    const auto missing_after = [&](int rows) -> std::size_t {
      Evidence then(&evidence);
      look_through(machine, index, s, rows, about, then);
      Known known(now_known, then);
      return facts.known(known, s.world) ? 0 : known.missing().size();
    };
    const std::size_t still = missing_after(kManyRows);
    if (still >= missing.size()) return std::nullopt;
    int rows = kRowsOfAPage;
    while (rows < kManyRows && missing_after(rows) != still) rows *= 2;
    const int pages = std::max(least, rows / kRowsOfAPage - 1);
    return still == 0 ? pages
                      : pages + 1 + kActionsPerFact * int(std::min<std::size_t>(still, 8));
  };
  problem.hope = index.graph().to(index.that_may_show(about.columns));
  return search_way(machine, from, problem);
}

}  // namespace paperphone::task

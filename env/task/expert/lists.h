// What one may expect of a list before one has looked through it: whether it has a row, and
// how far down.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "env/sim/machine.h"
#include "env/task/evidence/known.h"

namespace paperphone::task {

class Lists {
 public:
  // All outlive it.
  Lists(const sim::Machine& machine, const TaskInstance& task, const Known& known,
        const Evidence& evidence);

  // These rows are known, and with them that they satisfy what they were found by.
  void grant(const app::Expr& rows, const app::EvalContext& context);
  // Would the list have this row there? It has if it was in sight in it, or if what the
  // list filters by is known of the row, or is what it was found by.
  bool has_row(const sim::PhoneState& state, const app::Widget& list, app::Ref row) const;
  // How many pages one expects to scroll until the row is there: half of the list, unless
  // it was seen, or the list holds what was searched for.
  int pages_to(const sim::PhoneState& state, const app::Widget& list, app::Ref row) const;

 private:
  bool is_usual(const app::World& world, const app::Cell& cell, const app::Value& value) const;
  bool is_searched(const sim::PhoneState& state, const app::ScreenSpec& screen) const;

  void grant(const app::ExprNode& node, const app::EvalContext& context);

  const sim::Machine& machine_;
  const TaskInstance& task_;
  const Known& known_;
  const Evidence& evidence_;
  std::set<app::Cell> granted_;
  // What nearly all rows have there, by column; looked at once.
  mutable std::map<std::tuple<int, int, int>, std::optional<app::Value>> usual_;
};

}  // namespace paperphone::task

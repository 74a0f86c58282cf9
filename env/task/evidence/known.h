// Does the evidence tell what an expression is? Not whether its value was somewhere in
// sight: whether everything that decides it was.
//
// A cell is known when it was seen with the value that it has. Of the rows of a table,
// those that a list has not are known not to satisfy a condition on what the list
// filters by, once all of the list was seen; and where a list is sorted by what is
// compared, the rows behind one that was seen need not be.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "env/task/evidence/evidence.h"
#include "env/task/task.h"

namespace paperphone::task {

// What the instruction says and takes for granted: the cells that its wordings speak of,
// and those by which its parameters were chosen ("an order that is not paid"), unless its
// end wants something to be seen. Sorted.
std::vector<app::Cell> told_by(const app::AppSet& apps, const TaskInstance& task);

class Known {
 public:
  // All must outlive it.
  Known(const app::AppSet& apps, const TaskInstance& task, const Evidence& evidence);
  // What another one would know by this evidence.
  Known(const Known& other, const Evidence& evidence);

  // In this world; parameters are known, for the instruction says them, and so are the
  // cells that it speaks of. Names of `let` are looked up as they were at the start.
  bool is_known(const app::Expr& expr, const app::World& world);

  // Was it in sight with this value, or does the instruction say it?
  bool has(const app::Cell& cell, const app::Value& value) const;

  // The same, without a word on what is missing.
  bool knows(const app::Expr& expr, const app::World& world);

  // The cells that calls since the last clear() found unknown, each once.
  const std::vector<app::Cell>& missing() const { return missing_; }
  void clear() {
    missing_.clear();
    lets_missed_ = 0;
  }

 private:
  bool node(const app::ExprNode& n, const app::EvalContext& c);
  bool cell(const app::Cell& cell, const app::Value& value);
  bool both(const app::ExprNode& n, const app::EvalContext& c, bool decides);
  bool rows(const app::ExprNode& n, const app::EvalContext& c);

  struct RowFacts;
  bool let(std::size_t index);
  // Of missing_: each cell once, those of lets that were missed included.
  void settle();
  std::vector<const Listing*> sorted_lists(const std::vector<const Listing*>& lists,
                                           const std::vector<RowFacts>& all,
                                           const RowFacts& best,
                                           const std::vector<std::int32_t>& compared,
                                           bool smallest) const;

  const app::AppSet& apps_;
  const TaskInstance& task_;
  const Evidence& evidence_;
  std::shared_ptr<const std::vector<app::Cell>> told_;  // by the instruction
  std::vector<app::Cell> missing_;
  std::uint64_t lets_missed_ = 0;  // by number: whose cells go with missing_
  struct Let {
    bool known = false;
    std::vector<app::Cell> missing;
  };
  std::vector<std::optional<Let>> lets_;  // those that were looked at
};

}  // namespace paperphone::task

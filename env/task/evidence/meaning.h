// What an expression says, whatever it calls its rows: "k.price" of a screen's argument and
// of a task's parameter are the same. So a label, and what an app works out by numbers of
// its own, are known by where they were read.
#pragma once

#include <cstdint>
#include <string_view>

#include "env/task/evidence/evidence.h"

namespace paperphone::task {

// The column or variable, the rule, the total: of which rows does not matter.
std::uint64_t shape_of(const app::ExprNode& node);
std::uint64_t shape_of(const app::Cell& cell);

// An address for evidence about what an expression says of these rows: what it came to
// (is_reckoned), and which words stood beside it. Told by no other.
app::Cell said_by(const app::ExprNode& node, const app::EvalContext& context);

// Multiplied, divided by numbers that no screen tells: what it comes to has to be read.
bool is_reckoned(const app::ExprNode& node);

// The very thing that a task's expression means: through its names (`let`) and conversions.
const app::ExprNode& meant_by(const app::Expr& expr, const app::TaskSpec& task);

// Words of the screen, always the same, and what stands or is set beside them.
struct Labelled {
  std::string_view label;  // empty: nothing is
  app::Expr value;
};
Labelled labelled_by(const app::Widget& widget);

}  // namespace paperphone::task

// The typing rules of operators and conversions. Private to the parser.
#pragma once

#include <string>

#include "env/app/expr/expr.h"
#include "env/app/expr/expr_parser.h"

namespace paperphone::app {

inline Type type_of(Kind kind) { return Type{.kind = kind}; }

// left <op> right; `offset` is the operator's, `sign` its spelling. Throw ExprError.
ExprNode make_comparison(Op op, ExprNode left, ExprNode right, std::size_t offset,
                         const AppSet& apps);
ExprNode make_arithmetic(std::string_view sign, ExprNode left, ExprNode right,
                         std::size_t offset, const AppSet& apps);
// int(x), date(x), time(x), instant(date, time), text(x).
ExprNode make_conversion(std::string_view name, std::vector<ExprNode> args,
                         std::size_t offset, const AppSet& apps);
// The one type that both branches have; kNone fits the other.
Type common_type(Type a, Type b, std::size_t offset, const AppSet& apps);
bool has_order(Kind kind);

}  // namespace paperphone::app

// The small typed expression language of app files: parsed and type-checked at
// load, total at run time (a missing row yields none, none.field yields none,
// x / 0 yields 0). Grammar and functions: apps/README.md.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "env/app/expr/value.h"
#include "env/app/world/world.h"
#include "env/base/rng.h"

namespace paperphone::app {

struct AppSet;
class ChosenRows;  // chosen_rows.h

enum class Op : std::uint8_t {
  kConst,   // value
  kVar,     // app, index: a state or view variable
  kRow, kNew,            // the list's row; the row just added
  kIt,                   // index: 0 the innermost aggregate's row, 1 that around it, ...
  kArg, kParam,          // index: screen argument; task parameter or `let`
  kField,   // children[0].index
  kNow, kToday,
  kAnd, kOr, kNot, kEq, kNe, kLt, kLe, kGt, kGe,
  kAdd, kSub, kMul, kDiv, kMod, kNeg, kConcat,
  kIf,                   // if(c, a, b)
  kContains, kStartsWith, kLen, kMin, kMax, kAbs, kText, kConvert,
  kLower, kSlice, kReplace, kPart, kParts,  // of texts
  kYear, kMonth, kDay, kWeekday,  // of a date or an instant
  // app, index = table; children: condition
  kCount, kAny, kOne, kFirst, kLatest,
  // the same with a value before the condition
  kSum, kAverage, kMaxOf, kMinOf, kMost, kLeast, kDistinct,
  // only where worlds and parameters are drawn; kPick, kShuffled of a table: app, index,
  // children: condition
  kPick, kRand, kChance, kDigits, kSeq, kShuffled,
};

struct ExprNode {
  Op op = Op::kConst;
  Type type;
  Value value;                  // kConst
  int app = -1;
  int index = -1;
  int lexicon = -1;             // kPick from a lexicon: index into AppSet::lexicons
  bool uses_it = false;         // needs the innermost row; filled by Expr
  bool uses_row = false;        // kRow occurs in it; likewise
  std::vector<ExprNode> children;
};

constexpr bool is_aggregate(Op op) { return op >= Op::kCount && op <= Op::kDistinct; }
// Goes through the rows of a table: `it` means another row inside.
inline bool has_own_it(const ExprNode& node) {
  return is_aggregate(node.op) ||
         ((node.op == Op::kPick || node.op == Op::kShuffled) && node.index >= 0);
}

// A compiled expression; copies share the tree.
class Expr {
 public:
  Expr() = default;
  explicit Expr(ExprNode root);
  bool empty() const { return root_ == nullptr; }
  const ExprNode& root() const { return *root_; }
  Type type() const { return root_ ? root_->type : Type{}; }

 private:
  std::shared_ptr<const ExprNode> root_;  // immutable
};

// Everything an expression can see while it runs.
struct EvalContext {
  const World& world;
  const AppSet& apps;
  Ref row;                         // the list row a widget or transition belongs to
  Ref it;                          // the row inside count(), any(), each...
  Ref made;                        // the row last added: `new`
  std::span<const Value> args;     // of the screen
  // Of the task instance, then its `let` names; on a calendar the day in hand.
  std::span<const Value> params;
  const Row* row_in_hand = nullptr;  // what `row` names, if somebody has it: not looked up
  const Row* it_in_hand = nullptr;   // likewise
  Rng* rng = nullptr;              // only while generating worlds and parameters
  int sequence = 0;                // seq: index of the row being generated
  const Rng* column_rng = nullptr; // shuffled: the stream all rows of a column share
  ChosenRows* chosen = nullptr;    // of the world that is being made
  const EvalContext* outer = nullptr;  // inside an aggregate: what is around it
  std::vector<Cell>* trace = nullptr;  // where values were read, if somebody wants to know
  bool trace_rows = true;  // inside aggregates too
};

Value evaluate(const Expr& expr, const EvalContext& context);
Value evaluate(const ExprNode& node, const EvalContext& context);  // a part of one

// The table's rows, as `row`, for which the condition holds, with the value that they
// are ordered by. Either expression may be missing. In the order of their ids.
struct SelectedRow {
  Ref row;
  Value key;
};
std::vector<SelectedRow> select_rows(const EvalContext& context, TableRef table,
                                     const Expr* where, const Expr* order_by);

inline bool holds(const Expr& expr, const EvalContext& context) {
  return expr.empty() || evaluate(expr, context).as_bool();
}

// Something that can be written: `var`, `phone.var`, `row.column`, `chosen.column`.
struct Place {
  Type type;
  int app = -1;
  int var = -1;     // >= 0: a variable of `app`
  Expr target;      // else: a reference ...
  int column = -1;  // ... and the column of its row
};
Value read(const Place& place, const EvalContext& context);
Expr value_of(const Place& place);  // what stands there, as an expression
// A comparison, `and` or `or` of two. REQUIRES: neither is empty, the types fit the
// operator.
Expr joined(Op op, const Expr& left, const Expr& right);

// Text with holes: "{row.name} ×{row.quantity}". A hole may carry a format after
// a colon; formats: apps/README.md.
enum class Format : std::uint8_t {
  kPlain, kMoney, kMoneyBare, kCount, kAgo, kClock, kDate, kMonthDay, kWeekday,
  kDuration, kPercent,
};
struct TemplatePiece {
  std::string literal;  // used if expr is empty
  Expr expr;
  Format format = Format::kPlain;
};
class Template {
 public:
  Template() = default;
  explicit Template(std::vector<TemplatePiece> pieces);
  bool empty() const { return !pieces_ || pieces_->empty(); }
  bool constant() const;  // no holes
  std::span<const TemplatePiece> pieces() const {
    return pieces_ ? std::span<const TemplatePiece>(*pieces_)
                   : std::span<const TemplatePiece>();
  }

 private:
  std::shared_ptr<const std::vector<TemplatePiece>> pieces_;  // immutable
};
std::string render(const Template& text, const EvalContext& context);

// ¥12.80, 1.2万, 09:41, 3小时前, 11月20日, 周五, 5小时32分. kPlain writes a value
// as its type wants it: money with ¥, date as 11月20日, time as 09:41.
std::string format_value(const Value& value, Type type, Format format,
                         const EvalContext& context);

}  // namespace paperphone::app

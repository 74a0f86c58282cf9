#include <algorithm>
#include <utility>
#include <vector>

#include "env/app/calendar.h"
#include "env/app/expr/chosen_rows.h"
#include "env/app/expr/expr.h"
#include "env/app/scalars.h"
#include "env/app/spec.h"
#include "env/base/utf8.h"

namespace paperphone::app {
namespace {

const Value kNoValue;

// Evaluates without copying what already stands somewhere: the result is a reference
// to the stored value, or to `out`, which the caller lends.
class Evaluation {
 public:
  explicit Evaluation(const EvalContext& context) : c_(context) {}

  const Value& value(const ExprNode& n, Value& out) const {
    switch (n.op) {
      case Op::kConst: return n.value;
      case Op::kVar: {
        const AppData& data = *c_.world.apps[std::size_t(n.app)];
        if (c_.trace != nullptr)
          c_.trace->push_back({.app = std::int16_t(n.app), .column = n.index});
        return data.vars[std::size_t(n.index)];
      }
      case Op::kArg: return at(c_.args, n.index);
      case Op::kParam: return at(c_.params, n.index);
      case Op::kField: {
        const ExprNode& from = n.children[0];
        const Row* row = from.op == Op::kIt && from.index == 0 ? c_.it_in_hand
                         : from.op == Op::kRow                 ? c_.row_in_hand
                                                               : nullptr;
        if (row == nullptr) row = c_.world.find(ref(from));
        if (row == nullptr) return kNoValue;
        if (c_.trace != nullptr) note(ref(from), n.index);
        return row->cells[std::size_t(n.index)];
      }
      case Op::kIf: return value(n.children[truth(n.children[0]) ? 1 : 2], out);
      default: out = compute(n); return out;
    }
  }

  bool truth(const ExprNode& n) const {
    switch (n.op) {
      case Op::kAnd: return truth(n.children[0]) && truth(n.children[1]);
      case Op::kOr: return truth(n.children[0]) || truth(n.children[1]);
      case Op::kNot: return !truth(n.children[0]);
      case Op::kEq: case Op::kNe: case Op::kLt: case Op::kLe: case Op::kGt: case Op::kGe:
        return compare(n);
      case Op::kContains: case Op::kStartsWith: return search(n);
      default: {
        Value scratch;
        return value(n, scratch).as_bool();
      }
    }
  }

 private:
  static const Value& at(std::span<const Value> values, int index) {
    return std::size_t(index) < values.size() ? values[std::size_t(index)] : kNoValue;
  }

  void note(Ref row, int column) const {
    c_.trace->push_back({row.app, row.table, row.row_id, column});
  }

  Ref ref(const ExprNode& n) const {
    switch (n.op) {
      case Op::kRow: return c_.row;
      case Op::kIt: {
        const EvalContext* at = &c_;
        for (int i = 0; i < n.index && at->outer != nullptr; ++i) at = at->outer;
        return at->it;
      }
      case Op::kNew: return c_.made;
      default: {
        Value scratch;
        return value(n, scratch).as_ref();
      }
    }
  }

  std::int64_t number(const ExprNode& n) const {
    Value scratch;
    return value(n, scratch).as_int();
  }

  bool compare(const ExprNode& n) const {
    Value left_scratch, right_scratch;
    const Value& a = value(n.children[0], left_scratch);
    const Value& b = value(n.children[1], right_scratch);
    if (n.op == Op::kEq) return a == b;
    if (n.op == Op::kNe) return !(a == b);
    if (a.is_none() || b.is_none()) return false;  // what is not there has no order
    switch (n.op) {
      case Op::kLt: return a.less_than(b);
      case Op::kLe: return !b.less_than(a);
      case Op::kGt: return b.less_than(a);
      default: return !a.less_than(b);
    }
  }

  bool search(const ExprNode& n) const {
    Value text_scratch, part_scratch;
    const std::string_view text = value(n.children[0], text_scratch).as_text();
    const std::string_view part = value(n.children[1], part_scratch).as_text();
    if (part.empty()) return true;
    if (part.size() > text.size()) return false;
    if (n.op == Op::kStartsWith)
      return std::equal(part.begin(), part.end(), text.begin(), same_letter);
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       same_letter) != text.end();
  }

  Value arithmetic(const ExprNode& n) const {
    Value left_scratch, right_scratch;
    const Value& left = value(n.children[0], left_scratch);
    const Value& right = value(n.children[1], right_scratch);
    if (left.is_none() || right.is_none()) return {};
    const std::int64_t a = left.as_int();
    const std::int64_t b = right.as_int();
    std::int64_t result = 0;
    switch (n.op) {
      case Op::kAdd: result = wrap_add(a, b); break;
      case Op::kSub: result = wrap_sub(a, b); break;
      case Op::kMul: result = wrap_mul(a, b); break;
      case Op::kDiv: result = safe_div(a, b); break;
      default: result = safe_mod(a, b); break;
    }
    // A time stays on the clock face.
    if (n.type.kind == Kind::kTime) result = floor_mod(result, kMinutesPerDay);
    return Value::of_int(result);
  }

  Value convert(const ExprNode& n) const {
    Value scratch;
    const Value& from = value(n.children[0], scratch);
    if (from.is_none()) return {};
    const std::int64_t x = from.as_int();
    switch (n.type.kind) {
      case Kind::kDate: return Value::of_int(floor_div(x, kMinutesPerDay));
      case Kind::kTime: return Value::of_int(floor_mod(x, kMinutesPerDay));
      case Kind::kInstant: {
        Value time_scratch;
        const Value& time = value(n.children[1], time_scratch);
        if (time.is_none()) return {};
        return Value::of_int(wrap_add(wrap_mul(x, kMinutesPerDay), time.as_int()));
      }
      case Kind::kInt: {
        const Kind kind = n.children[0].type.kind;
        if (kind == Kind::kText) return Value::of_int(leading_number(from.as_text()));
        return Value::of_int(kind == Kind::kMoney ? floor_div(x, 100) : x);
      }
      case Kind::kMoney: {
        const Kind kind = n.children[0].type.kind;
        if (kind == Kind::kText) return Value::of_int(leading_money(from.as_text()));
        return Value::of_int(kind == Kind::kInt ? wrap_mul(x, 100) : x);
      }
      default: return from;
    }
  }

  // Of a text whose pieces stand between bars.
  Value part(const ExprNode& n) const {
    Value scratch;
    const std::string_view text = value(n.children[0], scratch).as_text();
    if (n.op == Op::kParts)
      return Value::of_int(text.empty() ? 0 : 1 + std::count(text.begin(), text.end(), '|'));
    std::int64_t missing = number(n.children[1]);
    std::size_t at = 0;
    for (; missing > 0 && at != text.npos; --missing) {
      at = text.find('|', at);
      if (at != text.npos) ++at;
    }
    if (missing != 0 || at == text.npos) return {};
    return Value::of_text(std::string(text.substr(at, text.find('|', at) - at)));
  }

  Value text_function(const ExprNode& n) const {
    Value scratch, second_scratch, third_scratch;
    const std::string_view text = value(n.children[0], scratch).as_text();
    if (n.op == Op::kLower) return Value::of_text(lowered(text));
    if (n.op == Op::kSlice)
      return Value::of_text(sliced(text, number(n.children[1]), number(n.children[2])));
    return Value::of_text(replaced(text, value(n.children[1], second_scratch).as_text(),
                                   value(n.children[2], third_scratch).as_text()));
  }

  // Weekdays count from Monday, 1.
  Value date_part(const ExprNode& n) const {
    Value scratch;
    const Value& from = value(n.children[0], scratch);
    if (from.is_none()) return {};
    constexpr std::int64_t kFar = 1'000'000'000;  // beyond it no calendar is asked
    const bool instant = n.children[0].type.kind == Kind::kInstant;
    const std::int64_t days = std::clamp(
        instant ? floor_div(from.as_int(), kMinutesPerDay) : from.as_int(), -kFar, kFar);
    const CivilDate date = civil_from_days(days);
    switch (n.op) {
      case Op::kYear: return Value::of_int(date.year);
      case Op::kMonth: return Value::of_int(date.month);
      case Op::kDay: return Value::of_int(date.day);
      default: return Value::of_int((weekday(days) + 6) % 7 + 1);
    }
  }

  // `it.column == x`, where x is the same for all rows, or a conjunction with such a
  // part: the condition by which rows are mostly looked up. Then x is computed once, and
  // most rows cost one comparison.
  struct Lookup {
    int column = -1;  // -1: the condition is of another shape
    Value wanted;
    bool is_all = false;  // nothing else has to hold
  };
  Lookup lookup(const ExprNode* condition, Op hand) const {
    Lookup out;
    if (condition == nullptr) return out;
    if (condition->op == Op::kAnd) {
      for (const ExprNode& part : condition->children) {
        out = lookup(&part, hand);
        if (out.column >= 0) break;
      }
      out.is_all = false;
      return out;
    }
    if (condition->op != Op::kEq) return out;
    const ExprNode& cell = condition->children[0];
    const ExprNode& wanted = condition->children[1];
    if (cell.op != Op::kField || cell.children[0].op != hand) return out;
    if (hand == Op::kIt && cell.children[0].index != 0) return out;
    if (hand == Op::kIt ? wanted.uses_it : wanted.uses_row) return out;
    Value scratch;
    out.column = cell.index;
    out.wanted = value(wanted, scratch);
    out.is_all = true;
    return out;
  }

  // Where the rows stand that a lookup can find.
  struct Range {
    std::size_t first = 0;
    std::size_t count = 0;
  };
  static Range range_of(const Lookup& lookup, const TableSpec& spec,
                        const Lazy<Table>& table) {
    const std::size_t count = table->rows.size();
    const bool numbered =
        lookup.column >= 0 && table.untouched() && spec.counts_rows(lookup.column);
    if (!numbered) return {0, count};
    const std::int64_t at = lookup.wanted.as_int();
    const bool there = lookup.wanted.tag() == Value::Tag::kNumber && at >= 0 &&
                       std::uint64_t(at) < count;
    return there ? Range{std::size_t(at), 1} : Range{};
  }

 public:
  // Calls visit(evaluation inside the row, its reference) for the rows that satisfy the
  // condition, with the row as `hand`: kIt or kRow; stops when it returns false.
  template <class Visit>
  void for_rows(int app, int table_index, Op hand, bool latest_first,
                const ExprNode* condition, Visit visit) const {
    const Lazy<Table>& table =
        c_.world.apps[std::size_t(app)]->tables[std::size_t(table_index)];
    EvalContext inner_context = c_;
    if (hand == Op::kIt) inner_context.outer = &c_;
    if (!c_.trace_rows) inner_context.trace = nullptr;
    Evaluation inner(inner_context);
    Ref& ref = hand == Op::kIt ? inner_context.it : inner_context.row;
    const Row*& in_hand =
        hand == Op::kIt ? inner_context.it_in_hand : inner_context.row_in_hand;
    ref = Ref{std::int16_t(app), std::int16_t(table_index), -1};
    in_hand = nullptr;
    const Lookup lookup = inner.lookup(condition, hand);  // rows are numbered from inside
    const auto& rows = table->rows;
    const auto [first, count] = range_of(
        lookup, c_.apps.apps[std::size_t(app)].tables[std::size_t(table_index)], table);
    for (std::size_t i = 0; i < count; ++i) {
      const Row& row = *rows[first + (latest_first ? count - 1 - i : i)];
      if (lookup.column >= 0 && inner_context.trace != nullptr)
        note({ref.app, ref.table, row.id}, lookup.column);
      if (lookup.column >= 0 &&
          !(row.cells[std::size_t(lookup.column)] == lookup.wanted))
        continue;
      ref.row_id = row.id;
      in_hand = &row;
      if (condition != nullptr && !lookup.is_all && !inner.truth(*condition)) continue;
      if (!visit(inner, ref)) return;
    }
  }

 private:
  template <class Visit>
  void for_rows(const ExprNode& n, const ExprNode* condition, Visit visit) const {
    for_rows(n.app, n.index, Op::kIt, n.op == Op::kLatest, condition, visit);
  }

  static bool looks_at_a_value(Op op) { return op >= Op::kSum && op <= Op::kDistinct; }

  // Rows whose value is none count for nothing.
  Value aggregate_values(const ExprNode& n) const {
    const ExprNode* condition = n.children.size() > 1 ? &n.children[1] : nullptr;
    std::int64_t total = 0;
    std::int64_t count = 0;
    Value best;
    Ref best_row;
    std::vector<Value> seen;
    const bool down = n.op == Op::kMinOf || n.op == Op::kLeast;
    for_rows(n, condition, [&](const Evaluation& inner, Ref row) {
      Value scratch;
      const Value& value = inner.value(n.children[0], scratch);
      if (value.is_none()) return true;
      ++count;
      if (n.op == Op::kDistinct) {
        if (std::find(seen.begin(), seen.end(), value) == seen.end())
          seen.push_back(value);
      } else if (n.op == Op::kAverage) {
        total = wrap_add(total, value.as_int());
      } else if (count == 1 || (down ? value.less_than(best) : best.less_than(value))) {
        best = value;
        best_row = row;
      }
      return true;
    });
    switch (n.op) {
      case Op::kDistinct: return Value::of_int(std::int64_t(seen.size()));
      case Op::kAverage: return count == 0 ? Value() : Value::of_int(total / count);
      case Op::kMost: case Op::kLeast:
        return count == 0 ? Value() : Value::of_ref(best_row);
      default: return best;
    }
  }

  // Counts and finds without a condition.
  Value of_all_rows(const ExprNode& n) const {
    const auto& rows = table(n).rows;
    const bool found = n.op == Op::kOne ? rows.size() == 1 : !rows.empty();
    switch (n.op) {
      case Op::kCount: return Value::of_int(std::int64_t(rows.size()));
      case Op::kAny: return Value::of_bool(found);
      default:
        if (!found) return {};
        const Row& row = n.op == Op::kLatest ? *rows.back() : *rows.front();
        return Value::of_ref({std::int16_t(n.app), std::int16_t(n.index), row.id});
    }
  }

  Value aggregate(const ExprNode& n) const {
    if (looks_at_a_value(n.op) && n.op != Op::kSum) return aggregate_values(n);
    const std::size_t condition_at = n.op == Op::kSum ? 1 : 0;
    const ExprNode* condition =
        n.children.size() > condition_at ? &n.children[condition_at] : nullptr;
    if (condition == nullptr && n.op != Op::kSum) return of_all_rows(n);
    std::int64_t total = 0;
    Ref found;
    for_rows(n, condition, [&](const Evaluation& inner, Ref row) {
      found = row;
      total = wrap_add(total, n.op == Op::kSum ? inner.number(n.children[0]) : 1);
      const bool more = n.op == Op::kCount || n.op == Op::kSum;
      return more || (n.op == Op::kOne && total < 2);
    });
    switch (n.op) {
      case Op::kCount: case Op::kSum: return Value::of_int(total);
      case Op::kAny: return Value::of_bool(total > 0);
      case Op::kOne: return total == 1 ? Value::of_ref(found) : Value();
      default: return Value::of_ref(found);
    }
  }

  const Table& table(const ExprNode& n) const {
    return *c_.world.apps[std::size_t(n.app)]->tables[std::size_t(n.index)];
  }

  // ---- only while worlds and parameters are made --------------------------------

  Value pick(const ExprNode& n) const {
    if (n.lexicon >= 0) {
      const auto& values = c_.apps.lexicons[std::size_t(n.lexicon)].values;
      return values.empty() ? Value() : values[c_.rng->below(values.size())];
    }
    if (n.index >= 0)
      return chosen_row(n, [&](std::size_t size) { return c_.rng->below(size); });
    Value scratch;
    return value(n.children[c_.rng->below(n.children.size())], scratch);
  }

  // One of the rows that pick() and shuffled() choose from; place(how many there are).
  template <class Place>
  Value chosen_row(const ExprNode& n, Place place) const {
    std::int32_t id = -1;
    if (n.children.empty()) {
      const auto& rows = table(n).rows;
      if (!rows.empty()) id = rows[place(rows.size())]->id;
    } else {
      const ChosenRows::Rows rows = rows_to_choose(n);
      if (!rows->empty()) id = (*rows)[place(rows->size())];
    }
    return Value::of_ref({std::int16_t(n.app), std::int16_t(n.index), id});
  }

  ChosenRows::Rows rows_to_choose(const ExprNode& n) const {
    const bool growing = c_.it.app == n.app && c_.it.table == n.index;
    if (c_.chosen == nullptr || c_.apps.chosen == nullptr || growing) return rows_of(n);
    const ChoicePlan& plan = c_.apps.chosen->plan(n, c_.apps);
    if (!plan.is_lasting) return rows_of(n);
    ChosenRows& known = plan.is_fixed ? *c_.apps.chosen : *c_.chosen;
    ChosenRows::Key given = values_given(plan);
    ChosenRows::Rows rows = known.find(n, given);
    return rows != nullptr ? rows : known.add(n, std::move(given), rows_of(n));
  }

  // As the condition sees them from inside the rows.
  ChosenRows::Key values_given(const ChoicePlan& plan) const {
    EvalContext inner_context = c_;
    inner_context.outer = &c_;
    const Evaluation inner(inner_context);
    ChosenRows::Key key;
    key.reserve(plan.given.size());
    for (const ExprNode* part : plan.given) {
      Value scratch;
      key.push_back(inner.value(*part, scratch));
    }
    return key;
  }

  ChosenRows::Rows rows_of(const ExprNode& n) const {
    auto ids = std::make_shared<std::vector<std::int32_t>>();
    for_rows(n, &n.children[0], [&](const Evaluation&, Ref row) {
      ids->push_back(row.row_id);
      return true;
    });
    return ids;
  }

  Value shuffled(const ExprNode& n) const {
    const auto place_among = [&](std::size_t size) {
      const Rng& stream = c_.column_rng != nullptr ? *c_.column_rng : *c_.rng;
      return permute(std::uint64_t(c_.sequence) % size, size, stream);
    };
    if (n.index >= 0) return chosen_row(n, place_among);
    const auto& values = c_.apps.lexicons[std::size_t(n.lexicon)].values;
    return values.empty() ? Value() : values[place_among(values.size())];
  }

  Value rand(const ExprNode& n) const {
    const std::int64_t low = number(n.children[0]);
    const std::int64_t high = std::max(low, number(n.children[1]));
    if (std::uint64_t(high) - std::uint64_t(low) == ~std::uint64_t(0))
      return Value::of_int(std::int64_t(c_.rng->next()));  // every number there is
    return Value::of_int(c_.rng->between(low, high));
  }

  Value digits(const ExprNode& n) const {
    std::string text;
    const std::int64_t length = std::clamp<std::int64_t>(number(n.children[0]), 0, 64);
    for (std::int64_t i = 0; i < length; ++i) text += char('0' + c_.rng->below(10));
    return Value::of_text(std::move(text));
  }

  Value generated(const ExprNode& n) const {
    if (n.op == Op::kSeq) return Value::of_int(c_.sequence);
    if (c_.rng == nullptr) return {};
    switch (n.op) {
      case Op::kPick: return pick(n);
      case Op::kShuffled: return shuffled(n);
      case Op::kRand: return rand(n);
      case Op::kChance:
        return Value::of_bool(std::int64_t(c_.rng->below(100)) < number(n.children[0]));
      default: return digits(n);
    }
  }

  Value compute(const ExprNode& n) const {
    switch (n.op) {
      case Op::kRow: case Op::kIt: case Op::kNew: return Value::of_ref(ref(n));
      case Op::kNow: return Value::of_int(floor_div(c_.world.now_ms, kMsPerMinute));
      case Op::kToday:
        return Value::of_int(floor_div(c_.world.now_ms, kMsPerMinute * kMinutesPerDay));
      case Op::kAdd: case Op::kSub: case Op::kMul: case Op::kDiv: case Op::kMod:
        return arithmetic(n);
      case Op::kNeg: {
        Value scratch;
        const Value& x = value(n.children[0], scratch);
        return x.is_none() ? Value() : Value::of_int(wrap_sub(0, x.as_int()));
      }
      case Op::kConcat: {
        Value left_scratch, right_scratch;
        const std::string_view a = value(n.children[0], left_scratch).as_text();
        const std::string_view b = value(n.children[1], right_scratch).as_text();
        std::string text;
        text.reserve(a.size() + b.size());
        text.append(a).append(b);
        return Value::of_text(std::move(text));
      }
      case Op::kLen: {
        Value scratch;
        return Value::of_int(count_code_points(value(n.children[0], scratch).as_text()));
      }
      case Op::kMin: case Op::kMax: {
        Value left_scratch, right_scratch;
        const Value& a = value(n.children[0], left_scratch);
        const Value& b = value(n.children[1], right_scratch);
        if (a.is_none() || b.is_none()) return a.is_none() ? b : a;
        return (n.op == Op::kMin) == b.less_than(a) ? b : a;
      }
      case Op::kAbs: {
        Value scratch;
        const Value& x = value(n.children[0], scratch);
        return x.is_none() || x.as_int() >= 0 ? x
                                              : Value::of_int(wrap_sub(0, x.as_int()));
      }
      case Op::kText: {
        Value scratch;
        const Value& x = value(n.children[0], scratch);
        return Value::of_text(
            format_value(x, n.children[0].type, Format::kPlain, c_));
      }
      case Op::kConvert: return convert(n);
      case Op::kLower: case Op::kSlice: case Op::kReplace: return text_function(n);
      case Op::kPart: case Op::kParts: return part(n);
      case Op::kYear: case Op::kMonth: case Op::kDay: case Op::kWeekday:
        return date_part(n);
      case Op::kCount: case Op::kAny: case Op::kOne: case Op::kFirst: case Op::kLatest:
      case Op::kSum: case Op::kAverage: case Op::kMaxOf: case Op::kMinOf:
      case Op::kMost: case Op::kLeast: case Op::kDistinct:
        return aggregate(n);
      case Op::kPick: case Op::kRand: case Op::kChance: case Op::kDigits: case Op::kSeq:
      case Op::kShuffled:
        return generated(n);
      default: return Value::of_bool(truth(n));
    }
  }

  const EvalContext& c_;
};

// Returns which rows around the node it needs: bit 0 the innermost, bit 1 the next.
std::uint64_t mark_uses(ExprNode& node) {
  node.uses_row = node.op == Op::kRow;
  std::uint64_t needed = node.op == Op::kIt ? std::uint64_t(1) << (node.index & 63) : 0;
  for (ExprNode& child : node.children) {
    needed |= mark_uses(child);
    node.uses_row |= child.uses_row;
  }
  if (has_own_it(node)) needed >>= 1;  // its own row is nobody else's matter
  node.uses_it = (needed & 1) != 0;
  return needed;
}

}  // namespace

Expr::Expr(ExprNode root) {
  mark_uses(root);
  root_ = std::make_shared<const ExprNode>(std::move(root));
}

Value evaluate(const Expr& expr, const EvalContext& context) {
  if (expr.empty()) return {};
  Value scratch;
  return Evaluation(context).value(expr.root(), scratch);
}

Value evaluate(const ExprNode& node, const EvalContext& context) {
  Value scratch;
  return Evaluation(context).value(node, scratch);
}

std::vector<SelectedRow> select_rows(const EvalContext& context, TableRef table,
                                     const Expr* where, const Expr* order_by) {
  std::vector<SelectedRow> rows;
  const ExprNode* condition = where != nullptr ? &where->root() : nullptr;
  Evaluation(context).for_rows(
      table.app, table.table, Op::kRow, false, condition,
      [&](const Evaluation& inner, Ref row) {
        rows.push_back({row, Value()});
        if (order_by != nullptr) {
          Value scratch;
          rows.back().key = inner.value(order_by->root(), scratch);
        }
        return true;
      });
  return rows;
}

Value read(const Place& place, const EvalContext& context) {
  if (place.var >= 0) {
    if (place.app < 0) return {};
    if (context.trace != nullptr)
      context.trace->push_back({.app = std::int16_t(place.app), .column = place.var});
    return context.world.apps[std::size_t(place.app)]->vars[std::size_t(place.var)];
  }
  const Ref ref = evaluate(place.target, context).as_ref();
  const Row* row = context.world.find(ref);
  if (row == nullptr || place.column < 0) return {};
  if (context.trace != nullptr)
    context.trace->push_back({ref.app, ref.table, ref.row_id, place.column});
  return row->cells[std::size_t(place.column)];
}

Expr value_of(const Place& place) {
  ExprNode node{.op = Op::kVar, .type = place.type, .app = place.app, .index = place.var};
  if (place.var < 0) {
    node = {.op = Op::kField, .type = place.type, .index = place.column};
    node.children.push_back(place.target.root());
  }
  return Expr(std::move(node));
}

Expr joined(Op op, const Expr& left, const Expr& right) {
  ExprNode node{.op = op, .type = {.kind = Kind::kBool}};
  node.children = {left.root(), right.root()};
  return Expr(std::move(node));
}

}  // namespace paperphone::app

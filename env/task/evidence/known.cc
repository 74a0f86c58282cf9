#include "env/task/evidence/known.h"

#include <algorithm>
#include <set>
#include <utility>

#include "env/base/check.h"

namespace paperphone::task {

using app::Cell;
using app::EvalContext;
using app::Expr;
using app::ExprNode;
using app::Op;
using app::Ref;
using app::Value;

namespace {

std::vector<std::int32_t> columns_of(const std::vector<Cell>& cells, Ref row) {
  std::vector<std::int32_t> out;
  for (const Cell& cell : cells)
    if (cell.app == row.app && cell.table == row.table && cell.row_id == row.row_id)
      out.push_back(cell.column);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool contains(const std::vector<std::int32_t>& sorted, const std::vector<std::int32_t>& part) {
  return std::includes(sorted.begin(), sorted.end(), part.begin(), part.end());
}

// The texts that a condition compares rows with.
void add_texts(const ExprNode& node, const EvalContext& context, std::vector<std::string>& out) {
  if (!node.uses_it) {
    EvalContext quiet = context;
    quiet.trace = nullptr;
    if (std::string text(evaluate(node, quiet).as_text()); !text.empty())
      out.push_back(std::move(text));
    return;
  }
  for (const ExprNode& child : node.children) add_texts(child, context, out);
}

}  // namespace

// One row of an aggregate's table.
struct Known::RowFacts {
  Ref row;
  bool counts = false;     // satisfies the condition
  bool is_decided = false;  // which is known, and its value too if it counts
  Value value;             // where it counts
  std::vector<std::int32_t> asked;  // columns that the condition read; of open rows
  std::vector<Cell> missing;
  std::uint64_t lets_missed = 0;
};

// Cells whose values a condition that holds gives away: what is so or not so, what equals
// something. Not what differs from something, is more, has a word in it, or may be so or so.
void add_given(const ExprNode& n, const EvalContext& c, std::vector<Cell>& out) {
  switch (n.op) {
    case Op::kAnd:
      for (const ExprNode& child : n.children) add_given(child, c, out);
      return;
    case Op::kNot:
      if (n.children[0].op != Op::kEq) add_given(n.children[0], c, out);
      return;
    case Op::kEq: case Op::kField: case Op::kVar: {
      EvalContext here = c;
      here.trace = &out;
      evaluate(n, here);
      return;
    }
    default:
      if (app::is_aggregate(n.op)) out.push_back(cell_of(n, c));
  }
}

std::vector<Cell> told_by(const app::AppSet& apps, const TaskInstance& task) {
  std::vector<Cell> told;
  EvalContext context{
      .world = task.initial, .apps = apps, .params = task.values, .trace = &told};
  for (const app::Template& text : task.spec->zh) app::render(text, context);
  // What has to be seen is not taken for granted.
  const bool by_choice = fact_to_see(*task.spec) == nullptr;
  for (std::size_t i = 0; by_choice && i < task.spec->params.size(); ++i) {
    const Expr& where = task.spec->params[i].where;
    context.it = task.values[i].as_ref();
    if (context.it.valid() && !where.empty()) add_given(where.root(), context, told);
  }
  std::sort(told.begin(), told.end());
  return told;
}

Known::Known(const app::AppSet& apps, const TaskInstance& task, const Evidence& evidence)
    : apps_(apps),
      task_(task),
      evidence_(evidence),
      told_(std::make_shared<const std::vector<Cell>>(told_by(apps, task))) {
  CHECK_TRUE(task.spec->lets.size() <= 64);  // lets_missed_
  lets_.resize(task.spec->lets.size());
}

Known::Known(const Known& other, const Evidence& evidence)
    : apps_(other.apps_), task_(other.task_), evidence_(evidence), told_(other.told_) {
  lets_.resize(other.lets_.size());
}

bool Known::is_known(const Expr& expr, const app::World& world) {
  if (expr.empty()) return true;
  const bool known =
      node(expr.root(), {.world = world, .apps = apps_, .params = task_.values});
  settle();
  return known;
}

bool Known::knows(const Expr& expr, const app::World& world) {
  const std::vector<Cell> before = missing_;
  const bool known = is_known(expr, world);
  missing_ = before;
  return known;
}

void Known::settle() {
  for (std::size_t i = 0; i < lets_.size(); ++i)
    if (lets_missed_ >> i & 1)
      missing_.insert(missing_.end(), lets_[i]->missing.begin(), lets_[i]->missing.end());
  lets_missed_ = 0;
  std::set<Cell> said;
  std::erase_if(missing_, [&](const Cell& cell) { return !said.insert(cell).second; });
}

bool Known::has(const Cell& cell, const Value& value) const {
  return evidence_.has(cell, value) ||
         std::binary_search(told_->begin(), told_->end(), cell);
}

bool Known::cell(const Cell& cell, const Value& value) {
  if (has(cell, value)) return true;
  missing_.push_back(cell);
  return false;
}

// `and`, `or`: one part that decides is enough.
bool Known::both(const ExprNode& n, const EvalContext& c, bool decides) {
  const std::size_t before = missing_.size();
  const std::uint64_t lets_before = lets_missed_;
  bool all = true;
  for (const ExprNode& child : n.children) {
    const bool known = node(child, c);
    if (known && evaluate(child, c).as_bool() == decides) {
      missing_.resize(before);
      lets_missed_ = lets_before;
      return true;
    }
    all = all && known;
  }
  return all;
}

bool Known::node(const ExprNode& n, const EvalContext& c) {
  switch (n.op) {
    case Op::kConst: case Op::kNow: case Op::kToday: case Op::kRow: case Op::kIt:
    case Op::kNew: case Op::kArg:
      return true;
    case Op::kVar:
      return cell({.app = std::int16_t(n.app), .column = n.index}, evaluate(n, c));
    case Op::kParam: {
      const std::size_t let = std::size_t(n.index) - task_.spec->params.size();
      if (std::size_t(n.index) < task_.spec->params.size()) return true;
      if (let >= task_.spec->lets.size()) return true;
      return this->let(let);
    }
    case Op::kField: {
      if (!node(n.children[0], c)) return false;
      const Ref row = evaluate(n.children[0], c).as_ref();
      if (c.world.find(row) == nullptr) return true;  // nothing to be seen
      return cell({row.app, row.table, row.row_id, n.index}, evaluate(n, c));
    }
    case Op::kAnd: return both(n, c, false);
    case Op::kOr: return both(n, c, true);
    case Op::kIf:
      return node(n.children[0], c) &&
             node(n.children[evaluate(n.children[0], c).as_bool() ? 1 : 2], c);
    default: break;
  }
  if (app::is_aggregate(n.op)) {
    if (evidence_.has(cell_of(n, c), evaluate(n, c))) return true;
    return rows(n, c);
  }
  bool all = true;
  for (const ExprNode& child : n.children) all = node(child, c) && all;
  return all;
}

// As it was at the start; looked at once, for conditions ask it of every row.
bool Known::let(std::size_t index) {
  if (!lets_[index]) {
    const std::vector<Cell> before = std::exchange(missing_, {});
    const std::uint64_t lets_before = std::exchange(lets_missed_, 0);
    const bool known = node(task_.spec->lets[index].value.root(),
                            {.world = task_.initial, .apps = apps_, .params = task_.values});
    settle();
    lets_[index] = Let{known, std::exchange(missing_, before)};
    lets_missed_ = lets_before;
  }
  if (!lets_[index]->known) lets_missed_ |= std::uint64_t{1} << index;
  return lets_[index]->known;
}

// Lists sorted by what is compared, the best first, that were seen as far as the best row.
std::vector<const Listing*> Known::sorted_lists(const std::vector<const Listing*>& lists,
                                                const std::vector<RowFacts>& all,
                                                const RowFacts& best,
                                                const std::vector<std::int32_t>& compared,
                                                bool smallest) const {
  std::vector<const Listing*> out;
  for (const Listing* known : lists) {
    const Listing& list = *known;
    if (list.by.empty() || list.by != compared) continue;
    const int at = list.place_of(best.row.row_id);
    if (at < 0 || at >= list.seen_from_top()) continue;
    const Value* last = nullptr;
    bool is_sorted = true;
    for (const std::int32_t id : list.rows) {
      const auto row = std::find_if(all.begin(), all.end(), [&](const RowFacts& facts) {
        return facts.row.row_id == id;
      });
      if (row == all.end() || !row->counts || row->value.is_none()) continue;
      if (last != nullptr && (smallest ? row->value.less_than(*last)
                                       : last->less_than(row->value)))
        is_sorted = false;
      last = &row->value;
    }
    if (is_sorted) out.push_back(&list);
  }
  return out;
}

bool Known::rows(const ExprNode& n, const EvalContext& c) {
  const bool has_value = n.op >= Op::kSum;
  const std::size_t condition_at = has_value ? 1 : 0;
  const ExprNode* condition =
      n.children.size() > condition_at ? &n.children[condition_at] : nullptr;
  const app::Table& table = *c.world.apps[n.app]->tables[n.index];

  std::vector<RowFacts> all;
  EvalContext inner = c;
  inner.outer = &c;
  std::vector<const Listing*> lists = evidence_.listings();  // of this table
  std::erase_if(lists, [&](const Listing* list) {
    return list->table != app::TableRef{n.app, n.index};
  });
  std::vector<const Listing*> wholes = lists;
  std::erase_if(wholes, [](const Listing* list) { return list->limited || !list->whole(); });
  const std::size_t before = missing_.size();
  const std::uint64_t lets_before = lets_missed_;
  std::vector<Cell> cells;
  const auto columns = [&](const ExprNode& of, Ref row) {
    cells.clear();
    EvalContext traced = inner;
    traced.trace = &cells;
    evaluate(of, traced);
    return columns_of(cells, row);
  };
  for (const auto& row : table.rows) {
    RowFacts facts;
    facts.row = {std::int16_t(n.app), std::int16_t(n.index), row->id};
    inner.it = facts.row;
    inner.it_in_hand = &*row;
    facts.counts = condition == nullptr || evaluate(*condition, inner).as_bool();
    facts.is_decided = condition == nullptr || node(*condition, inner);
    if (has_value && facts.counts) {
      facts.value = evaluate(n.children[0], inner);
      facts.is_decided = node(n.children[0], inner) && facts.is_decided;
    }
    if (!facts.is_decided && condition != nullptr)
      facts.asked = columns(*condition, facts.row);
    facts.missing.assign(missing_.begin() + std::ptrdiff_t(before), missing_.end());
    missing_.resize(before);
    facts.lets_missed = std::exchange(lets_missed_, lets_before);
    all.push_back(std::move(facts));
  }

  const auto miss = [&](const RowFacts& facts) {
    missing_.insert(missing_.end(), facts.missing.begin(), facts.missing.end());
    lets_missed_ |= facts.lets_missed;
    return false;
  };
  // A list that was searched for other words than those that are asked for says nothing.
  std::vector<std::string> asked_for;
  if (condition != nullptr) add_texts(*condition, inner, asked_for);
  std::erase_if(wholes, [&](const Listing* list) {
    return std::any_of(list->words.begin(), list->words.end(), [&](const std::string& word) {
      return std::none_of(asked_for.begin(), asked_for.end(), [&](const std::string& text) {
        return text.find(word) != text.npos;
      });
    });
  });
  // The row was in none of a list's rows, all of which were seen, and the list filters by
  // what the condition asks.
  const auto left_out = [&](const RowFacts& facts) {
    return !facts.counts && std::any_of(wholes.begin(), wholes.end(), [&](const Listing* list) {
      return list->place_of(facts.row.row_id) < 0 && contains(list->filters, facts.asked);
    });
  };
  // Every row is decided or known not to count.
  const auto every_row = [&](const auto& or_else) {
    bool known = true;
    for (const RowFacts& facts : all)
      if (!facts.is_decided && !left_out(facts) && !or_else(facts)) known = miss(facts);
    return known;
  };
  const auto never = [](const RowFacts&) { return false; };

  const Value value = evaluate(n, c);
  switch (n.op) {
    case Op::kAny: {
      if (!value.as_bool()) return every_row(never);
      for (const RowFacts& facts : all)
        if (facts.counts && facts.is_decided) return true;
      for (const RowFacts& facts : all)
        if (facts.counts) return miss(facts);
      return false;
    }
    case Op::kOne: case Op::kFirst: case Op::kLatest: {
      for (const RowFacts& facts : all)
        if (facts.row == value.as_ref()) return facts.is_decided || miss(facts);
      return every_row(never);
    }
    case Op::kMost: case Op::kLeast: case Op::kMaxOf: case Op::kMinOf: {
      const bool smallest = n.op == Op::kLeast || n.op == Op::kMinOf;
      const RowFacts* best = nullptr;
      for (const RowFacts& facts : all) {
        if (!facts.counts || facts.value.is_none()) continue;
        if (best == nullptr || (smallest ? facts.value.less_than(best->value)
                                         : best->value.less_than(facts.value)))
          best = &facts;
      }
      if (best == nullptr) return every_row(never);
      inner.it = best->row;
      inner.it_in_hand = nullptr;
      const std::vector<std::int32_t> compared = columns(n.children[0], best->row);
      const auto sorted = sorted_lists(lists, all, *best, compared, smallest);
      const bool others = every_row([&](const RowFacts& facts) {
        return &facts != best && std::any_of(sorted.begin(), sorted.end(), [&](const auto* list) {
          const int other = list->place_of(facts.row.row_id);
          if (other >= 0) return other > list->place_of(best->row.row_id);
          // Left out by what is compared: it has nothing of it.
          if (list->filters == compared) return true;
          return list->limited || (!facts.counts && contains(list->filters, facts.asked));
        });
      });
      return others && best->is_decided;
    }
    default: return every_row(never);  // counts, sums
  }
}

}  // namespace paperphone::task

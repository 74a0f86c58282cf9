#include "env/app/expr/chosen_rows.h"

#include <algorithm>
#include <mutex>

#include "env/app/spec.h"

namespace paperphone::app {
namespace {

bool draws(const ExprNode& node) {
  switch (node.op) {
    case Op::kPick:
    case Op::kShuffled:
    case Op::kRand:
    case Op::kChance:
    case Op::kDigits:
      return true;
    default:
      return std::any_of(node.children.begin(), node.children.end(), draws);
  }
}

bool is_from_file(const ExprNode& field, const AppSet& apps) {
  const Type of = field.children[0].type;
  if (of.kind != Kind::kRef) return false;
  const TableSpec& table = apps.apps[of.app].tables[of.table];
  const bool relative =  // to the clock of the world
      std::any_of(table.relative_cells.begin(), table.relative_cells.end(),
                  [&](const auto& cell) { return cell.second == field.index; });
  const ColumnSpec& column = table.columns[field.index];
  const bool is_drawn = !column.in_file && !column.generate.empty();
  return table.generated_rows == 0 && !is_drawn && !relative;
}

void read_condition(const ExprNode& node, const AppSet& apps, ChoicePlan& plan) {
  if (node.op == Op::kConst) return;
  if (!node.uses_it) {
    plan.given.push_back(&node);
    return;
  }
  if (has_own_it(node)) plan.is_lasting = false;
  if (node.op == Op::kField && !is_from_file(node, apps)) plan.is_fixed = false;
  for (const ExprNode& child : node.children) read_condition(child, apps, plan);
}

}  // namespace

ChoicePlan plan_choice(const ExprNode& choice, const AppSet& apps) {
  ChoicePlan plan;
  plan.is_fixed = apps.apps[choice.app].tables[choice.index].generated_rows == 0;
  for (const ExprNode& condition : choice.children) {
    plan.is_lasting = plan.is_lasting && !draws(condition);
    read_condition(condition, apps, plan);
  }
  return plan;
}

const ChoicePlan& ChosenRows::plan(const ExprNode& choice, const AppSet& apps) {
  {
    const std::shared_lock lock(mutex_);
    const auto found = plans_.find(&choice);
    if (found != plans_.end()) return found->second;
  }
  ChoicePlan plan = plan_choice(choice, apps);
  const std::unique_lock lock(mutex_);
  return plans_.try_emplace(&choice, std::move(plan)).first->second;
}

ChosenRows::Rows ChosenRows::find(const ExprNode& choice, const Key& given) const {
  const std::shared_lock lock(mutex_);
  const auto of_choice = rows_.find(&choice);
  if (of_choice == rows_.end()) return nullptr;
  const auto found = of_choice->second.find(given);
  return found == of_choice->second.end() ? nullptr : found->second;
}

ChosenRows::Rows ChosenRows::add(const ExprNode& choice, Key given, Rows rows) {
  const std::unique_lock lock(mutex_);
  return rows_[&choice].try_emplace(std::move(given), std::move(rows)).first->second;
}

bool ChosenRows::Less::operator()(const Key& a, const Key& b) const {
  return std::lexicographical_compare(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const Value& left, const Value& right) { return left.less_than(right); });
}

}  // namespace paperphone::app

#include "env/task/params.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <numeric>
#include <string>
#include <system_error>
#include <vector>

#include "env/app/world/world.h"

namespace paperphone::task {

using app::EvalContext;
using app::Kind;
using app::ParamSpec;
using app::Row;
using app::Table;
using app::Value;

namespace {

// The rows of a parameter's record.
class Rows {
 public:
  Rows(const ParamSpec& param, const EvalContext& context)
      : where_(param.where), type_(param.type), context_(context) {
    const app::Lazy<Table>& table = context.world.apps[type_.app]->tables[type_.table];
    const app::TableSpec& spec =
        context.apps.apps[type_.app].tables[type_.table];
    table_ = &*table;
    named_by_ = spec.display_column;
    names_are_unique_ = spec.unique_names && table.untouched();
  }

  std::size_t size() const { return table_->rows.size(); }
  Value ref(std::size_t i) const { return Value::of_ref(ref_to(*table_->rows[i])); }
  // Costs a few cells: whoever needs one row does not ask about all of them.
  bool allows(std::size_t i) {
    const Row& row = *table_->rows[i];
    context_.it = context_.row = ref_to(row);
    context_.it_in_hand = context_.row_in_hand = &row;
    return app::holds(where_, context_) && is_alone(row);
  }

 private:
  app::Ref ref_to(const Row& row) const {
    return {std::int16_t(type_.app), std::int16_t(type_.table), row.id};
  }
  std::string_view name(const Row& row) const {
    return row.cells[named_by_].as_text();
  }
  bool is_alone(const Row& row) const {
    if (named_by_ < 0 || names_are_unique_) return true;  // -1: by its number
    const std::string_view own = name(row);
    return !own.empty() && std::ranges::none_of(table_->rows, [&](const auto& other) {
      return other->id != row.id && name(*other) == own;
    });
  }

  const app::Expr& where_;
  const app::Type type_;
  EvalContext context_;
  const Table* table_;
  int named_by_;
  bool names_are_unique_;
};

bool draws_rows(const ParamSpec& param) {
  return param.choices.empty() && param.type.kind == Kind::kRef && param.from.empty();
}

// In random order, as far as it is looked at, up to the first that is allowed.
std::optional<Value> draw_row(Rows rows, Rng& rng) {
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0u);
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::swap(order[i], order[i + rng.below(order.size() - i)]);
    if (rows.allows(order[i])) return rows.ref(order[i]);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Value> draw_param(const ParamSpec& param, const EvalContext& context,
                                Rng& rng) {
  if (!param.choices.empty()) return param.choices[rng.below(param.choices.size())];
  if (draws_rows(param)) return draw_row(Rows(param, context), rng);
  EvalContext drawing = context;
  drawing.rng = &rng;
  const Value value = app::evaluate(param.from, drawing);
  return value.is_none() ? std::nullopt : std::optional(value);
}

std::optional<Value> find_param(const ParamSpec& param, const EvalContext& context,
                                std::string_view wanted) {
  const auto shown = [&](const Value& value) {
    return app::format_value(value, param.type, app::Format::kPlain, context);
  };
  if (draws_rows(param)) {
    Rows rows(param, context);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (shown(rows.ref(i)) == wanted && rows.allows(i)) return rows.ref(i);
    return std::nullopt;
  }
  for (const Value& choice : param.choices)
    if (shown(choice) == wanted) return choice;
  if (!param.choices.empty()) return std::nullopt;
  if (param.type.kind == Kind::kText) return Value::of_text(std::string(wanted));
  if (param.type.kind == Kind::kInt) {
    std::int64_t number = 0;
    const char* const end = wanted.data() + wanted.size();
    const auto [rest, error] = std::from_chars(wanted.data(), end, number);
    if (error == std::errc() && rest == end) return Value::of_int(number);
  }
  return std::nullopt;
}

}  // namespace paperphone::task

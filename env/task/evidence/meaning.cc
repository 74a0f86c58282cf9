#include "env/task/evidence/meaning.h"

#include <algorithm>

namespace paperphone::task {

using app::ExprNode;
using app::Op;

namespace {

// context: nullptr for the shape alone. inside: aggregates around it, whose rows vary.
void add(const ExprNode& node, const app::EvalContext* context, int inside, Hasher& hasher) {
  switch (node.op) {
    case Op::kField: {
      const app::Type of = node.children[0].type;
      hasher.add(node.op).add(of.app).add(of.table).add(node.index);
      if (inside > 0)
        add(node.children[0], context, inside, hasher);
      else if (context != nullptr)
        evaluate(node.children[0], *context).add_to(hasher);
      return;
    }
    case Op::kRow: case Op::kNew: case Op::kArg: case Op::kParam:
      hasher.add(Op::kArg).add(node.type.kind).add(node.type.app).add(node.type.table);
      if (context != nullptr) evaluate(node, *context).add_to(hasher);
      return;
    case Op::kConst:
      hasher.add(node.op);
      node.value.add_to(hasher);
      return;
    default: break;
  }
  hasher.add(node.op).add(node.app).add(node.index).add(node.children.size());
  const int below = inside + (app::has_own_it(node) ? 1 : 0);
  for (const ExprNode& child : node.children) add(child, context, below, hasher);
}

app::Cell address(const Hasher& hasher) {
  constexpr std::int32_t kNoRow = -3;
  return {-1, -1, kNoRow, std::int32_t(hasher.finish().low & 0x7fffffff)};
}

app::EvalContext quiet(app::EvalContext context) {
  context.trace = nullptr;
  return context;
}

}  // namespace

std::uint64_t shape_of(const ExprNode& node) {
  Hasher hasher;
  add(node, nullptr, 0, hasher);
  return hasher.finish().low;
}

std::uint64_t shape_of(const app::Cell& cell) {
  Hasher hasher;
  if (cell.table < 0)
    hasher.add(Op::kVar).add(int(cell.app)).add(cell.column).add(std::size_t{0});
  else
    hasher.add(Op::kField).add(cell.app).add(cell.table).add(cell.column);
  return hasher.finish().low;
}

app::Cell said_by(const ExprNode& node, const app::EvalContext& context) {
  const app::EvalContext here = quiet(context);
  Hasher hasher;
  add(node, &here, 0, hasher);
  return address(hasher);
}

bool is_reckoned(const ExprNode& node) {
  const bool scales = node.op == Op::kMul || node.op == Op::kDiv || node.op == Op::kMod;
  const auto is_number = [](const ExprNode& child) { return child.op == Op::kConst; };
  if (scales && std::any_of(node.children.begin(), node.children.end(), is_number)) return true;
  return !app::is_aggregate(node.op) && node.op != Op::kField &&
         std::any_of(node.children.begin(), node.children.end(), is_reckoned);
}

const ExprNode& meant_by(const app::Expr& expr, const app::TaskSpec& task) {
  const ExprNode* node = &expr.root();
  for (;;) {
    const std::size_t let = std::size_t(node->index) - task.params.size();
    const bool is_let = node->op == Op::kParam && std::size_t(node->index) >= task.params.size();
    if (is_let && let < task.lets.size())
      node = &task.lets[let].value.root();
    else if (node->op == Op::kConvert)
      node = &node->children[0];
    else
      return *node;
  }
}

Labelled labelled_by(const app::Widget& widget) {
  Labelled out;
  for (const app::Prop prop : {app::Prop::kLabel, app::Prop::kTitle}) {
    const app::Template* text = widget.text(prop);
    if (text == nullptr || text->empty() || !text->constant()) continue;
    out.label = text->pieces()[0].literal;
    break;
  }
  if (out.label.empty()) return {};
  // One thing, be it written in two ways; a day of the week is no day.
  if (const app::Template* value = widget.text(app::Prop::kValue)) {
    for (const app::TemplatePiece& piece : value->pieces()) {
      if (piece.expr.empty() || piece.format == app::Format::kWeekday) continue;
      if (!out.value.empty() && shape_of(out.value.root()) != shape_of(piece.expr.root()))
        return {};
      out.value = piece.expr;
    }
  }
  if (const app::Place* place = widget.place(app::Prop::kBind);
      out.value.empty() && place != nullptr)
    out.value = value_of(*place);
  return out.value.empty() ? Labelled{} : out;
}

}  // namespace paperphone::task

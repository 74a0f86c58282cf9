// Named expressions (`define:`), put in place where they are used.
#include <fmt/format.h>

#include "env/app/expr/expr_grammar.h"
#include "env/app/expr/expr_types.h"

namespace paperphone::app {
namespace {

// What one use may become: about as much as the longest text.
constexpr std::size_t kMaxNodes = kMaxExprBytes;

std::size_t count_nodes(const ExprNode& node) {
  std::size_t count = 1;
  for (const ExprNode& child : node.children) count += count_nodes(child);
  return count;
}

// An argument that moves `by` aggregates inwards: its rows around it lie so much
// farther out. Those of its own aggregates, `inside` deep, stay.
ExprNode moved_inwards(ExprNode node, int by, int inside) {
  if (node.op == Op::kIt && node.index >= inside) node.index += by;
  for (ExprNode& child : node.children)
    child =
        moved_inwards(std::move(child), by, inside + (has_own_it(node) ? 1 : 0));
  return node;
}

ExprNode with_arguments(const ExprNode& body, const std::vector<ExprNode>& args,
                        int depth) {
  if (body.op == Op::kArg)
    return moved_inwards(args[std::size_t(body.index)], depth, 0);
  ExprNode out = body;
  for (ExprNode& child : out.children)
    child = with_arguments(child, args, depth + (has_own_it(body) ? 1 : 0));
  return out;
}

}  // namespace

bool ExprParser::is_defined(int app, const Token& name) const {
  return app >= 0 && apps_.apps[std::size_t(app)].define(name.text) >= 0;
}

ExprNode ExprParser::defined(int app, const Token& name) {
  const AppSpec& spec = apps_.apps[std::size_t(app)];
  const int index = spec.define(name.text);
  const DefineSpec& define = spec.defines[std::size_t(index)];
  if (scope_.used != nullptr) scope_.used->defines.insert({app, index});
  if (!define.ready)
    fail(name, fmt::format("'{}' is not defined yet here; move it up in `define`",
                           name.text));
  std::vector<ExprNode> args;
  if (peek().is("(")) args = arguments();
  if (args.size() != define.args.size()) {
    std::string usage;
    for (const ArgSpec& arg : define.args)
      usage += fmt::format("{}{}", usage.empty() ? "" : ", ", arg.name);
    fail(name, fmt::format("{} is written {}{}", name.text, name.text,
                           usage.empty() ? "" : "(" + usage + ")"));
  }
  if (define.body.empty()) return ExprNode{.op = Op::kConst};  // has its own finding
  std::size_t size = 1;
  for (std::size_t i = 0; i < args.size(); ++i) {
    size += count_nodes(args[i]);
    if (define.args[i].type.words >= 0)
      args[i] = settled(std::move(args[i]), name, define.args[i].type);
    if (!fits(args[i].type, define.args[i].type))
      fail(name,
           fmt::format("argument '{}' of '{}' must be {}, not {}", define.args[i].name,
                       name.text, type_name(define.args[i].type, apps_),
                       type_name(args[i].type, apps_)));
  }
  if (count_nodes(define.body.root()) * size > kMaxNodes)
    fail(name,
         fmt::format("'{}' with these arguments is too large; define less at once",
                     name.text));
  return with_arguments(define.body.root(), args, 0);
}

}  // namespace paperphone::app

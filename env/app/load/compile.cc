#include "env/app/load/compile.h"

#include <fmt/format.h>

#include "env/app/load/loading.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

// Runs `parse` on the scalar's text; a fault becomes a finding where it stands.
template <class Parse>
auto attempt(Loading& loading, const YamlNode& node, std::string_view what, Parse parse)
    -> std::optional<decltype(parse(std::string_view()))> {
  if (!node.is_scalar()) {
    loading.findings.add(node.pos(), no_text(node, what));
    return std::nullopt;
  }
  try {
    return parse(std::string_view(node.text));
  } catch (const ExprError& error) {
    loading.findings.add(
        node.pos_inside(error.offset),
        node.text.empty()
            ? fmt::format("{} is empty; an empty text is written \"''\"", what)
            : error.message);
    return std::nullopt;
  }
}

// Where a text is wanted: `'...'` in YAML, or what begins as no expression does.
bool is_text_itself(const YamlNode& node) {
  if (!node.is_scalar()) return false;
  if (node.quoted && node.source->text[node.byte] == '\'') return true;
  const bool chinese =
      !node.text.empty() && static_cast<unsigned char>(node.text[0]) >= 0x80;
  return chinese && node.text.find('\'') == std::string::npos &&
         node.text.find(" + ") == std::string::npos;
}

}  // namespace

Expr text_itself(Loading& loading, const YamlNode& node, Type type) {
  if (type.words >= 0 && !has_word(type, node.text, loading.apps)) {
    loading.findings.add(node.pos(), not_one_of(node.text, type, loading.apps));
    return {};
  }
  ExprNode text{.op = Op::kConst, .type = type, .value = Value::of_text(node.text)};
  return Expr(std::move(text));
}

Scope app_scope(Loading& loading, int app) {
  return {.apps = &loading.apps, .app = app, .used = &loading.used};
}

Expr compile_expr(Loading& loading, const YamlNode& node, const Scope& scope,
                  std::string_view what) {
  return attempt(loading, node, what,
                 [&](std::string_view text) { return parse_expr(text, scope); })
      .value_or(Expr());
}

Expr compile_expr(Loading& loading, const YamlNode& node, const Scope& scope,
                  std::string_view what, Type wanted) {
  if (wanted.kind == Kind::kText && is_text_itself(node))
    return text_itself(loading, node, wanted);
  Expr expr = attempt(loading, node, what, [&](std::string_view text) {
                return parse_expr(text, scope, wanted);
              }).value_or(Expr());
  if (expr.empty() || wanted.kind == Kind::kNone || fits(expr.type(), wanted))
    return expr;
  const bool word = wanted.kind == Kind::kText && wanted.words < 0 && !node.quoted;
  loading.findings.add(
      node.pos(),
      fmt::format("{} must be {}, this is {}{}", what, type_name(wanted, loading.apps),
                  type_name(expr.type(), loading.apps),
                  word ? "; a text is written `'...'`" : ""));
  return {};
}

Expr compile_condition(Loading& loading, const YamlNode& node, const Scope& scope,
                       std::string_view what) {
  return compile_expr(loading, node, scope, what, Type{.kind = Kind::kBool});
}

Template compile_template(Loading& loading, const YamlNode& node, const Scope& scope,
                          std::string_view what) {
  return attempt(loading, node, what,
                 [&](std::string_view text) { return parse_template(text, scope); })
      .value_or(Template());
}

std::optional<Place> compile_place(Loading& loading, const YamlNode& node,
                                   const Scope& scope, std::string_view what) {
  return attempt(loading, node, what,
                 [&](std::string_view text) { return parse_place(text, scope); });
}

std::optional<TableRef> compile_table(Loading& loading, const YamlNode& node,
                                      const Scope& scope, std::string_view what) {
  return attempt(loading, node, what,
                 [&](std::string_view text) { return parse_table(text, scope); });
}

std::optional<GoTo> compile_go(Loading& loading, const YamlNode& node,
                               const Scope& scope, std::string_view what) {
  return attempt(loading, node, what,
                 [&](std::string_view text) { return parse_go(text, scope); });
}

NotifyEffect compile_notification(Loading& loading, const YamlNode& node,
                                  const Scope& scope, std::string_view what, int app) {
  MapReader reader(node, std::string(what), loading.findings);
  NotifyEffect out;
  if (const YamlNode* title = reader.need("title"))
    out.title = compile_template(loading, *title, scope, "'title'");
  if (const YamlNode* text = reader.need("text"))
    out.text = compile_template(loading, *text, scope, "'text'");
  // Without, it leads to its app as that was, which has to be known.
  const YamlNode* go = app < 0 ? reader.need("go") : reader.take("go");
  const auto target = go != nullptr ? compile_go(loading, *go, scope, "'go'") : std::nullopt;
  if (target && (target->mode != GoTo::Mode::kPush || (app >= 0 && target->app != app))) {
    loading.findings.add(go->pos(), app < 0 ? "a notification leads to a screen"
                                            : "a notification leads to a screen of its app");
  } else if (target) {
    out.go = *target;
  }
  reader.finish();
  return out;
}

std::string compile_icon(Loading& loading, const YamlNode& node) {
  const auto name = read_text(node, "'icon'", loading.findings);
  if (!name) return {};
  if (loading.icons && !loading.icons->contains(*name)) {
    const std::vector<std::string> known(loading.icons->begin(), loading.icons->end());
    loading.findings.add(node.pos(), fmt::format("unknown icon '{}'{}", *name,
                                                 did_you_mean(*name, known)));
    return {};
  }
  return *name;
}

namespace {

bool check_spelling(Loading& loading, const YamlNode& node, std::string_view what) {
  if (is_identifier(node.text)) return true;
  loading.findings.add(
      node.pos(), fmt::format("{} '{}' must be English snake_case", what, node.text));
  return false;
}

}  // namespace

bool check_id(Loading& loading, const YamlNode& node) {
  return check_spelling(loading, node, "id");
}

std::string compile_called(Loading& loading, const YamlNode& node) {
  std::string called = read_text(node, "'called'", loading.findings).value_or("");
  loading.texts.emplace_back(node.pos(), called);
  if (called.find('{') != std::string::npos)
    loading.findings.add(node.pos(), "'called' is what it is called in general, without holes");
  return called;
}

bool check_name(Loading& loading, const YamlNode& key, std::string_view what) {
  if (!check_spelling(loading, key, what)) return false;
  if (is_reserved_word(key.text)) {
    loading.findings.add(key.pos(),
                         fmt::format("'{}' is a word of the language; call the "
                                     "{} something else",
                                     key.text, what));
    return false;
  }
  return true;
}

}  // namespace paperphone::app

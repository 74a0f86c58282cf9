// Where `go` leads and landmarks stand.
#include <fmt/format.h>

#include "env/app/expr/expr_grammar.h"
#include "env/app/expr/expr_types.h"
#include "env/base/suggest.h"

namespace paperphone::app {

// may_skip: arguments may be `_` or left out altogether.
void ExprParser::screen(GoTo& go, bool may_skip) {
  Token name = take();
  if (name.kind != Token::Kind::kName)
    fail(name, fmt::format("expected a screen, found {}", found(name)));
  int app = scope_.app;
  if (accept(".")) {
    app = -1;
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < apps_.apps.size(); ++i) {
      ids.push_back(apps_.apps[i].id);
      if (apps_.apps[i].id == name.text) app = int(i);
    }
    if (app < 0)
      fail(name, fmt::format("unknown app '{}'{}", name.text,
                             did_you_mean(name.text, ids)));
    name = take();
  }
  if (app < 0) fail(name, "a screen of which app? write app.screen");
  const AppSpec& spec = apps_.apps[std::size_t(app)];
  const int index = spec.screen(name.text);
  if (index < 0) {
    std::vector<std::string> ids;
    for (const ScreenSpec& s : spec.screens) ids.push_back(s.id);
    fail(name, fmt::format("unknown screen '{}'{}", name.text,
                           did_you_mean(name.text, ids)));
  }
  go.app = app;
  go.screen = index;
  const auto& declared = spec.screens[std::size_t(index)].args;
  if (may_skip && !peek().is("(")) {
    go.args.resize(declared.size());
    return;
  }
  std::vector<std::size_t> offsets;
  if (accept("(") && !accept(")")) {
    do {
      offsets.push_back(peek().offset);
      if (may_skip && peek().is("_")) {
        take();
        go.args.emplace_back();
      } else {
        const std::size_t first = at_, place = go.args.size();
        ExprNode arg = parse_or();
        if (place < declared.size())
          arg = as_word(std::move(arg), first, at_, declared[place].type);
        go.args.emplace_back(std::move(arg));
      }
    } while (accept(","));
    expect(")", "the screen's arguments");
  }
  if (go.args.size() != declared.size())
    fail(name, fmt::format("screen '{}' takes {} argument{}, not {}", name.text,
                           declared.size(), declared.size() == 1 ? "" : "s",
                           go.args.size()));
  for (std::size_t i = 0; i < go.args.size(); ++i) {
    const bool unknown = declared[i].type.kind == Kind::kNone;  // has its own finding
    if (unknown || go.args[i].empty() || fits(go.args[i].type(), declared[i].type))
      continue;
    throw ExprError{offsets[i],
                    fmt::format("argument '{}' of screen '{}' must be {}, not {}",
                                declared[i].name, name.text,
                                type_name(declared[i].type, apps_),
                                type_name(go.args[i].type(), apps_))};
  }
}

GoTo ExprParser::whole_go() {
  return checked([&] { return any_go(); });
}

GoTo ExprParser::any_go() {
  GoTo go;
  if (accept("back")) {
    go.mode = GoTo::Mode::kBack;
    if (accept("to")) {
      const Token at = peek();
      screen(go, true);
      if (go.app != scope_.app) fail(at, "back leads to screens of the same app only");
      go.app = -1;
      go.args.clear();
    }
  } else {
    go.mode = accept("replace") ? GoTo::Mode::kReplace
              : accept("reset") ? GoTo::Mode::kReset
                                : GoTo::Mode::kPush;
    screen(go, false);
  }
  end();
  return go;
}

GoTo ExprParser::whole_at() {
  return checked([&] {
    GoTo go{.mode = GoTo::Mode::kPush};
    screen(go, true);
    end();
    return go;
  });
}

GoTo parse_go(std::string_view text, const Scope& scope) {
  return ExprParser(text, scope).whole_go();
}

GoTo parse_at(std::string_view text, const Scope& scope) {
  return ExprParser(text, scope).whole_at();
}

}  // namespace paperphone::app

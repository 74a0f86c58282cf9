// state, view and records: names, types, fixtures, generators.
#include "env/app/load/state/declarations.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/load/compile.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

constexpr int kMaxGeneratedRows = 2000;

AppSpec& spec(Loading& loading, int app) { return loading.apps.apps[std::size_t(app)]; }
AppDraft& draft(Loading& loading, int app) { return loading.drafts[std::size_t(app)]; }

// `int`, `int = 120`, {one_of: [a, b], default: b}.
Declaration read_declaration(Loading& loading, const YamlNode& node) {
  Declaration out{.type = node, .value = std::nullopt};
  if (node.is_map()) {
    if (const YamlNode* value = node.find("default")) out.value = *value;
    std::erase_if(out.type.entries,
                  [](const YamlEntry& entry) { return entry.key.text == "default"; });
    if (const YamlNode* type = node.find("type")) {
      loading.findings.add(type->pos(),
                           "a type is a word, and what it begins with stands "
                           "behind it: `points: int = 120`");
      out.type = *type;
    }
    return out;
  }
  const std::size_t sign = node.text.find('=');
  if (!node.is_scalar() || sign == std::string::npos) return out;
  const std::size_t value = node.text.find_first_not_of(' ', sign + 1);
  if (value == std::string::npos) {
    loading.findings.add(node.pos_inside(sign), "nothing stands behind '='");
  } else {
    out.value = node.tail(value);
  }
  out.type.text = node.text.substr(0, sign);
  while (out.type.text.ends_with(' ')) out.type.text.pop_back();
  return out;
}

void declare_vars(Loading& loading, int app, const YamlNode& node, bool is_view) {
  MapReader reader(node, is_view ? "'view'" : "'state'", loading.findings);
  AppSpec& target = spec(loading, app);
  for (const auto& [key, value] : node.entries) {
    if (!check_name(loading, key, is_view ? "view state" : "state")) continue;
    if (target.var(key.text) >= 0 || target.table(key.text) >= 0) {
      loading.findings.add(key.pos(),
                           fmt::format("ambiguous name '{}': there is another "
                                       "state or record of that name",
                                       key.text));
      continue;
    }
    VarSpec var;
    var.name = key.text;
    var.is_view = is_view;
    var.pos = key.pos();
    target.vars.push_back(std::move(var));
    draft(loading, app).vars.push_back(read_declaration(loading, value));
  }
}

// `view` of a screen: like the app's, but named after it.
void declare_screen_vars(Loading& loading, int app, int index) {
  AppSpec& target = spec(loading, app);
  ScreenSpec& screen = target.screens[std::size_t(index)];
  const YamlNode& node = *draft(loading, app).screen_nodes[std::size_t(index)];
  const YamlNode* view = node.find("view");
  if (view == nullptr) return;
  MapReader reader(*view, "'view'", loading.findings);
  const YamlNode* args = node.find("args");
  for (const auto& [key, value] : view->entries) {
    if (!check_name(loading, key, "view state")) continue;
    const std::string_view hidden = args != nullptr && args->find(key.text) != nullptr
                                        ? "argument"
                                    : target.var(key.text) >= 0    ? "state"
                                    : target.table(key.text) >= 0  ? "record"
                                    : target.define(key.text) >= 0 ? "definition"
                                                                   : "";
    if (!hidden.empty())
      loading.findings.add(key.pos(),
                           fmt::format("view state '{}' hides the {} of that "
                                       "name",
                                       key.text, hidden));
    screen.vars.push_back(int(target.vars.size()));
    target.vars.push_back({.name = screen.id + "." + key.text,
                           .is_view = true,
                           .screen = index,
                           .pos = key.pos()});
    draft(loading, app).vars.push_back(read_declaration(loading, value));
  }
}

void declare_records(Loading& loading, int app, const YamlNode& node) {
  MapReader reader(node, "'records'", loading.findings);
  AppSpec& target = spec(loading, app);
  for (const auto& [key, value] : node.entries) {
    if (!check_name(loading, key, "record")) continue;
    TableSpec table;
    table.name = key.text;
    table.pos = key.pos();
    TableDraft made;
    MapReader record(value, fmt::format("record '{}'", key.text), loading.findings);
    record.need("columns");
    made.file = record.take("file");
    table.generated_rows = int(record.integer("rows", 0, kMaxGeneratedRows, 0));
    table.unique_names = record.boolean("unique_names", false);
    record.finish();
    target.tables.push_back(std::move(table));
    draft(loading, app).tables.push_back(made);
  }
}

void declare_defines(Loading& loading, int app, const YamlNode& node) {
  MapReader reader(node, "'define'", loading.findings);
  AppSpec& target = spec(loading, app);
  for (const auto& [key, value] : node.entries) {
    if (!check_name(loading, key, "definition")) continue;
    if (is_function_name(key.text)) {
      loading.findings.add(key.pos(),
                           fmt::format("'{}' is a function of the language; call "
                                       "the definition something else",
                                       key.text));
      continue;
    }
    if (target.var(key.text) >= 0 || target.table(key.text) >= 0) {
      loading.findings.add(key.pos(),
                           fmt::format("ambiguous name '{}': there is a state or "
                                       "record of that name",
                                       key.text));
      continue;
    }
    target.defines.push_back({.name = key.text, .pos = key.pos()});
    draft(loading, app).define_nodes.push_back(&value);
  }
}

void declare_screens(Loading& loading, int app, const YamlNode& node) {
  MapReader reader(node, "'screens'", loading.findings);
  AppSpec& target = spec(loading, app);
  for (const auto& [key, value] : node.entries) {
    if (!check_name(loading, key, "screen")) continue;
    if (const int other = target.screen(key.text); other >= 0) {
      loading.findings.add(
          key.pos(), fmt::format("ambiguous id: screen '{}' is also at {}", key.text,
                                 target.screens[std::size_t(other)].pos.str()));
      continue;
    }
    ScreenSpec screen;
    screen.id = key.text;
    screen.pos = key.pos();
    target.screens.push_back(std::move(screen));
    draft(loading, app).screen_nodes.push_back(&value);
  }
}

void declare_identity(Loading& loading, int app, MapReader& reader) {
  AppSpec& target = spec(loading, app);
  if (const YamlNode* id = reader.need("app"))
    if (id->text != target.id)
      loading.findings.add(
          id->pos(),
          fmt::format("app '{}' must be '{}', like its folder", id->text, target.id));
  target.title = reader.need_text("title");
  if (const YamlNode* icon = reader.need("icon"))
    target.icon = compile_icon(loading, *icon);
  target.color = reader.color("color", true);
  target.accent = reader.color("accent", true);
  target.hidden = reader.boolean("hidden", false);
}

// The type of `one_of: [...]`: equal lists are one type.
Type read_words(Loading& loading, const YamlNode& node) {
  if (!node.is_sequence() || node.items.empty()) {
    loading.findings.add(node.pos(),
                         "'one_of' must be a list of words like [open, closed]");
    return {};
  }
  std::vector<std::string> words;
  for (const YamlNode& item : node.items) {
    const auto word = read_text(item, "a word of 'one_of'", loading.findings);
    if (!word) continue;
    if (std::find(words.begin(), words.end(), *word) != words.end())
      loading.findings.add(item.pos(), fmt::format("'{}' stands here twice", *word));
    if (is_reserved_word(*word))
      loading.findings.add(item.pos(),
                           fmt::format("'{}' is a word of the language; call "
                                       "it something else",
                                       *word));
    words.push_back(*word);
  }
  auto& sets = loading.apps.word_sets;
  const auto found = std::find(sets.begin(), sets.end(), words);
  const Type type{.kind = Kind::kText, .words = int(found - sets.begin())};
  if (found == sets.end()) sets.push_back(std::move(words));
  return type;
}

Type read_type(Loading& loading, const YamlNode& node, const Scope& scope,
               std::string_view what) {
  if (node.is_map()) {
    MapReader reader(node, std::string(what), loading.findings);
    const YamlNode* words = reader.need("one_of");
    reader.finish();
    return words == nullptr ? Type{} : read_words(loading, *words);
  }
  const auto text = read_text(node, what, loading.findings);
  if (!text) return {};
  try {
    return parse_type(*text, scope);
  } catch (const ExprError& error) {
    loading.findings.add(node.pos(), error.message);
    return {};
  }
}

void declare_columns(Loading& loading, int app, int index, const YamlNode& record) {
  TableSpec& table = spec(loading, app).tables[std::size_t(index)];
  const YamlNode* columns = record.find("columns");
  if (columns == nullptr) return;
  MapReader reader(*columns, "'columns'", loading.findings);
  const Scope scope = app_scope(loading, app);
  for (const auto& [key, value] : columns->entries) {
    if (!is_identifier(key.text)) {
      check_name(loading, key, "column");
      continue;
    }
    ColumnSpec column;
    column.name = key.text;
    column.pos = key.pos();
    Declaration declared = read_declaration(loading, value);
    column.type =
        read_type(loading, declared.type, scope, fmt::format("'{}'", key.text));
    draft(loading, app)
        .tables[std::size_t(index)]
        .columns.push_back(std::move(declared));
    const bool names = column.type.kind == Kind::kText && column.type.words < 0;
    if (names && table.display_column < 0)
      table.display_column = int(table.columns.size());
    table.columns.push_back(std::move(column));
  }
  if (table.columns.empty())
    loading.findings.add(columns->pos(), "a record needs at least one column");
  else if (table.unique_names && table.display_column < 0)
    loading.findings.add(
        record.find("unique_names")->pos(),
        "'unique_names' without a name: no column of this record is a text");
}

void declare_args(Loading& loading, int app, std::vector<ArgSpec>& out,
                  const YamlNode& node) {
  const YamlNode* args = node.find("args");
  if (args == nullptr) return;
  MapReader reader(*args, "'args'", loading.findings);
  const Scope scope = app_scope(loading, app);
  for (const auto& [key, value] : args->entries) {
    if (!check_name(loading, key, "argument")) continue;
    const AppSpec& target = spec(loading, app);
    if (target.var(key.text) >= 0 || target.table(key.text) >= 0 ||
        target.define(key.text) >= 0)
      loading.findings.add(
          key.pos(), fmt::format("argument '{}' hides the {} of that name", key.text,
                                 target.var(key.text) >= 0     ? "state"
                                 : target.table(key.text) >= 0 ? "record"
                                                               : "definition"));
    out.push_back(
        {key.text, read_type(loading, value, scope, fmt::format("'{}'", key.text))});
  }
}

void declare_start(Loading& loading, int app) {
  const YamlNode* node = draft(loading, app).start;
  if (node == nullptr || !read_text(*node, "'start'", loading.findings)) return;
  AppSpec& target = spec(loading, app);
  const int found = target.screen(node->text);
  if (found >= 0 && target.screens[std::size_t(found)].args.empty()) {
    target.start = found;
    return;
  }
  std::vector<std::string> known;
  for (const ScreenSpec& screen : target.screens) known.push_back(screen.id);
  loading.findings.add(
      node->pos(), found >= 0 ? fmt::format("screen '{}' has arguments; an app cannot "
                                            "start there",
                                            node->text)
                              : fmt::format("unknown screen '{}'{}", node->text,
                                            did_you_mean(node->text, known)));
}

}  // namespace

void declare_names(Loading& loading, int app) {
  AppDraft& files = draft(loading, app);
  for (std::size_t i = 0; i < files.files.size(); ++i) {
    const YamlNode& root = files.files[i].root;
    MapReader reader(root, i == 0 ? "the app" : "a screens file", loading.findings);
    if (i == 0) {
      declare_identity(loading, app, reader);
      if (const YamlNode* node = reader.take("records"))
        declare_records(loading, app, *node);
      if (const YamlNode* node = reader.take("state"))
        declare_vars(loading, app, *node, false);
      if (const YamlNode* node = reader.take("view"))
        declare_vars(loading, app, *node, true);
      if (const YamlNode* node = reader.take("define"))
        declare_defines(loading, app, *node);
      files.check = reader.take("check");
      files.start = reader.take("start");
      files.tabs = reader.take("tabs");
      files.receives = reader.take("receives");
      files.footer = reader.take("footer");
      files.when = reader.take("when");
    }
    const YamlNode* screens = i == 0 ? reader.take("screens") : reader.need("screens");
    if (screens != nullptr) declare_screens(loading, app, *screens);
    reader.finish();
  }
  for (std::size_t i = 0; i < spec(loading, app).screens.size(); ++i)
    declare_screen_vars(loading, app, int(i));
  if (spec(loading, app).screens.empty() && !spec(loading, app).hidden)
    loading.findings.add(files.files[0].root.pos(), "the app has no screens");
}

void declare_types(Loading& loading, int app) {
  AppSpec& target = spec(loading, app);
  const Scope scope = app_scope(loading, app);
  if (const YamlNode* records = draft(loading, app).files[0].root.find("records")) {
    int index = 0;
    for (const auto& [key, value] : records->entries)
      if (index < int(target.tables.size()) &&
          target.tables[std::size_t(index)].name == key.text)
        declare_columns(loading, app, index++, value);
  }
  for (std::size_t i = 0; i < target.vars.size(); ++i) {
    target.vars[i].type = read_type(loading, draft(loading, app).vars[i].type, scope,
                                    fmt::format("'{}'", target.vars[i].name));
  }
  for (std::size_t i = 0; i < target.screens.size(); ++i)
    declare_args(loading, app, target.screens[i].args,
                 *draft(loading, app).screen_nodes[i]);
  for (std::size_t i = 0; i < target.defines.size(); ++i)
    declare_args(loading, app, target.defines[i].args,
                 *draft(loading, app).define_nodes[i]);
  declare_start(loading, app);
}

void load_defines(Loading& loading, int app) {
  AppSpec& target = spec(loading, app);
  for (std::size_t i = 0; i < target.defines.size(); ++i) {
    DefineSpec& define = target.defines[i];
    const YamlNode& node = *draft(loading, app).define_nodes[i];
    Scope scope = app_scope(loading, app);
    const std::string what = fmt::format("'{}'", define.name);
    if (node.is_map()) {
      MapReader reader(node, fmt::format("definition '{}'", define.name),
                       loading.findings);
      reader.take("args");
      const YamlNode* is = reader.need("is");
      reader.finish();
      scope.args = define.args;
      if (is != nullptr) define.body = compile_expr(loading, *is, scope, what);
    } else {
      define.body = compile_expr(loading, node, scope, what);
    }
    define.ready = true;
  }
}

void load_checks(Loading& loading, int app) {
  const YamlNode* node = draft(loading, app).check;
  if (node == nullptr) return;
  MapReader reader(*node, "'check'", loading.findings);
  for (const auto& [key, value] : node->entries) {
    if (!check_name(loading, key, "check")) continue;
    spec(loading, app).checks.push_back(
        {.name = key.text,
         .holds = compile_condition(loading, value, app_scope(loading, app),
                                    fmt::format("'{}'", key.text)),
         .pos = key.pos()});
  }
}

}  // namespace paperphone::app

// The work in hand while apps are loaded. Private to the loader's files: each takes
// one subject (state, widgets, transitions, tasks) and adds to `apps` and `findings`.
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "env/app/expr/expr_parser.h"
#include "env/app/load/yaml_reader.h"
#include "env/app/loader.h"

namespace paperphone::app {

// Widgets, transitions or a screen with $(holes): a file of apps/_common/templates, or an
// entry of an app's templates.yaml.
struct ScreenTemplate {
  const YamlNode* root = nullptr;
  const YamlSource* source = nullptr;
  std::vector<std::string> params;
  bool used = false;
};

struct TableDraft {
  const YamlNode* file = nullptr;      // names the fixture file
  const YamlNode* generate = nullptr;
};

// The files of one folder, and what they declare but is not read yet. Parallel to
// AppSet::apps; the vectors are parallel to those of AppSpec.
struct AppDraft {
  std::string folder;                  // "apps/shop"
  std::filesystem::path path;
  std::vector<YamlFile> files;         // app.yaml, then screens_*.yaml by name
  std::vector<YamlFile> tasks;         // tasks.yaml, then tasks_*.yaml by name
  std::optional<YamlFile> template_file;
  std::map<std::string, ScreenTemplate> templates;  // of that file
  std::map<std::string, std::string> fixtures;  // file name -> text
  std::vector<const YamlNode*> var_nodes;       // {type, default}
  std::vector<TableDraft> tables;
  std::vector<const YamlNode*> screen_nodes;
  std::vector<const YamlNode*> define_nodes;
  const YamlNode* tabs = nullptr;
  const YamlNode* start = nullptr;
  const YamlNode* receives = nullptr;
  const YamlNode* footer = nullptr;    // of every page
  const YamlNode* when = nullptr;      // of every screen, behind its own
};

struct Loading {
  AppSet apps;
  Findings findings;
  std::vector<AppDraft> drafts;
  std::vector<YamlFile> cross_tasks;
  std::optional<std::set<std::string>> icons;  // nullopt: not known, not checked
  NamesUsed used;  // by expressions
  std::vector<std::pair<SourcePos, std::string>> texts;  // for the glyph check
  std::deque<YamlFile> template_files;
  std::map<std::string, ScreenTemplate> templates;       // of all apps, by name
  // Of the templates' uses; the nodes of screens point to them.
  std::vector<std::unique_ptr<const YamlSource>> used_sources;
};

// ---- app_files.cc ------------------------------------------------------------------

// Finds and parses everything below apps_dir.
void read_app_files(const std::filesystem::path& apps_dir, Loading& loading);

// ---- templates.cc --------------------------------------------------------------------

// Takes a parsed file of apps/_common/templates in.
void add_template(Loading& loading, std::string name, YamlFile file);
// Puts the templates' nodes where screens say `use`.
void expand_templates(Loading& loading);

// ---- compile.cc: scalars into compiled things; faults become findings ----------------

Scope app_scope(Loading& loading, int app);
// Empty if there was a fault. what: "'where'".
Expr compile_expr(Loading& loading, const YamlNode& node, const Scope& scope,
                  std::string_view what);
Expr compile_expr(Loading& loading, const YamlNode& node, const Scope& scope,
                  std::string_view what, Type wanted);
Expr compile_condition(Loading& loading, const YamlNode& node, const Scope& scope,
                       std::string_view what);
Template compile_template(Loading& loading, const YamlNode& node, const Scope& scope,
                          std::string_view what);
std::optional<Place> compile_place(Loading& loading, const YamlNode& node,
                                   const Scope& scope, std::string_view what);
std::optional<TableRef> compile_table(Loading& loading, const YamlNode& node,
                                       const Scope& scope, std::string_view what);
std::optional<GoTo> compile_go(Loading& loading, const YamlNode& node,
                               const Scope& scope, std::string_view what);
// A name in the icon set; "" and a finding otherwise.
std::string compile_icon(Loading& loading, const YamlNode& node);
// A text with holes that must give a word, an icon or a colour. What it can give, as far
// as that can be seen (constants, branches of if(), fixtures, picks), is checked.
enum class Choice : std::uint8_t { kWord, kIcon, kColor };
Template compile_choice(Loading& loading, const YamlNode& node, const Scope& scope,
                        std::string_view what, Choice choice, std::string_view allowed);
bool has_holes(const YamlNode& node);
// True if the name may be declared; else a finding.
bool check_name(Loading& loading, const YamlNode& key, std::string_view what);
// The same for ids, which may be words of the language.
bool check_id(Loading& loading, const YamlNode& node);

// ---- literals.cc ---------------------------------------------------------------------

struct Literal {
  Value value;
  bool relative = false;  // counts from today or now
};
// "true", "12", "12.80", "08:30", "today+3", "now-45", a row's display text.
// Fills *error and returns nullopt if the text is no such value.
std::optional<Literal> parse_literal(std::string_view text, Type type,
                                     const AppSet& apps, std::string* error);

// ---- state_loader.cc -----------------------------------------------------------------

void declare_names(Loading& loading, int app);   // ids of everything
void declare_types(Loading& loading, int app);   // columns, variables, arguments
void load_fixtures(Loading& loading, int app);   // needs all types
void load_defaults(Loading& loading, int app);   // needs all fixtures
void load_defines(Loading& loading, int app);    // needs all types
void load_generators(Loading& loading, int app);

// ---- table_circles.cc ------------------------------------------------------------------

// Records that are made from each other are findings.
void find_table_circles(Loading& loading);

// ---- widget_loader.cc ----------------------------------------------------------------

Scope screen_scope(Loading& loading, int app, const ScreenSpec& screen);
std::vector<Widget> load_widgets(Loading& loading, const YamlNode& node,
                                 const Scope& scope, std::string_view what);
enum class ItemIds : std::uint8_t { kNeeded, kOptional };
// keys: those that an entry may have, separated by spaces (PropRule::allowed).
// value_type: of `value`, kNone: any.
std::vector<Item> load_items(Loading& loading, const YamlNode& node, const Scope& scope,
                             std::string_view what, ItemIds ids, std::string_view keys,
                             Type value_type = {});

// ---- screen_loader.cc ----------------------------------------------------------------

void load_screens(Loading& loading, int app);      // widgets, bars, tabs
void link_screens(AppSpec& app);                   // indices and ScreenSpec::widgets
void check_widget_ids(Loading& loading, int app);
void load_transitions(Loading& loading, int app);  // transition_loader.cc

// What `tap: <text>` names on a screen.
struct TouchName {
  int widget = -1;
  int part = -1;
  Type row;  // of the list it stands in; kNone outside
};
std::optional<TouchName> find_touch(Loading& loading, const YamlNode& node,
                                    const ScreenSpec& screen);

// ---- service_loader.cc -------------------------------------------------------------

std::optional<Permission> load_permission(Loading& loading, const YamlNode& node);
void load_receives(Loading& loading, int app);

// ---- task_loader.cc ------------------------------------------------------------------

void load_tasks(Loading& loading, int app);  // -1: those over several apps

// ---- lint.cc -------------------------------------------------------------------------

void lint_reachability(Loading& loading);
void lint_dead_transitions(Loading& loading);
void lint_unused_state(Loading& loading);
void lint_unused_records(Loading& loading);
void lint_unused_defines(Loading& loading);
void lint_unused_lexicons(Loading& loading);
void lint_dead_widgets(Loading& loading);
void lint_lost_taps(Loading& loading);
void lint_glyphs(Loading& loading, const LintOptions& options);

}  // namespace paperphone::app

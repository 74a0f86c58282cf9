#include "env/app/load/tasks/task_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/app/expr/literals.h"
#include "env/app/load/compile.h"
#include "env/app/load/tasks/landmark_loader.h"
#include "env/base/suggest.h"

namespace paperphone::app {
namespace {

constexpr std::int64_t kMaxSteps = 200;

class TaskLoader {
 public:
  TaskLoader(Loading& loading, int app, const YamlNode& key)
      : loading_(loading), app_(app), scope_(app_scope(loading, app)) {
    task_.app = app;
    task_.pos = key.pos();
    const std::string prefix =
        app < 0 ? "cross" : loading.apps.apps[std::size_t(app)].id;
    task_.id = prefix + "/" + key.text;
    name_ = key.text;
  }

  TaskSpec load(const YamlNode& node) {
    MapReader reader(node, fmt::format("task '{}'", name_), loading_.findings);
    if (const YamlNode* params = reader.take("params")) read_params(*params);
    if (const YamlNode* lets = reader.take("let")) read_lets(*lets);
    if (const YamlNode* texts = reader.need("instruction")) read_instructions(*texts);
    if (const YamlNode* english = reader.need("english")) {
      task_.instruction_en =
          read_text(*english, "'english'", loading_.findings).value_or("");
      task_.en = compile_template(loading_, *english, scope_, "'english'");
    }
    const YamlNode* goal = reader.take("goal");
    const YamlNode* answer = reader.take("answer");
    const YamlNode* infeasible = reader.take("infeasible");
    if (goal != nullptr) {
      task_.goal = compile_condition(loading_, *goal, scope_, "'goal'");
      if (!task_.goal.empty()) refuse_screen_vars(*goal, task_.goal.root());
    }
    if (answer != nullptr)
      task_.answer = compile_expr(loading_, *answer, scope_, "'answer'");
    if (infeasible != nullptr)
      task_.infeasible = compile_condition(loading_, *infeasible, scope_, "'infeasible'");
    if (node.is_map() &&
        (goal != nullptr) + (answer != nullptr) + (infeasible != nullptr) != 1)
      loading_.findings.add(task_.pos, fmt::format("task '{}' needs either 'goal', "
                                                   "'answer' or 'infeasible'",
                                                   name_));
    task_.already = reader.boolean("already", false);
    if (task_.already && goal == nullptr)
      loading_.findings.add(task_.pos, "'already' says that a goal holds from the start");
    if (const YamlNode* notice = reader.take("notice")) {
      NotifyEffect made = compile_notification(loading_, *notice, scope_, "'notice'", -1);
      if (made.go.screen >= 0) task_.notice = std::move(made);
    }
    read_conditions(reader.take("progress"), "'progress'", task_.progress);
    read_conditions(reader.take("forbid"), "'forbid'", task_.forbid);
    read_places(reader.take("only_changes"));
    read_tables(reader.take("may_add"), "'may_add'", task_.may_add);
    read_tables(reader.take("may_delete"), "'may_delete'", task_.may_delete);
    task_.max_steps = int(reader.integer("max_steps", 1, kMaxSteps, 15));
    task_.split = reader.word("split", "train unseen");
    const YamlNode* expert = is_shown() ? reader.take("expert") : reader.need("expert");
    if (expert != nullptr)
      load_expert(loading_, *expert, scope_, task_);
    reader.finish();
    return std::move(task_);
  }

 private:
  // Nothing has to be done but to look.
  bool is_shown() const { return task_.already || !task_.infeasible.empty(); }

  bool is_list(const YamlNode& node, std::string_view what) {
    if (node.is_sequence()) return true;
    loading_.findings.add(node.pos(),
                          fmt::format("{} must be a list, not {}", what, node.what()));
    return false;
  }

  // ---- parameters ----------------------------------------------------------------

  bool is_taken(const YamlNode& key) {
    for (const NamedType& param : scope_.params) {
      if (param.name != key.text) continue;
      loading_.findings.add(key.pos(),
                            fmt::format("ambiguous name '{}': a parameter has "
                                        "it too",
                                        key.text));
      return true;
    }
    return false;
  }

  void read_params(const YamlNode& node) {
    MapReader reader(node, "'params'", loading_.findings);
    for (const auto& [key, value] : node.entries) {
      check_name(loading_, key, "parameter");  // declared all the same: one finding
      if (is_taken(key)) continue;
      ParamSpec param;
      param.name = key.text;
      param.pos = key.pos();
      MapReader fields(value, fmt::format("parameter '{}'", key.text),
                       loading_.findings);
      const YamlNode* from = fields.take("from");
      const YamlNode* where = fields.take("where");
      const YamlNode* choices = fields.take("choices");
      fields.finish();
      if (value.is_map() && (from == nullptr) == (choices == nullptr))
        loading_.findings.add(key.pos(),
                              fmt::format("parameter '{}' needs either 'from' "
                                          "or 'choices'",
                                          key.text));
      if (from != nullptr) read_from(*from, param);
      if (choices != nullptr) read_choices(*choices, param);
      if (where != nullptr) read_where(*where, param);
      scope_.params.push_back({param.name, param.type});
      task_.params.push_back(std::move(param));
    }
  }

  void read_from(const YamlNode& node, ParamSpec& param) {
    if (node.is_scalar()) {
      try {
        const TableRef table = parse_table(node.text, scope_);
        param.type = Type{.kind = Kind::kRef, .app = table.app, .table = table.table};
        return;
      } catch (const ExprError&) {
        // Not a record: an expression, with its own findings.
      }
    }
    Scope scope = scope_;
    scope.generating = true;
    param.from = compile_expr(loading_, node, scope, "'from'");
    param.type = param.from.type();
  }

  void read_where(const YamlNode& node, ParamSpec& param) {
    if (param.type.kind != Kind::kRef || !param.from.empty()) {
      if (param.type.kind != Kind::kNone)
        loading_.findings.add(node.pos(), "'where' goes with `from: <record>` only");
      return;
    }
    // The row goes by `it`, `row` or the parameter's own name.
    Scope scope = scope_;
    scope.it = scope.row = param.type;
    scope.first_it = {param.name, param.type};
    param.where = compile_condition(loading_, node, scope, "'where'");
  }

  // All whole numbers: int; all like 12.80: money; else texts.
  void read_choices(const YamlNode& node, ParamSpec& param) {
    if (!is_list(node, "'choices'")) return;
    std::vector<std::string> texts;
    bool quoted = false;
    for (const YamlNode& item : node.items) {
      texts.push_back(read_text(item, "a choice", loading_.findings).value_or(""));
      quoted = quoted || item.quoted;
    }
    if (texts.empty()) {
      loading_.findings.add(node.pos(), "'choices' is empty");
      return;
    }
    for (const Kind kind : {Kind::kInt, Kind::kMoney, Kind::kText}) {
      if (quoted && kind != Kind::kText) continue;
      param.type = Type{.kind = kind};
      param.choices.clear();
      for (const std::string& text : texts)
        if (auto value = parse_literal(text, param.type, loading_.apps, nullptr))
          param.choices.push_back(value->value);
      if (param.choices.size() == texts.size()) return;
    }
  }

  void read_lets(const YamlNode& node) {
    MapReader reader(node, "'let'", loading_.findings);
    for (const auto& [key, value] : node.entries) {
      check_name(loading_, key, "let name");
      if (is_taken(key)) continue;
      LetSpec let{.name = key.text,
                  .value = compile_expr(loading_, value, scope_,
                                        fmt::format("'{}'", key.text))};
      scope_.params.push_back({let.name, let.value.type()});
      task_.lets.push_back(std::move(let));
    }
  }

  void read_instructions(const YamlNode& node) {
    const auto add = [&](const YamlNode& text) {
      if (!read_text(text, "an instruction", loading_.findings)) return;
      task_.instructions_zh.push_back(text.text);
      task_.zh.push_back(compile_template(loading_, text, scope_, "an instruction"));
    };
    if (node.is_scalar()) {
      add(node);
      return;
    }
    if (!is_list(node, "'instruction'")) return;
    if (node.items.empty()) loading_.findings.add(node.pos(), "'instruction' is empty");
    for (const YamlNode& item : node.items) {
      if (!item.is_map()) {
        add(item);
        continue;
      }
      loading_.findings.add(item.pos(),
                            "an instruction with a hole must stand in quotes: "
                            "\"...{name}...\"");
    }
  }

  // ---- what is judged --------------------------------------------------------------

  void read_conditions(const YamlNode* node, std::string_view what,
                       std::vector<Expr>& out) {
    if (node == nullptr || !is_list(*node, what)) return;
    for (const YamlNode& item : node->items) {
      Expr made = compile_condition(loading_, item, scope_, what);
      if (!made.empty()) out.push_back(std::move(made));
    }
  }

  // What a screen keeps for itself is gone when it is entered again.
  void refuse_screen_vars(const YamlNode& goal, const ExprNode& node) {
    for (const ExprNode& child : node.children) refuse_screen_vars(goal, child);
    if (node.op != Op::kVar) return;
    const VarSpec& var =
        loading_.apps.apps[std::size_t(node.app)].vars[std::size_t(node.index)];
    if (var.screen >= 0)
      loading_.findings.add(goal.pos(),
                            fmt::format("a goal cannot read '{}': it begins anew "
                                        "whenever its screen is entered",
                                        var.name));
  }

  void read_places(const YamlNode* node) {
    if (node == nullptr || !is_list(*node, "'only_changes'")) return;
    Scope scope = scope_;
    scope.app = app_;
    for (const YamlNode& item : node->items) {
      auto place = compile_place(loading_, item, scope, "'only_changes'");
      if (!place) continue;
      if (place->var >= 0 && loading_.apps.apps[std::size_t(place->app)]
                                 .vars[std::size_t(place->var)]
                                 .is_view)
        loading_.findings.add(item.pos(), fmt::format("'{}' is view state, which may "
                                                      "always change",
                                                      item.text));
      task_.only_changes.push_back(std::move(*place));
    }
  }

  void read_tables(const YamlNode* node, std::string_view what,
                   std::vector<TableRef>& out) {
    if (node == nullptr || !is_list(*node, what)) return;
    for (const YamlNode& item : node->items)
      if (const auto table = compile_table(loading_, item, scope_, what))
        out.push_back(*table);
  }

  Loading& loading_;
  int app_;
  Scope scope_;
  TaskSpec task_;
  std::string name_;
};

}  // namespace

void load_tasks(Loading& loading, int app) {
  const auto& files =
      app < 0 ? loading.cross_tasks : loading.drafts[std::size_t(app)].tasks;
  std::vector<TaskSpec>& out = app < 0 ? loading.apps.cross_app_tasks
                                       : loading.apps.apps[std::size_t(app)].tasks;
  std::map<std::string, SourcePos> taken;
  for (const YamlFile& file : files) {
    MapReader reader(file.root, "a tasks file", loading.findings);
    const YamlNode* tasks = reader.need("tasks");
    reader.finish();
    if (tasks == nullptr) continue;
    MapReader all(*tasks, "'tasks'", loading.findings);
    for (const auto& [key, value] : tasks->entries) {
      if (!check_id(loading, key)) continue;
      const auto [first, fresh] = taken.try_emplace(key.text, key.pos());
      if (!fresh) {
        loading.findings.add(
            key.pos(), fmt::format("ambiguous id: task '{}' is also at {}", key.text,
                                   first->second.str()));
        continue;
      }
      out.push_back(TaskLoader(loading, app, key).load(value));
    }
  }
}

}  // namespace paperphone::app

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "env/app/load/loading.h"
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
    if (goal != nullptr) {
      task_.goal = compile_condition(loading_, *goal, scope_, "'goal'");
      if (!task_.goal.empty()) refuse_screen_vars(*goal, task_.goal.root());
    }
    if (answer != nullptr)
      task_.answer = compile_expr(loading_, *answer, scope_, "'answer'");
    if (node.is_map() && (goal == nullptr) == (answer == nullptr))
      loading_.findings.add(task_.pos, fmt::format("task '{}' needs either 'goal' or "
                                                   "'answer'",
                                                   name_));
    read_conditions(reader.take("progress"), "'progress'", task_.progress);
    read_conditions(reader.take("forbid"), "'forbid'", task_.forbid);
    read_places(reader.take("only_changes"));
    read_tables(reader.take("may_add"), "'may_add'", task_.may_add);
    read_tables(reader.take("may_delete"), "'may_delete'", task_.may_delete);
    task_.max_steps = int(reader.integer("max_steps", 1, kMaxSteps, 15));
    task_.difficulty = int(reader.integer("difficulty", 1, 4, 1));
    task_.split = reader.word("split", "train unseen");
    if (const YamlNode* expert = reader.need("expert")) read_expert(*expert);
    reader.finish();
    return std::move(task_);
  }

 private:
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
      loading_.findings.add(key.pos(), fmt::format("ambiguous name '{}': a parameter has "
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
      MapReader fields(value, fmt::format("parameter '{}'", key.text), loading_.findings);
      const YamlNode* from = fields.take("from");
      const YamlNode* where = fields.take("where");
      const YamlNode* choices = fields.take("choices");
      fields.finish();
      if (value.is_map() && (from == nullptr) == (choices == nullptr))
        loading_.findings.add(key.pos(), fmt::format("parameter '{}' needs either 'from' "
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
      loading_.findings.add(item.pos(), "an instruction with a hole must stand in quotes: "
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
                                 .vars[std::size_t(place->var)].is_view)
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

  // ---- expert ----------------------------------------------------------------------

  void read_expert(const YamlNode& node) {
    if (!is_list(node, "'expert'")) return;
    if (node.items.empty())
      loading_.findings.add(node.pos(), "'expert' is empty; it needs a landmark");
    for (const YamlNode& item : node.items)
      if (auto mark = landmark(item)) task_.expert.push_back(std::move(*mark));
    const bool answers = std::any_of(task_.expert.begin(), task_.expert.end(),
                                     [](const Landmark& m) {
                                       return m.deed == Deed::kAnswer;
                                     });
    if (!task_.answer.empty() && !answers)
      loading_.findings.add(node.pos(), "the expert of a question must end with an "
                                        "`answer` landmark");
  }

  std::optional<Landmark> landmark(const YamlNode& node) {
    MapReader reader(node, "landmark", loading_.findings);
    Landmark mark;
    mark.pos = node.pos();
    if (const YamlNode* until = reader.take("until"))
      mark.until = compile_condition(loading_, *until, scope_, "'until'");
    if (const YamlNode* needs = reader.take("needs"))
      mark.needs = compile_condition(loading_, *needs, scope_, "'needs'");
    const YamlNode* at = reader.take("at");
    const bool at_good = at == nullptr || read_at(*at, mark);
    const YamlNode* into = reader.take("into");
    const YamlNode* of = reader.take("of");
    const YamlNode* row = reader.take("row");
    const YamlNode* day = reader.take("day");
    const YamlNode* time = reader.take("time");
    const YamlNode* widget = nullptr;
    const bool deed_good = read_deed(reader, node, into, of, mark, widget);
    reader.finish();
    if (!node.is_map() || !at_good || !deed_good) return std::nullopt;
    if (mark.deed != Deed::kAnswer && node.find("until") == nullptr)
      loading_.findings.add(node.pos(), "a landmark needs 'until': when it is behind us");
    if (mark.screen < 0 && mark.deed != Deed::kAnswer) {
      loading_.findings.add(node.pos(), "a landmark needs 'at': the screen it is on");
      return std::nullopt;
    }
    Type list_row;
    if (widget != nullptr) {
      const ScreenSpec& screen = loading_.apps.apps[std::size_t(mark.app)]
                                     .screens[std::size_t(mark.screen)];
      const auto touch = find_touch(loading_, *widget, screen);
      if (!touch) return std::nullopt;
      mark.widget = touch->widget;
      mark.part = touch->part;
      list_row = touch->row;
      if (mark.deed == Deed::kType)
        check_typed(*widget, *screen.widgets[std::size_t(mark.widget)], mark);
      if (const YamlNode* choose = node.find("choose"))
        read_choice(*choose, *widget, *screen.widgets[std::size_t(mark.widget)], mark);
    }
    read_row(node, row, list_row, mark);
    read_day(node, day, time, mark);
    return mark;
  }

  bool read_at(const YamlNode& node, Landmark& mark) {
    if (!read_text(node, "'at'", loading_.findings)) return false;
    try {
      GoTo at = parse_at(node.text, scope_);
      mark.app = at.app;
      mark.screen = at.screen;
      mark.args = std::move(at.args);
      return true;
    } catch (const ExprError& error) {
      loading_.findings.add(node.pos_inside(error.offset), error.message);
      return false;
    }
  }

  bool read_deed(MapReader& reader, const YamlNode& node, const YamlNode* into,
                 const YamlNode* of, Landmark& mark, const YamlNode*& widget) {
    struct Name {
      std::string_view key;
      Deed deed;
    };
    constexpr std::array<Name, 7> kDeeds = {{{"tap", Deed::kTap}, {"hold", Deed::kHold},
                                             {"choose", Deed::kTap},
                                             {"type", Deed::kType},
                                             {"submit", Deed::kSubmit},
                                             {"visit", Deed::kVisit},
                                             {"answer", Deed::kAnswer}}};
    const YamlNode* value = nullptr;
    int deeds = 0;
    bool chooses = false;
    for (const Name& name : kDeeds) {
      const YamlNode* found = reader.take(name.key);
      if (found == nullptr) continue;
      chooses = name.key == "choose";
      ++deeds;
      value = found;
      mark.deed = name.deed;
    }
    if (deeds != 1) {
      if (node.is_map())
        loading_.findings.add(node.pos(), "a landmark needs exactly one of tap, hold, "
                                          "choose, type, submit, visit, answer");
      return false;
    }
    if (into != nullptr && mark.deed != Deed::kType)
      loading_.findings.add(into->pos(), "'into' goes with 'type' only");
    if (of != nullptr && !chooses)
      loading_.findings.add(of->pos(), "'of' goes with 'choose' only");
    if (chooses) {
      if (of == nullptr)
        loading_.findings.add(node.pos(),
                              "'choose' needs 'of': the id of what has options");
      widget = of;
      return of != nullptr;
    }
    switch (mark.deed) {
      case Deed::kTap: case Deed::kHold: case Deed::kSubmit: widget = value; return true;
      case Deed::kVisit:
        if (value->text == "true") return true;
        loading_.findings.add(value->pos(), "write `visit: true`");
        return false;
      case Deed::kType:
        mark.text = compile_expr(loading_, *value, scope_, "'type'");
        if (into == nullptr) {
          loading_.findings.add(node.pos(), "'type' needs 'into': the field's id");
          return false;
        }
        widget = into;
        return true;
      case Deed::kAnswer:
        mark.text = compile_expr(loading_, *value, scope_, "'answer'");
        return true;
    }
    return false;
  }

  // Options have values like their widget's bind; other items go by their ids.
  void read_choice(const YamlNode& choose, const YamlNode& of, const Widget& widget,
                   Landmark& mark) {
    const Place* bind = widget.place(Prop::kBind);
    const bool has_options = !widget.items(Prop::kOptions).empty() && bind != nullptr;
    if (mark.part >= 0 || (!has_options && widget.items(Prop::kItems).empty())) {
      loading_.findings.add(of.pos(), fmt::format("'{}' has no options to choose from",
                                                  of.text));
      return;
    }
    const Type wanted = has_options ? bind->type : Type{.kind = Kind::kText};
    Expr value = compile_expr(loading_, choose, scope_, "'choose'");
    const bool text =
        wanted.kind == Kind::kText && value.type().kind == Kind::kText;  // of a param
    if (!value.empty() && !text && !fits(value.type(), wanted))
      loading_.findings.add(choose.pos(),
                            fmt::format("the options of '{}' are {}, this is {}",
                                        widget.id, type_name(wanted, loading_.apps),
                                        type_name(value.type(), loading_.apps)));
    mark.text = std::move(value);
  }

  // Can that widget take this text or number?
  void check_typed(const YamlNode& into, const Widget& widget, const Landmark& mark) {
    const Typing typing = component(widget.kind).typing;
    const Place* bind = widget.place(Prop::kBind);
    if (typing == Typing::kNo || bind == nullptr) {
      loading_.findings.add(
          into.pos(), fmt::format("nothing can be typed into '{}'; a field, search, "
                                  "input_bar or keypad with `bind` takes it",
                                  widget.id));
      return;
    }
    const Kind typed = mark.text.type().kind;
    const Kind kind = bind->type.kind;
    const bool number = typed == Kind::kInt || typed == Kind::kMoney;
    if (mark.text.empty() || typed == Kind::kText || typed == Kind::kNone) return;
    if (kind == Kind::kInt
            ? typed == Kind::kInt
            : number || (kind == Kind::kText && typed != Kind::kRef &&
                         typed != Kind::kBool && typing != Typing::kKeypad))
      return;
    loading_.findings.add(
        into.pos(), fmt::format("'{}' holds {}; {} cannot be typed into it", widget.id,
                                type_name(bind->type, loading_.apps),
                                type_name(mark.text.type(), loading_.apps)));
  }

  void read_row(const YamlNode& node, const YamlNode* row, Type list_row,
                Landmark& mark) {
    if (row == nullptr) {
      if (list_row.kind != Kind::kNone)
        loading_.findings.add(node.pos(), "the widget stands in a list: say which 'row'");
      return;
    }
    if (list_row.kind == Kind::kNone) {
      loading_.findings.add(row->pos(), "'row' is for widgets in lists; this one is not");
      return;
    }
    mark.row = compile_expr(loading_, *row, scope_, "'row'", list_row);
  }

  // Days and times have no names: what is tapped is said by an expression.
  void read_day(const YamlNode& node, const YamlNode* day, const YamlNode* time,
                Landmark& mark) {
    Picks picks = Picks::kNothing;
    if (mark.widget >= 0 && mark.deed == Deed::kTap)
      picks = component(loading_.apps.apps[std::size_t(mark.app)]
                            .screens[std::size_t(mark.screen)]
                            .widgets[std::size_t(mark.widget)]
                            ->kind)
                  .picks;
    const bool has_days = picks == Picks::kDay;
    const bool has_times = picks == Picks::kTime;
    if (day != nullptr && !has_days)
      loading_.findings.add(day->pos(),
                            "'day' is for taps on dates, calendars and date pickers");
    if (time != nullptr && !has_times)
      loading_.findings.add(time->pos(), "'time' is for taps on time pickers");
    if (day == nullptr && has_days)
      loading_.findings.add(node.pos(), "which day? say `day: <date>`");
    if (time == nullptr && has_times)
      loading_.findings.add(node.pos(), "what time? say `time: <time>`");
    if (day != nullptr && has_days)
      mark.text = compile_expr(loading_, *day, scope_, "'day'", Type{.kind = Kind::kDate});
    if (time != nullptr && has_times)
      mark.text =
          compile_expr(loading_, *time, scope_, "'time'", Type{.kind = Kind::kTime});
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
  std::vector<TaskSpec>& out =
      app < 0 ? loading.apps.cross_app_tasks : loading.apps.apps[std::size_t(app)].tasks;
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

#include "env/task/task.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "env/app/suggest.h"
#include "env/error.h"
#include "env/task/answer.h"

namespace paperphone {
namespace {

constexpr int kMaxDrawings = 200;

EvalContext context_of(const TaskInstance& task, const AppSet& apps, const World& world) {
  return {.world = world, .apps = apps, .params = task.values};
}

// Rows that a parameter may name: the condition holds and the text that stands for
// the row in the instruction occurs once in its table.
std::vector<Ref> candidate_rows(const ParamSpec& param, const EvalContext& context) {
  const Type type = param.type;
  const Table& table = *context.world.apps[type.app]->tables[type.table];
  std::vector<const Row*> rows;
  EvalContext with_row = context;
  const auto ref_to = [&](const Row& row) {
    return Ref{static_cast<std::int16_t>(type.app), static_cast<std::int16_t>(type.table),
               row.id};
  };
  for (const auto& row : table.rows) {
    with_row.it = with_row.row = ref_to(*row);
    with_row.it_in_hand = with_row.row_in_hand = &*row;
    if (holds(param.where, with_row)) rows.push_back(&*row);
  }
  const int named_by = context.apps.apps[std::size_t(type.app)]
                           .tables[std::size_t(type.table)]
                           .display_column;
  if (named_by >= 0 && !rows.empty()) {  // else by its number
    const auto name = [&](const Row& row) {
      return row.cells[std::size_t(named_by)].as_text();
    };
    std::unordered_map<std::string_view, int> occurrences(table.rows.size());
    for (const auto& row : table.rows) ++occurrences[name(*row)];
    std::erase_if(rows, [&](const Row* row) {
      return name(*row).empty() || occurrences[name(*row)] != 1;
    });
  }
  std::vector<Ref> out;
  out.reserve(rows.size());
  for (const Row* row : rows) out.push_back(ref_to(*row));
  return out;
}

bool draw_param(const ParamSpec& param, EvalContext context, Rng& rng,
                const std::string* wanted, std::vector<Value>& values) {
  const auto shown = [&](const Value& value) {
    return format_value(value, param.type, Format::kPlain, context);
  };
  std::vector<Value> options = param.choices;
  const bool from_table = param.type.kind == Kind::kRef && param.from.empty();
  if (from_table) {
    for (const Ref ref : candidate_rows(param, context)) {
      options.push_back(Value::of_ref(ref));
    }
  }
  if (wanted) {
    for (const Value& option : options) {
      if (shown(option) == *wanted) {
        values.push_back(option);
        return true;
      }
    }
    if (options.empty() && param.type.kind == Kind::kText) {
      values.push_back(Value::of_text(*wanted));
      return true;
    }
    if (options.empty() && param.type.kind == Kind::kInt) {
      values.push_back(Value::of_int(std::atoll(wanted->c_str())));
      return true;
    }
    throw ConfigError(fmt::format("parameter '{}' has no value '{}' in this world",
                                  param.name, *wanted));
  }
  if (!options.empty()) {
    values.push_back(options[rng.below(options.size())]);
    return true;
  }
  if (from_table || param.from.empty()) return false;
  context.rng = &rng;
  values.push_back(evaluate(param.from, context));
  return !values.back().is_none();
}

}  // namespace

TaskInstance sample_task(const AppSet& apps, const TaskSpec& spec,
                         const PhoneState& state, Rng rng,
                         const std::map<std::string, std::string>& overrides) {
  for (const auto& [name, value] : overrides) {
    const bool known = std::any_of(
        spec.params.begin(), spec.params.end(),
        [&wanted = name](const ParamSpec& p) { return p.name == wanted; });
    if (!known) {
      std::string names;
      for (const auto& p : spec.params) names += (names.empty() ? "" : ", ") + p.name;
      throw ConfigError(fmt::format("task {} has no parameter '{}' (it has: {})", spec.id,
                                    name, names.empty() ? "none" : names));
    }
  }
  TaskInstance task;
  task.spec = &spec;
  task.initial = state.world;
  for (int drawing = 0; drawing < kMaxDrawings; ++drawing) {
    Rng draw = rng.fork("params", drawing);
    task.values.clear();
    bool complete = true;
    for (const auto& param : spec.params) {
      const auto it = overrides.find(param.name);
      complete = complete && draw_param(param, context_of(task, apps, state.world), draw,
                                        it == overrides.end() ? nullptr : &it->second,
                                        task.values);
      if (!complete) break;
    }
    if (!complete) continue;
    for (const auto& let : spec.lets) {
      task.values.push_back(evaluate(let.value, context_of(task, apps, state.world)));
    }
    const EvalContext context = context_of(task, apps, state.world);
    if (!spec.goal.empty() && holds(spec.goal, context)) continue;
    if (!spec.answer.empty()) {
      const Value answer = evaluate(spec.answer, context);
      task.expected_answer =
          format_value(answer, spec.answer.type(), Format::kPlain, context);
      if (answer.is_none() || task.expected_answer.empty()) continue;
    }
    task.instruction = render(spec.zh[draw.below(spec.zh.size())], context);
    task.instruction_en = render(spec.en, context);
    return task;
  }
  throw DataError(fmt::format(
      "task {}: no parameters satisfy it in this world after {} drawings; widen its "
      "`where` conditions or its records",
      spec.id, kMaxDrawings));
}

std::string unknown_task(const AppSet& apps, std::string_view id) {
  std::vector<std::string> ids;
  std::string same_name;  // "dark_mode" for "settings/dark_mode"
  for (const TaskSpec* task : apps.tasks()) {
    ids.push_back(task->id);
    const std::size_t slash = task->id.find('/');
    if (std::string_view(task->id).substr(slash + 1) == id && same_name.empty())
      same_name = fmt::format(" (did you mean '{}'?)", task->id);
  }
  return fmt::format(
      "unknown task '{}'; a task is written app/task{}; `paperphone apps "
      "--json` lists them",
      id, same_name.empty() ? did_you_mean(id, ids) : same_name);
}

std::optional<TaskInstance> pose_again(const TaskInstance& task, const AppSet& apps,
                                       const World& world) {
  TaskInstance again = task;
  again.initial = world;
  const std::size_t params = task.spec->params.size();
  again.values.resize(params);
  for (const Value& value : again.values) {
    if (value.as_ref().valid() && !world.find(value.as_ref())) return std::nullopt;
  }
  for (const auto& let : task.spec->lets) {
    const Value& before = task.values[again.values.size()];
    again.values.push_back(evaluate(let.value, context_of(again, apps, world)));
    if (again.values.back().is_none() && !before.is_none()) return std::nullopt;
  }
  if (!task.spec->answer.empty()) {
    const EvalContext context = context_of(again, apps, world);
    const Value answer = evaluate(task.spec->answer, context);
    again.expected_answer =
        format_value(answer, task.spec->answer.type(), Format::kPlain, context);
    if (answer.is_none() || again.expected_answer.empty()) return std::nullopt;
  }
  return again;
}

bool parameters_hold(const TaskInstance& task, const AppSet& apps, const World& world) {
  EvalContext context = context_of(task, apps, world);
  for (std::size_t i = 0; i < task.spec->params.size(); ++i) {
    context.it = context.row = task.values[i].as_ref();
    if (context.it.valid() && !holds(task.spec->params[i].where, context)) return false;
  }
  return true;
}

bool goal_holds(const TaskInstance& task, const AppSet& apps, const World& world) {
  return !task.spec->goal.empty() &&
         holds(task.spec->goal, context_of(task, apps, world));
}

bool answer_matches(const TaskInstance& task, std::string_view answer) {
  return !task.spec->answer.empty() &&
         same_answer(task.spec->answer.type(), task.expected_answer, answer);
}

float task_progress(const TaskInstance& task, const AppSet& apps, const World& world) {
  if (goal_holds(task, apps, world)) return 1.0f;
  const auto& milestones = task.spec->progress;
  if (milestones.empty()) return 0.0f;
  const auto reached = std::count_if(
      milestones.begin(), milestones.end(),
      [&](const Expr& e) { return holds(e, context_of(task, apps, world)); });
  return float(reached) / float(milestones.size() + 1);
}

namespace {

bool allowed(const Change& change, const TaskInstance& task, const AppSet& apps,
             const World& world) {
  const TaskSpec& spec = *task.spec;
  const int packed = change.app << 16 | change.index;
  const auto listed = [&](const std::vector<int>& tables) {
    return std::find(tables.begin(), tables.end(), packed) != tables.end();
  };
  if (change.what == Change::What::kRowAdded) return listed(spec.may_add);
  if (change.what == Change::What::kRowDeleted) return listed(spec.may_delete);
  for (const Place& place : spec.only_changes) {
    if (place.var >= 0) {
      if (change.what == Change::What::kVar && place.app == change.app &&
          place.var == change.index) {
        return true;
      }
      continue;
    }
    if (change.what != Change::What::kCell || place.column != change.column) continue;
    const Ref cell{static_cast<std::int16_t>(change.app),
                   static_cast<std::int16_t>(change.index), change.row_id};
    // The cell is named on the initial state (`latest(...)` would drift otherwise).
    if (evaluate(place.target, context_of(task, apps, task.initial)).as_ref() == cell ||
        evaluate(place.target, context_of(task, apps, world)).as_ref() == cell) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::vector<std::string> side_effects(const TaskInstance& task, const AppSet& apps,
                                      const World& world) {
  std::vector<std::string> out;
  for (const Change& change : diff_worlds(task.initial, world, apps)) {
    if (!allowed(change, task, apps, world)) out.push_back(change.address(apps));
  }
  for (std::size_t i = 0; i < task.spec->forbid.size(); ++i) {
    if (holds(task.spec->forbid[i], context_of(task, apps, world))) {
      out.push_back(fmt::format("forbid[{}]", i));
    }
  }
  return out;
}

}  // namespace paperphone

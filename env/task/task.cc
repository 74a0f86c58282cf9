#include "env/task/task.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/app/calendar.h"
#include "env/base/error.h"
#include "env/base/suggest.h"
#include "env/task/answer.h"
#include "env/task/params.h"

namespace paperphone::task {

using app::AppSet;
using app::EvalContext;
using app::Format;
using app::ParamSpec;
using app::TaskSpec;
using app::Value;
using app::World;
using app::evaluate;
using app::format_value;
using app::holds;
using app::render;
using sim::Change;

namespace {

constexpr int kMaxDrawings = 200;

EvalContext context_of(const TaskInstance& task, const AppSet& apps, const World& world) {
  return {.world = world, .apps = apps, .params = task.values};
}

// ConfigError where `wanted` is asked for and there is no such value.
std::optional<Value> param_value(const ParamSpec& param, const EvalContext& context,
                                 Rng& rng, const std::string* wanted) {
  if (wanted == nullptr) return draw_param(param, context, rng);
  auto found = find_param(param, context, *wanted);
  if (!found)
    throw ConfigError(fmt::format("parameter '{}' has no value '{}' in this world",
                                  param.name, *wanted));
  return found;
}

}  // namespace

TaskInstance sample_task(const AppSet& apps, const TaskSpec& spec,
                         const sim::PhoneState& state, Rng rng,
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
  // Yes and no alike, where parameters decide it.
  const bool wants_yes = rng.fork("yes").chance(0.5);
  const bool asks_yes_or_no = spec.answer.type().kind == app::Kind::kBool;
  for (int drawing = 0; drawing < kMaxDrawings; ++drawing) {
    Rng draw = rng.fork("params", drawing);
    task.values.clear();
    bool complete = true;
    for (const auto& param : spec.params) {
      const auto it = overrides.find(param.name);
      const auto value = param_value(param, context_of(task, apps, state.world), draw,
                                     it == overrides.end() ? nullptr : &it->second);
      complete = value.has_value();
      if (!complete) break;
      task.values.push_back(*value);
    }
    if (!complete) continue;
    for (const auto& let : spec.lets) {
      task.values.push_back(evaluate(let.value, context_of(task, apps, state.world)));
    }
    const EvalContext context = context_of(task, apps, state.world);
    if (!makes_sense(task, apps, state.world)) continue;
    if (!spec.answer.empty()) {
      const Value answer = evaluate(spec.answer, context);
      if (asks_yes_or_no && answer.as_bool() != wants_yes && drawing < kMaxDrawings / 2) continue;
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

std::optional<TaskInstance> renew_task(const TaskInstance& task, const AppSet& apps,
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

bool makes_sense(const TaskInstance& task, const AppSet& apps, const World& world) {
  const TaskSpec& spec = *task.spec;
  const EvalContext context = context_of(task, apps, world);
  return (spec.goal.empty() || holds(spec.goal, context) == spec.already) &&
         (spec.infeasible.empty() || holds(spec.infeasible, context));
}

const app::Expr* fact_to_see(const TaskSpec& spec) {
  if (!spec.infeasible.empty()) return &spec.infeasible;
  if (spec.already) return &spec.goal;
  return spec.answer.type().kind == app::Kind::kBool ? &spec.answer : nullptr;
}

bool goal_holds(const TaskInstance& task, const AppSet& apps, const World& world) {
  return !task.spec->goal.empty() &&
         holds(task.spec->goal, context_of(task, apps, world));
}

bool answer_matches(const TaskInstance& task, const AppSet& apps,
                    std::string_view answer) {
  if (task.spec->answer.empty()) return false;
  const int hour24 = apps.phone.hour24;
  AnswerKey key{.type = task.spec->answer.type(),
                .truth = task.expected_answer,
                .now = app::floor_div(task.initial.now_ms, app::kMsPerMinute),
                .hour24 = hour24 < 0 || task.initial.apps[0]->vars[hour24].as_bool()};
  // All phrasings ask the same.
  for (const app::Template& question : task.spec->zh) read_wording(question, key);
  read_wording(task.spec->en, key);
  return is_right(key, answer);
}

float task_progress(const TaskInstance& task, const AppSet& apps, const World& world) {
  if (!task.spec->already && goal_holds(task, apps, world)) return 1.0f;
  const auto& milestones = task.spec->progress;
  if (milestones.empty()) return 0.0f;
  const auto reached = std::count_if(
      milestones.begin(), milestones.end(),
      [&](const app::Expr& e) { return holds(e, context_of(task, apps, world)); });
  return float(reached) / float(milestones.size() + 1);
}

namespace {

bool allowed(const Change& change, const TaskInstance& task, const AppSet& apps,
             const World& world) {
  const TaskSpec& spec = *task.spec;
  const app::TableRef table{change.app, change.index};
  const auto listed = [&](const std::vector<app::TableRef>& tables) {
    return std::find(tables.begin(), tables.end(), table) != tables.end();
  };
  if (change.what == Change::What::kRowAdded) return listed(spec.may_add);
  if (change.what == Change::What::kRowDeleted) return listed(spec.may_delete);
  for (const app::Place& place : spec.only_changes) {
    if (place.var >= 0) {
      if (change.what == Change::What::kVar && place.app == change.app &&
          place.var == change.index) {
        return true;
      }
      continue;
    }
    if (change.what != Change::What::kCell || place.column != change.column) continue;
    const app::Ref cell{std::int16_t(change.app),
                   std::int16_t(change.index), change.row_id};
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
  for (const Change& change : sim::diff_worlds(task.initial, world, apps)) {
    if (!allowed(change, task, apps, world)) out.push_back(change.address(apps));
  }
  for (std::size_t i = 0; i < task.spec->forbid.size(); ++i) {
    if (holds(task.spec->forbid[i], context_of(task, apps, world))) {
      out.push_back(fmt::format("forbid[{}]", i));
    }
  }
  return out;
}

}  // namespace paperphone::task

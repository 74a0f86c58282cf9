// Are the tasks' checkers exact? For every template: what the expert does is right,
// nothing is wrong, the same done to another thing is wrong, and so is more than was
// asked. PAPERPHONE_CHECKER_SEEDS=20 tries more worlds than the two of an ordinary run,
// PAPERPHONE_CHECKER_ALL=1 every other template of the app as the extra deed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "env/sim/state/phone_state.h"
#include "env/task/task.h"
#include "tests/task/all_apps.h"

namespace paperphone::task {

using app::Kind;
using app::Table;
using app::TaskSpec;
using app::Value;
using app::World;
using sim::Change;
using sim::diff_worlds;

namespace {

int seeds() { return seeds_of("PAPERPHONE_CHECKER_SEEDS", 2); }

std::vector<std::string> all_task_ids() {
  std::vector<std::string> ids;
  for (const TaskSpec* task : tasks_of_split(apps(), "")) ids.push_back(task->id);
  return ids;
}

class Checker : public ::testing::TestWithParam<std::string> {
 protected:
  const TaskInstance& begin(int seed) {
    env.reset(std::uint64_t(seed), {.task_id = GetParam()});
    return env.task();
  }

  // Up to, but without, the action that ends the episode; empty: the expert got lost.
  std::optional<Action> walk() {
    while (env.running()) {
      const Advice advice = env.advice();
      const Action& action = advice.actions.front().action;
      if (std::holds_alternative<Terminate>(action) ||
          std::holds_alternative<Answer>(action))
        return action;
      env.step(action);
    }
    return std::nullopt;
  }

  StepResult judge(const TaskInstance& task, const Action& end) {
    env.set_task(task);
    return env.step(end);
  }

  // Another instance of a template on the present phone; empty: there is none.
  std::optional<TaskInstance> other(const TaskSpec& spec, std::uint64_t number) {
    try {
      return sample_task(apps(), spec, env.state(), Rng(23).fork(spec.id, number));
    } catch (const std::exception&) {
      return std::nullopt;
    }
  }

  PhoneEnv env{shared(), {.pixels = false, .hashes = false, .distance = false}};
};

bool changes_nothing(const TaskSpec& spec) {
  return spec.already || !spec.infeasible.empty();
}

const Action kDone = Terminate{TerminateStatus::kSuccess};

// Two instances may want the very same: two songs of one album to be collected. Then
// they may change the same cells, and their words and numbers are the same.
bool coincide(const TaskInstance& a, const TaskInstance& b) {
  const auto& params = a.spec->params;
  for (std::size_t i = 0; i < params.size(); ++i)
    if (params[i].type.kind != Kind::kRef && !(a.values[i] == b.values[i]))
      return false;
  for (const app::Place& place : a.spec->only_changes) {
    const auto target = [&](const TaskInstance& task) {
      const app::EvalContext context{
          .world = task.initial, .apps = apps(), .params = task.values};
      return app::evaluate(place.target, context);
    };
    if (place.var >= 0 || !(target(a) == target(b))) return false;
  }
  return !a.spec->only_changes.empty();
}

TEST_P(Checker, TheExpertIsRightAndNothingIsWrong) {
  for (int seed = 0; seed < seeds(); ++seed) {
    const TaskInstance task = begin(seed);
    EXPECT_EQ(goal_holds(task, apps(), env.state().world), task.spec->already);
    EXPECT_EQ(judge(task, kDone).reward, 0.0f);
    begin(seed);
    const auto end = walk();
    ASSERT_TRUE(end) << "seed " << seed << ": " << task.instruction;
    EXPECT_EQ(judge(task, *end).reward, 1.0f)
        << "seed " << seed << ": " << task.instruction;
  }
}

// A near miss: the expert does it well, but for other parameters.
TEST_P(Checker, AnotherInstanceIsWrong) {
  for (int seed = 0; seed < seeds(); ++seed) {
    const TaskInstance task = begin(seed);
    if (changes_nothing(*task.spec)) return;  // whoever sees one may have seen the other
    const Snapshot start = env.snapshot();
    const bool question = !task.spec->answer.empty();
    for (std::uint64_t number = 0; number < 6; ++number) {
      env.restore(start);
      const auto twin = other(*task.spec, number);
      if (!twin || twin->values == task.values) continue;
      if (question && answer_matches(task, apps(), twin->expected_answer)) continue;
      if (!question && coincide(task, *twin)) continue;
      env.set_task(*twin);
      const auto end = walk();
      if (!end) continue;  // the budget is for the task, from its own start
      const Hash128 done = sim::hash_situation(env.state());
      const StepResult result = judge(task, *end);
      if (result.reward > 0.0f && !question) {  // under a condition both may ask for one deed
        env.restore(start);
        if (walk() && sim::hash_situation(env.state()) == done) continue;
      }
      EXPECT_EQ(result.reward, 0.0f)
          << "seed " << seed << "\n  asked: " << task.instruction
          << "\n  done:  " << twin->instruction;
      break;
    }
    if (!question) continue;
    const std::string& right = task.expected_answer;
    for (const std::string& noise : {"不是" + right, right + "或" + right + "1",
                                     right + "1" + right, std::string("？")}) {
      env.restore(start);
      EXPECT_EQ(judge(task, Answer{noise}).reward, 0.0f)
          << "seed " << seed << ": " << task.instruction << " -> " << noise;
    }
  }
}

// Well done, and then something else that changes data.
TEST_P(Checker, MoreThanWasAskedIsWrong) {
  std::vector<const TaskSpec*> others;
  for (const TaskSpec* spec : apps().tasks())
    if (spec->answer.empty() && spec->app == apps().task(GetParam())->app)
      others.push_back(spec);
  const bool all = std::getenv("PAPERPHONE_CHECKER_ALL") != nullptr;
  for (int seed = 0; seed < seeds(); ++seed) {
    const TaskInstance task = begin(seed);
    const auto end = walk();
    ASSERT_TRUE(end);
    const Snapshot done = env.snapshot();
    const World world = env.state().world;
    Rng rng = Rng(29).fork(GetParam(), std::uint64_t(seed));
    std::vector<const TaskSpec*> tried = others;
    if (!all) {
      tried = {others[rng.below(others.size())]};
      if (task.spec->answer.empty()) tried.push_back(task.spec);
    }
    for (const TaskSpec* spec : tried) {
      env.restore(done);
      const auto extra = other(*spec, std::uint64_t(seed));
      if (!extra) continue;
      env.set_task(*extra);
      if (!walk()) continue;
      if (diff_worlds(world, env.state().world, apps()).empty()) continue;
      const bool undone =
          !task.spec->goal.empty() && !goal_holds(task, apps(), env.state().world);
      const StepResult result = judge(task, *end);
      EXPECT_EQ(result.reward, 0.0f)
          << "seed " << seed << "\n  asked: " << task.instruction
          << "\n  done:  " << extra->instruction;
      EXPECT_TRUE(undone || !result.info.side_effects.empty())
          << "seed " << seed << "\n  asked: " << task.instruction
          << "\n  done:  " << extra->instruction;
    }
  }
}

bool accepts(const TaskInstance& task, const World& world) {
  return goal_holds(task, apps(), world) && side_effects(task, apps(), world).empty();
}

app::Lazy<Table>& table_of(World& world, app::TableRef at) {
  return world.apps[std::size_t(at.app)].edit().tables[std::size_t(at.table)];
}

// Rows that a task may add or delete are counted: one more of the kind is one too many.
TEST_P(Checker, OneRowMoreOrFewerIsWrong) {
  for (int seed = 0; seed < seeds(); ++seed) {
    const TaskInstance task = begin(seed);
    if (task.spec->goal.empty()) return;
    ASSERT_TRUE(walk());
    const World done = env.state().world;
    ASSERT_TRUE(accepts(task, done));
    for (const app::TableRef at : task.spec->may_add) {
      World world = done;
      Table& table = table_of(world, at).edit();
      if (table.rows.empty()) continue;
      table.append(table.rows.back()->cells);
      EXPECT_FALSE(accepts(task, world)) << "seed " << seed << ": a row more";
    }
    for (const app::TableRef at : task.spec->may_delete) {
      World world = done;
      Table& table = table_of(world, at).edit();
      if (table.rows.empty()) continue;
      table.erase(table.rows.front()->id);
      EXPECT_FALSE(accepts(task, world)) << "seed " << seed << ": a row fewer";
    }
  }
}

// Another value of the same type.
Value another(const Value& value, app::Type type) {
  switch (type.kind) {
    case Kind::kText:
      return Value::of_text(std::string(value.as_text()) + "x");
    case Kind::kBool:
      return Value::of_bool(!value.as_bool());
    case Kind::kRef:
      return value.is_none()
                 ? Value::of_ref({std::int16_t(type.app), std::int16_t(type.table), 0})
                 : Value();
    default:
      return Value::of_int(value.as_int() + 1);
  }
}

// Cells that follow from what was done; no task has to say their values.
bool follows_by_itself(const std::string& column) {
  static const std::set<std::string> columns = {
      "messenger.chat.last", "messenger.chat.last_at", "yunsheng.song.liked_at",
      "hongguo.draft.at", "shop.notice.read", "shop.order.former"};
  return columns.contains(column);
}

// A task that lets a cell change says what to.
TEST_P(Checker, WhatMayChangeIsPinned) {
  const TaskInstance task = begin(1);
  if (task.spec->goal.empty()) return;
  ASSERT_TRUE(walk());
  const World done = env.state().world;
  for (const Change& change : diff_worlds(task.initial, done, apps())) {
    const app::AppSpec& app = apps().apps[std::size_t(change.app)];
    const auto at = std::size_t(change.index);
    World world = done;
    app::AppData& data = world.apps[std::size_t(change.app)].edit();
    std::string name = change.address(apps());
    if (change.what == Change::What::kVar) {
      data.vars[at] = another(data.vars[at], app.vars[at].type);
    } else if (change.what == Change::What::kCell) {
      const app::ColumnSpec& column = app.tables[at].columns[std::size_t(change.column)];
      name = app.id + "." + app.tables[at].name + "." + column.name;
      Value& cell = data.tables[at]
                        .edit()
                        .find_for_edit(change.row_id)
                        ->cells[std::size_t(change.column)];
      cell = another(cell, column.type);
    } else {
      continue;
    }
    EXPECT_TRUE(follows_by_itself(name) || !accepts(task, world))
        << name << " may become anything";
  }
}

INSTANTIATE_TEST_SUITE_P(Apps, Checker, ::testing::ValuesIn(all_task_ids()),
                         [](const auto& info) { return case_name(info.param); });

}  // namespace
}  // namespace paperphone::task

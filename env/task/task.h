// Task instances: sampled parameters, goal, side effects.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "env/sim/machine.h"

namespace paperphone::task {

struct TaskInstance {
  const app::TaskSpec* spec = nullptr;  // owned by the AppSet
  std::vector<app::Value> values;       // params, then lets
  std::string instruction;         // Chinese, one of the phrasings
  std::string instruction_en;
  std::string expected_answer;     // question tasks: canonical text
  app::World initial;                   // what side effects are measured against
};

// Draws parameters until every one names exactly one thing and the goal is false, or what
// is already so or infeasible is (at most 200 times). Overrides are texts ("王芳", "3"), matched against the
// parameter's display text. Throws ConfigError: unknown parameter, no such value;
// DataError: no drawing satisfies the task in this world.
TaskInstance sample_task(const app::AppSet& apps, const app::TaskSpec& spec,
                         const sim::PhoneState& state, Rng rng,
                         const std::map<std::string, std::string>& overrides = {});

// The same task posed anew in this world: parameters stay, lets and answer are evaluated
// again, side effects count from here. nullopt: it makes no sense any more, for a row
// that it names is gone or it has no answer.
std::optional<TaskInstance> renew_task(const TaskInstance& task, const app::AppSet& apps,
                                       const app::World& world);
// Would its parameters still be drawn in this world?
bool parameters_hold(const TaskInstance& task, const app::AppSet& apps, const app::World& world);

// Is there something to do, or to see, in this world: the goal is open, or holds where that
// is to be seen; what cannot be done cannot.
bool makes_sense(const TaskInstance& task, const app::AppSet& apps, const app::World& world);

// The fact that has to be on a screen before an end counts: that it is already so, that it
// cannot be done, what is asked with yes or no. nullptr: what was done speaks for itself.
const app::Expr* fact_to_see(const app::TaskSpec& spec);

bool goal_holds(const TaskInstance& task, const app::AppSet& apps, const app::World& world);
// By the grammar of the answer's type (answer.h), the question's wording and the phone's
// clock as it stood when the question was put.
bool answer_matches(const TaskInstance& task, const app::AppSet& apps,
                    std::string_view answer);
float task_progress(const TaskInstance& task, const app::AppSet& apps, const app::World& world);
// Addresses of changes that the task does not allow; empty: clean.
std::vector<std::string> side_effects(const TaskInstance& task, const app::AppSet& apps,
                                      const app::World& world);

// Says that there is no task of this id, how ids are written and which may be meant.
std::string unknown_task(const app::AppSet& apps, std::string_view id);

// train, validation, test: by seed; unseen: templates held out. See env/task/README.md.
// Only tasks of these apps ("cross": those of several); none given: of all.
std::vector<const app::TaskSpec*> tasks_of_split(const app::AppSet& apps, std::string_view split,
                                            std::span<const std::string> app_ids = {});
std::vector<std::string> split_names();
// Episode seeds of a split never overlap those of another.
std::uint64_t split_seed(std::string_view split, std::uint64_t seed, std::uint64_t episode);

}  // namespace paperphone::task

#include "rl/rollout/random_start.h"

#include <optional>
#include <utility>

#include "env/sim/state/phone_state.h"
#include "env/task/task.h"
#include "rl/rollout/exploration.h"

namespace paperphone::rl {

using app::AppSet;
using app::World;
using task::TaskInstance;

RandomStarts::RandomStarts(int actions, std::size_t num_jobs)
    : actions_(actions), starts_(num_jobs) {}

void RandomStarts::add_to(RolloutOptions& options) {
  if (actions_ == 0) return;
  options.prepare = [this](std::size_t episode, const EpisodeJob& job,
                           PhoneEnv& phone) {
    return prepare(starts_[episode], job, phone);
  };
}

bool RandomStarts::prepare(Start& start, const EpisodeJob& job, PhoneEnv& phone) const {
  const AppSet& apps = phone.apps();
  const TaskInstance task = phone.task();
  Rng rng = Rng(job.seed).fork("random_first");
  phone.observe(Modality::kNothing);
  for (int i = 0; i < actions_; ++i) {
    phone.set_task(task);  // or its budget would run out
    phone.step(wrong_turn(phone.frame(), phone.observation_space(), rng).action);
  }
  phone.set_task(task);
  const World& world = phone.state().world;
  start.changed_data = !sim::diff_worlds(task.initial, world, apps).empty();
  std::optional<TaskInstance> again = renew_task(task, apps, world);
  if (goal_holds(task, apps, world)) {
    start.effect = RandomStartEffect::kSolved;
  } else if (!again) {
    start.effect = RandomStartEffect::kImpossible;
  } else {
    start.doubtful = !parameters_hold(*again, apps, world);
    phone.set_task(*std::move(again));
  }
  return start.effect == RandomStartEffect::kNone;
}

RandomStartEffect RandomStarts::effect(const Rollout& rollout) const {
  const Start& start = starts_[rollout.episode];
  if (start.doubtful && !rollout.trajectory.success)
    return RandomStartEffect::kImpossible;
  return start.effect;
}

bool RandomStarts::changed_data(const Rollout& rollout) const {
  return starts_[rollout.episode].changed_data;
}

}  // namespace paperphone::rl

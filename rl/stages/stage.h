// What every stage of a recipe is to the trainer: something that does one update.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "agent/checkpoint/checkpoint.h"
#include "rl/optimizer/optimizer.h"
#include "rl/recipe/recipe.h"
#include "rl/rollout/phones.h"
#include "rl/run/metrics.h"

namespace paperphone::rl {

// What a stage works with. All must outlive it.
struct StageContext {
  const Recipe* recipe = nullptr;
  const StageRecipe* stage = nullptr;
  const Phones* phones = nullptr;
  agent::Agent* agent = nullptr;
  std::filesystem::path folder;  // of the run, for the reference weights
  std::string reference_kind;    // what their mark says
};

// Everything random in update `step` is drawn from a stream of (recipe.seed, stage
// name, step), and everything kept between updates is either in the parameters,
// remade from the seed, or in state(). So weights, optimiser state, state() and the
// step's number are the whole state of a run.
class Stage {
 public:
  virtual ~Stage() = default;
  // Of auxiliary heads: trained and saved in checkpoints, dropped after the stage.
  virtual Optimizer::NamedParameters extra_parameters() { return {}; }
  virtual Metrics update(int step, Optimizer& optimizer, double lr) = 0;
  // What an update leaves for the next beside weights and optimiser: pools, buffers,
  // curricula. Kept in checkpoints; restore() is called once, before the first update
  // after a resume. Empty: nothing.
  virtual std::string state() const { return {}; }
  virtual void restore(std::string_view /*state*/) {}
};

Rng stage_rng(const StageContext& context);

std::unique_ptr<Stage> make_perception_stage(const StageContext& context);
std::unique_ptr<Stage> make_sft_stage(const StageContext& context);
std::unique_ptr<Stage> make_grpo_action_stage(const StageContext& context);
std::unique_ptr<Stage> make_grpo_task_stage(const StageContext& context);
std::unique_ptr<Stage> make_stage(const StageContext& context);

}  // namespace paperphone::rl

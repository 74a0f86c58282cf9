#include "rl/stages/stage.h"

#include "env/base/check.h"

namespace paperphone::rl {

Rng stage_rng(const StageContext& context) {
  return Rng(context.recipe->seed).fork(context.stage->name);
}

std::unique_ptr<Stage> make_stage(const StageContext& context) {
  switch (context.stage->kind) {
    case StageKind::kPerception: return make_perception_stage(context);
    case StageKind::kSft: return make_sft_stage(context);
    case StageKind::kGrpoAction: return make_grpo_action_stage(context);
    case StageKind::kGrpoTask: return make_grpo_task_stage(context);
  }
  CHECK_TRUE(false);
  return nullptr;
}

}  // namespace paperphone::rl

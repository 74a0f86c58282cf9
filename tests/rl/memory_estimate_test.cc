#include "rl/run/memory_estimate.h"

#include <gtest/gtest.h>

#include "env/base/host/memory.h"

namespace paperphone::rl {
namespace {

// The tiny agent's.
MemorySubject tiny(std::int64_t trainable) {
  MemorySubject subject;
  subject.model = agent::tiny_model_config(2816);
  subject.num_parameters = 5'019'344;
  subject.num_trainable = trainable;
  subject.num_image_tokens = 180;
  return subject;
}
constexpr std::int64_t kAll = 5'019'344, kDecoder = 3'670'000;

// As quickstart.yaml and perception.yaml have them, but for the stage.
Recipe a_recipe(StageKind kind) {
  Recipe recipe;
  recipe.dtype = "bfloat16";
  recipe.model.freeze_vision = true;
  StageRecipe stage{.name = "one", .kind = kind, .steps = 2, .evaluate = false};
  stage.perception = {
      .screens_per_step = 8, .questions_per_screen = 20, .screen_pool = 64};
  stage.sft = {.batch_size = 14, .other_tasks = 3, .demonstrations = 32};
  stage.grpo.group_size = kind == StageKind::kGrpoTask ? 6 : 8;
  stage.grpo.states_per_step = 12;
  stage.grpo.tasks_per_step = 3;
  recipe.stages = {stage};
  return recipe;
}

struct Measured {
  const char* what;
  double peak_mb;  // of a process that did nothing else, on two threads
  Recipe recipe;
};

std::vector<Measured> measured() {
  std::vector<Measured> all;
  const auto add = [&](const char* what, double peak_mb, StageKind kind,
                       const auto& change) {
    all.push_back({what, peak_mb, a_recipe(kind)});
    change(all.back().recipe.stages[0]);
  };
  const auto as_it_is = [](StageRecipe&) {};
  add("8 screens", 915, StageKind::kPerception, as_it_is);
  add("16 screens", 1394, StageKind::kPerception,
      [](StageRecipe& stage) { stage.perception.screens_per_step = 16; });
  add("56 turns", 724, StageKind::kSft, as_it_is);
  add("56 turns in float32", 1318, StageKind::kSft, as_it_is);
  all.back().recipe.dtype = "float32";
  add("112 turns", 1001, StageKind::kSft,
      [](StageRecipe& stage) { stage.sft.batch_size = 28; });
  add("900 demonstrations to imitate", 1046, StageKind::kSft, [](StageRecipe& stage) {
    stage.sft = {.batch_size = 1, .other_tasks = 0, .demonstrations = 900};
    stage.steps = 1;
  });
  add("96 responses", 682, StageKind::kGrpoAction, as_it_is);
  add("18 episodes of 4 turns", 782, StageKind::kGrpoTask, [](StageRecipe& stage) {
    stage.grpo.max_turns = 4;
    stage.steps = 1;
  });
  add("18 episodes of 12 turns", 886, StageKind::kGrpoTask,
      [](StageRecipe& stage) { stage.steps = 1; });
  return all;
}

// The estimate is at least what was taken, and not much more.
TEST(MemoryEstimate, IsALittleMoreThanWhatStagesTook) {
  for (const Measured& one : measured()) {
    const bool sees = one.recipe.stages[0].kind == StageKind::kPerception;
    const auto estimate = estimate_memory(one.recipe, tiny(sees ? kAll : kDecoder));
    const double ratio = megabytes(std::int64_t(estimate.total())) / one.peak_mb;
    EXPECT_GE(ratio, 1.0) << one.what << ": " << memory_line(estimate, 0);
    EXPECT_LE(ratio, 1.2) << one.what << ": " << memory_line(estimate, 0);
  }
}

TEST(MemoryEstimate, GrowsWithWhatTheRecipeAsksFor) {
  const Recipe recipe = a_recipe(StageKind::kSft);
  const auto base = estimate_memory(recipe, tiny(kAll));
  EXPECT_EQ(base.stage, "one");
  EXPECT_EQ(base.weights, 6.0 * kAll);
  EXPECT_EQ(base.optimizer, 12.0 * kAll);
  Recipe more = recipe;
  more.stages[0].evaluate = true;
  more.eval.num_envs = more.eval.episodes = 640;
  EXPECT_GT(estimate_memory(more, tiny(kAll)).phones, base.phones);
  more = recipe;
  more.stages[0].sft.batch_size = 140;
  EXPECT_GT(estimate_memory(more, tiny(kAll)).batch, 5 * base.batch);
  const double kept = estimate_memory(more, tiny(kAll)).batch;
  more.model.gradient_checkpointing = true;
  EXPECT_LT(estimate_memory(more, tiny(kAll)).batch, kept);
  more = recipe;
  more.stages[0].sft.demonstrations *= 10;
  EXPECT_EQ(estimate_memory(more, tiny(kAll)).demonstrations, 10 * base.demonstrations);
}

TEST(MemoryEstimate, IsOfTheStageThatTakesMost) {
  Recipe recipe = a_recipe(StageKind::kSft);
  recipe.stages.push_back(recipe.stages[0]);
  recipe.stages[1].name = "two";
  recipe.stages[1].sft.batch_size = 100;
  recipe.stages.push_back(recipe.stages[0]);
  EXPECT_EQ(estimate_memory(recipe, tiny(kAll)).stage, "two");
}

TEST(MemoryEstimate, SaysWhatTheMachineHasWhereThatIsLess) {
  MemorySubject large = tiny(3'000'000'000);
  large.num_parameters = 3'000'000'000;
  const auto estimate = estimate_memory(a_recipe(StageKind::kSft), large);
  EXPECT_EQ(memory_line(estimate, 0).find("the machine has"), std::string::npos);
  EXPECT_EQ(memory_line(estimate, std::int64_t(1) << 40).find("the machine has"),
            std::string::npos);
  EXPECT_NE(memory_line(estimate, std::int64_t(8) << 30).find("the machine has 8.6 GB"),
            std::string::npos);
}

}  // namespace
}  // namespace paperphone::rl

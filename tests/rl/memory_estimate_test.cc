#include "rl/run/memory_estimate.h"

#include <gtest/gtest.h>

namespace paperphone::rl {
namespace {

Recipe a_recipe() {
  Recipe recipe;
  recipe.stages = {{.name = "one"}};
  return recipe;
}

MemorySubject a_subject(std::int64_t parameters) {
  MemorySubject subject;
  subject.model.hidden_size = 256;
  subject.model.num_layers = 4;
  subject.model.num_heads = 4;
  subject.model.num_kv_heads = 2;
  subject.model.intermediate_size = 1024;
  subject.model.vocab_size = 4096;
  subject.model.vision.depth = 4;
  subject.model.vision.hidden_size = 128;
  subject.model.vision.intermediate_size = 512;
  subject.num_parameters = subject.num_trainable = parameters;
  subject.num_image_tokens = 180;
  return subject;
}

TEST(MemoryEstimate, GrowsWithWhatTheRecipeAsksFor) {
  const auto base = estimate_memory(a_recipe(), a_subject(5'000'000));
  EXPECT_EQ(base.weights, 2e7);
  EXPECT_EQ(base.optimizer, 6e7);
  EXPECT_LT(base.total(), 3e9);
  Recipe more = a_recipe();
  more.eval.num_envs = more.eval.episodes = 640;
  EXPECT_GT(estimate_memory(more, a_subject(5'000'000)).phones, base.phones);
  more = a_recipe();
  more.stages[0].sft.batch_size = 160;
  EXPECT_GT(estimate_memory(more, a_subject(5'000'000)).batch, 5 * base.batch);
  const double kept = estimate_memory(more, a_subject(5'000'000)).batch;
  more.model.gradient_checkpointing = true;
  EXPECT_LT(estimate_memory(more, a_subject(5'000'000)).batch, kept);
}

TEST(MemoryEstimate, SaysWhatTheMachineHasWhereThatIsLess) {
  const auto estimate = estimate_memory(a_recipe(), a_subject(3'000'000'000));
  EXPECT_EQ(memory_line(estimate, 0).find("the machine has"), std::string::npos);
  EXPECT_EQ(memory_line(estimate, std::int64_t(1) << 40).find("the machine has"),
            std::string::npos);
  EXPECT_NE(memory_line(estimate, std::int64_t(8) << 30).find("the machine has 8.6 GB"),
            std::string::npos);
}

}  // namespace
}  // namespace paperphone::rl

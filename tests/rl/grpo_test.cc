// Rollout and training are one forward: what that means in bits.
#include "rl/stages/grpo.h"

#include <gtest/gtest.h>

#include "agent/model/batch.h"
#include "agent/vlm_policy.h"
#include "rl/losses/packing.h"
#include "rl/stages/demonstration.h"

namespace paperphone::rl {

using agent::Qwen25Vl;
using agent::Sample;

namespace {

class GrpoTest : public ::testing::Test {
 protected:
  GrpoTest()
      : phones_(PhoneEnvConfig{}), agent_(agent::make_tiny_agent(corpus(), 3)) {
    agent_.prompt.thought = agent::ThoughtStyle::kFast;
  }
  std::vector<std::string> corpus() { return tokenizer_corpus(phones_, 1, 8, 2); }

  // Two groups of four responses, sampled hot.
  std::vector<std::vector<Sample>> roll_out() {
    points_ = collect_decision_points(
        phones_, {.seed = 5, .stream = "grpo test", .episodes = 1, .threads = 1});
    ScreenPixels pixels[2];
    std::vector<agent::PolicyInput> inputs = {points_[0].input(1, pixels[0]),
                                       points_[1].input(2, pixels[1])};
    agent::VlmPolicy policy(agent_, "test");
    policy.options().temperature = 1.0;
    policy.options().max_new_tokens = 12;
    return policy.sample(inputs, 4);
  }

  Phones phones_;
  agent::Agent agent_;
  std::vector<DecisionPoint> points_;
};

TEST_F(GrpoTest, FirstUpdateHasRatioExactlyOneAndNothingClipped) {
  const auto groups = roll_out();
  std::vector<ScoredSample> scored;
  for (const auto& group : groups)
    for (std::size_t g = 0; g < group.size(); ++g)
      scored.push_back({&group[g], g % 2 ? 1.0f : -1.0f});
  Optimizer::NamedParameters parameters;
  for (auto& item : agent_.model->named_parameters())
    parameters.emplace_back(item.key(), item.value());
  OptimizerRecipe optimizer_recipe;
  Optimizer optimizer(parameters, optimizer_recipe);
  GrpoRecipe recipe;
  recipe.updates_per_batch = 2;
  recipe.train_batch = 4;  // two micro-batches
  const std::string before = agent_.model->weights_hash();
  const Metrics metrics =
      grpo_update(agent_, optimizer, recipe, scored, 1e-3, Qwen25Vl{nullptr});
  EXPECT_EQ(metrics.at("first_ratio_max_diff"), 0.0);
  EXPECT_EQ(metrics.at("first_clip_fraction"), 0.0);
  EXPECT_GT(metrics.at("ratio_max_diff"), 0.0);  // the second pass has moved
  EXPECT_LT(metrics.at("rollout_logprob_diff_max"), 1e-3);
  EXPECT_NE(agent_.model->weights_hash(), before);
}

TEST_F(GrpoTest, ASeparateForwardWithoutGradientsGivesTheSameBits) {
  const auto groups = roll_out();
  std::vector<agent::TrainingRow> rows;
  for (const auto& group : groups) rows.push_back(agent::row_of_group(group));
  const agent::Batch batch = agent::make_batch(rows, agent_.model->config(), agent_.images);
  const torch::Tensor trained = agent_.model->target_logprobs(batch).detach();
  const torch::NoGradGuard no_grad;
  EXPECT_TRUE(torch::equal(trained, agent_.model->target_logprobs(batch)));
}

// The same gradient, whether turns on one screen share its picture or stand alone.
TEST_F(GrpoTest, SharedPicturesChangeNothing) {
  const auto groups = roll_out();
  Sample other = groups[0][1];  // on the same screen, asked otherwise
  other.prompt.ids.insert(other.prompt.ids.end() - 6, other.prompt.ids[1]);
  const std::vector<const Sample*> samples = {&groups[0][0], &other};
  const auto logprobs_of = [&](int limit) {
    std::vector<agent::TrainingRow> rows;
    for (SharedRow& shared :
         shared_rows(samples, agent_.model->config().image_token_id, limit))
      rows.push_back(std::move(shared.row));
    EXPECT_EQ(int(rows.size()), limit == 1 ? 2 : 1);
    return agent_.model
        ->target_logprobs(agent::make_batch(rows, agent_.model->config(), agent_.images))
        .detach();
  };
  EXPECT_TRUE(torch::allclose(logprobs_of(1), logprobs_of(2), 1e-4, 1e-4));
}

TEST_F(GrpoTest, LabelsAreLearnedBesideSamplesAndWithoutThem) {
  const auto groups = roll_out();
  Sample label = groups[0][0];  // what an expert would have said there
  label.logprobs.clear();
  const auto nll_after = [&](bool with_samples, double label_weight) {
    agent::Agent agent = agent::make_tiny_agent(corpus(), 3);
    std::vector<ScoredSample> scored = {{.sample = &label, .label = 1.0f}};
    if (with_samples)
      for (const Sample& sample : groups[1])
        scored.push_back({&sample, &sample == &groups[1][0] ? 1.0f : -1.0f});
    Optimizer::NamedParameters parameters;
    for (auto& item : agent.model->named_parameters())
      parameters.emplace_back(item.key(), item.value());
    Optimizer optimizer(parameters, {});
    GrpoRecipe recipe;
    recipe.label_weight = label_weight;
    recipe.updates_per_batch = 5;
    const Metrics first =
        grpo_update(agent, optimizer, recipe, scored, 1e-3, Qwen25Vl{nullptr});
    EXPECT_EQ(first.contains("label_nll"), label_weight > 0);
    EXPECT_EQ(first.contains("ratio_mean"), with_samples);
    const std::vector<agent::TrainingRow> rows = {agent::row_of_group(std::span(&label, 1))};
    const auto batch = agent::make_batch(rows, agent.model->config(), agent.images);
    return -agent.model->target_logprobs(batch).mean().item<double>();
  };
  const double before = nll_after(false, 0);
  EXPECT_LT(nll_after(false, 1), before - 0.1);
  EXPECT_LT(nll_after(true, 1), nll_after(true, 0) - 0.1);
}

TEST_F(GrpoTest, EqualGroupsAreSkippedAndLeaveTheWeightsAlone) {
  const auto groups = roll_out();
  std::vector<ScoredSample> scored;
  for (const Sample& sample : groups[0]) scored.push_back({&sample, 0.0f});
  Optimizer::NamedParameters parameters;
  for (auto& item : agent_.model->named_parameters())
    parameters.emplace_back(item.key(), item.value());
  Optimizer optimizer(parameters, {});
  const std::string before = agent_.model->weights_hash();
  const Metrics metrics =
      grpo_update(agent_, optimizer, {}, scored, 1e-3, Qwen25Vl{nullptr});
  EXPECT_EQ(metrics.at("trained_share"), 0);
  EXPECT_EQ(metrics.count("loss"), 0u);
  EXPECT_EQ(agent_.model->weights_hash(), before);
}

}  // namespace
}  // namespace paperphone::rl

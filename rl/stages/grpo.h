// One update from responses: those that were sampled, by their advantages, and those of
// the expert, as labels. Shared by action level (one turn is one response) and task level
// (turns belong to trajectories).
#pragma once

#include <span>
#include <vector>

#include "agent/checkpoint/checkpoint.h"
#include "agent/text/sample.h"
#include "rl/losses/advantage.h"
#include "rl/losses/grpo_loss.h"
#include "rl/optimizer/optimizer.h"
#include "rl/recipe/recipe.h"
#include "rl/run/metrics.h"

namespace paperphone::rl {

struct ScoredSample {
  const agent::Sample* sample = nullptr;  // not owned
  float advantage = 0.0f;
  // Which of the update's trajectories it is a turn of; -1: of one of its own.
  int trajectory = -1;
  // Above 0: not sampled but the expert's response to that prompt, learned as a label that
  // weighs so much (rl/losses/label_loss.h); its advantage and log-probabilities are nobody's.
  float label = 0.0f;
};

GrpoLossConfig loss_config(const GrpoRecipe& recipe);

// Gradients of all micro-batches are added before one optimiser step per pass
// (recipe.updates_per_batch passes). The old log-probabilities are those of the first
// pass's own forward, before any step: there the ratio is exactly 1. How far they are
// from the rollout's is reported as rollout_logprob_diff_*.
//   reference: for the KL term; null if recipe.kl_coef is 0.
// Samples of equal groups (advantage 0) are skipped, and not counted in the
// denominators, if recipe.skip_equal_groups and there is no KL term; labels stay, unless
// recipe.label_weight is 0. If nothing is
// left there is no update: metrics then lack the loss.
Metrics grpo_update(agent::Agent& agent, Optimizer& optimizer, const GrpoRecipe& recipe,
                    std::span<const ScoredSample> samples, double lr,
                    agent::Qwen25Vl reference);

// Mean and spread of rewards, share of groups without a signal, response lengths.
Metrics group_metrics(const std::vector<std::vector<float>>& rewards_by_group);
Metrics response_metrics(std::span<const agent::Sample* const> samples);

}  // namespace paperphone::rl

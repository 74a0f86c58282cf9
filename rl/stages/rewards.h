// Rewards of the two RL stages. Source: Mobile-R1, arXiv:2506.20332; task level with
// an exact goal check in place of the paper's judge model.
#pragma once

#include "agent/policy.h"
#include "env/advice.h"
#include "rl/recipe/recipe.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

// Each 0 or 1.
struct ActionReward {
  float action = 0.0f;  // R_act: the expert would accept it
  float format = 0.0f;  // R_fmt: tags complete, the call parses
  float total() const { return action + format; }
};
ActionReward action_reward(const Advice& advice, const agent::PolicyOutput& output);

struct TaskReward {
  float format = 0.0f;    // mean over turns of the 0/1 format score, rescaled to [-1, 1]
  float goal = 0.0f;      // 0/1: the goal holds and nothing else changed
  float progress = 0.0f;  // weight * share of milestones
  float length = 0.0f;    // weight * share of the allowed turns saved, successes only
  float total() const { return format + goal + progress + length; }
};
TaskReward task_reward(const Rollout& rollout, const GrpoRecipe& recipe);

}  // namespace paperphone::rl

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
  float action = 0.0f;  // R_act: it is a sensible step (Verdict), on the screen
  float format = 0.0f;  // R_fmt: tags complete, the call parses
  // kGate: what is not well-formed is worth no less for being wrong, so a group never
  // differs by format alone among responses that act alike.
  float total(FormatReward kind) const {
    constexpr float kIllFormed = -0.5f;
    if (kind == FormatReward::kSum) return action + format;
    return format > 0 ? action : kIllFormed;
  }
};
// acceptable: of output.action, if there is one.
ActionReward action_reward(const agent::PolicyOutput& output, bool acceptable);

// Of a trajectory; every term has one meaning and is 0 where the recipe does not ask for it.
struct TaskReward {
  // kSum: mean over turns of the 0/1 format score, rescaled to [-1, 1]. kGate: 0, format is
  // a matter of single turns (turn_advantages.h).
  float format = 0.0f;
  float goal = 0.0f;      // 0/1: the goal holds and nothing else changed
  float progress = 0.0f;  // weight * share of milestones
  float length = 0.0f;    // weight * share of the allowed turns saved, successes only
  // weight * share of the expert's distance that was covered: the sum of the differences of
  // an exact potential (Ng et al. 1999; rl/rewards/potential.h). Needs labels.
  float distance = 0.0f;
  float side_effect = 0.0f;       // -penalty or 0
  float false_completion = 0.0f;  // -penalty or 0
  float total() const {
    return format + goal + progress + length + distance + side_effect + false_completion;
  }
};
TaskReward task_reward(const Rollout& rollout, const GrpoRecipe& recipe);

}  // namespace paperphone::rl

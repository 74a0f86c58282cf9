// Expert behaviour as token rows: prompt with golden history and screenshot, response
// as the only segment.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/checkpoint/checkpoint.h"
#include "agent/text/prompt.h"
#include "agent/text/sample.h"
#include "rl/rollout/decision_point.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

struct DemonstrationOptions {
  std::string split = "train";
  std::uint64_t seed = 1;
  std::string stream = {};
  int episodes = 100;
  double noise = 0.15;
  int other_tasks = 0;  // see CollectOptions
  double other_weight = 1.0;  // Segment::weight of their turns
  int threads = 1;
};

// All steps of all episodes, encoded once. Equal screenshots share one picture. With
// the compact prompt, whose screenshot comes first, a step's other tasks are further
// segments of its row.
std::vector<agent::TrainingRow> demonstration_rows(const Phones& phones, const agent::Agent& agent,
                                            const DemonstrationOptions& options);

// The expert's response at a decision point, points in the model's image.
std::string expert_response(const DecisionPoint& point, const agent::PointMap& map,
                            agent::ThoughtStyle style);

// The expert's response to what `view` shows, as a sample without log-probabilities. REQUIRES:
// view.advice with an action.
agent::Sample label_for(const EpisodeView& view, const agent::PromptBuilder& prompts);
// Where there is no way any more nothing is right, and there is nothing to learn.
bool is_worth_learning(const Advice& advice);

// Texts to learn a tokenizer from: what the phones of the train split show, what
// tasks ask, what experts write. Without pixels, so quick.
std::vector<std::string> tokenizer_corpus(const Phones& phones, std::uint64_t seed,
                                          int episodes, int threads);

}  // namespace paperphone::rl

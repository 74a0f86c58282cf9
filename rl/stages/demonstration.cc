#include "rl/stages/demonstration.h"

#include <map>

#include "agent/text/prompt.h"
#include "env/base/host/progress.h"
#include "env/layout/frame.h"
#include "rl/rollout/jobs.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

using agent::PicturePtr;
using agent::PointMap;
using agent::ThoughtStyle;
using agent::TrainingRow;

std::string expert_response(const DecisionPoint& point, const PointMap& map,
                            ThoughtStyle style) {
  const Advice& advice = point.advice;
  const std::string note = agent::new_note(advice.facts, point.history);
  return agent::format_response(
      {.thought = advice.thought, .note = note, .sentence = advice.sentence},
      map.to_image(advice.actions[0].action), style);
}

namespace {

// Rows as the points come, so that only what is learned from stays.
class DemonstrationRows {
 public:
  DemonstrationRows(const agent::Agent& agent, double other_weight)
      : builder_(agent.tokenizer, agent.images, agent.prompt),
        other_weight_(float(other_weight)) {}

  void add(const DecisionPoint& point) {
    const PackedScreen& screen = *point.screen;
    std::vector<PicturePtr> pictures;
    for (const PackedScreenPtr& before : point.earlier)
      pictures.push_back(picture_of(*before));
    pictures.push_back(picture_of(screen));
    const PointMap map =
        builder_.point_map(screen.width, screen.height, *pictures.back());
    const std::string response =
        expert_response(point, map, builder_.options().thought);
    if (builder_.options().style != agent::PromptStyle::kCompact) {
      rows_.push_back({builder_.build(point.instruction, pictures, point.history),
                       {{builder_.response_ids(response)}}});
      return;
    }
    if (!point.other) rows_.push_back({builder_.image_prefix(pictures), {}});
    agent::Segment turn = builder_.turn(point.instruction, point.history, response);
    if (point.other) turn.weight = other_weight_;
    rows_.back().segments.push_back(std::move(turn));
  }

  std::vector<TrainingRow> take() && { return std::move(rows_); }

 private:
  PicturePtr picture_of(const PackedScreen& screen) {
    PicturePtr& picture = pictures_[screen.hash];
    if (!picture) {
      const auto pixels = screen.pixels_HWC();
      picture =
          agent::make_picture({pixels, screen.height, screen.width}, builder_.images());
    }
    return picture;
  }

  agent::PromptBuilder builder_;
  float other_weight_;
  std::map<Hash128, PicturePtr> pictures_;  // by the screen's hash
  std::vector<TrainingRow> rows_;
};

}  // namespace

std::vector<TrainingRow> demonstration_rows(const Phones& phones, const agent::Agent& agent,
                                            const DemonstrationOptions& options) {
  Progress progress(options.stream + ": demonstrations", options.episodes, "episodes");
  DemonstrationRows rows(agent, options.other_weight);
  collect_decision_points(
      phones,
      {.split = options.split,
       .seed = options.seed,
       .stream = options.stream,
       .episodes = options.episodes,
       .noise = options.noise,
       .other_tasks = options.other_tasks,
       .earlier_screens = agent.prompt.earlier_screens,
       .threads = options.threads,
       .on_progress = [&](int done) { progress.update(done); }},
      [&](std::vector<DecisionPoint>&& points) {
        for (const DecisionPoint& point : points) rows.add(point);
      });
  progress.update(options.episodes);
  return std::move(rows).take();
}

bool is_worth_learning(const Advice& advice) {
  return !advice.actions.empty() && advice.distance >= 0;
}

agent::Sample label_for(const EpisodeView& view, const agent::PromptBuilder& prompts) {
  agent::PolicyInput input;
  input.instruction = view.trajectory.instruction;
  input.screen = view.screen;
  input.earlier = view.earlier;
  input.history = view.history;
  agent::Sample label;
  label.prompt = prompts.build(input);
  DecisionPoint point;
  point.history.assign(view.history.begin(), view.history.end());
  point.advice = *view.advice;
  const PointMap map = prompts.point_map(input.screen.width, input.screen.height,
                                         *label.prompt.images.back());
  label.response_ids =
      prompts.response_ids(expert_response(point, map, prompts.options().thought));
  return label;
}

std::vector<std::string> tokenizer_corpus(const Phones& phones, std::uint64_t seed,
                                          int episodes, int threads) {
  const CollectOptions options = {.split = "train",
                                  .seed = seed,
                                  .stream = "tokenizer",
                                  .episodes = episodes,
                                  .noise = 0.2,
                                  .pixels = false,
                                  .threads = threads};
  std::vector<std::string> corpus;
  const PointMap same = {phones.screen_width(), phones.screen_height(),
                         phones.screen_width(), phones.screen_height()};
  for (const DecisionPoint& point : collect_decision_points(phones, options)) {
    corpus.push_back(point.instruction);
    corpus.push_back(expert_response(point, same, ThoughtStyle::kFull));
  }
  // What the screens say, on walks that only err.
  constexpr int kWalkSteps = 12;
  std::vector<std::vector<std::string>> screens(episodes);
  const auto read = [&](const EpisodeView& view) {
    if (view.over) return;
    std::string text;
    for (const layout::Node& node : view.phone.frame().nodes) text += node.text + "\n";
    screens[view.episode].push_back(std::move(text));
  };
  RolloutRunner runner(phones, {.num_threads = threads, .pixels = false});
  const auto noop = agent::make_noop_policy();
  runner.run(stream_jobs({.split = "train",
                          .seed = seed,
                          .name = "tokenizer screens",
                          .max_turns = kWalkSteps},
                         0, episodes),
             *noop, {.noise = 1, .observe = read}, [](Rollout&&) {});
  for (auto& texts : screens)
    for (std::string& text : texts) corpus.push_back(std::move(text));
  return corpus;
}

}  // namespace paperphone::rl

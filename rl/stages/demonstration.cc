#include "rl/stages/demonstration.h"

#include <map>

#include "agent/text/prompt.h"
#include "env/base/parallel.h"
#include "env/base/progress.h"
#include "env/layout/frame.h"
#include "rl/rollout/wander.h"

namespace paperphone::rl {

using agent::PicturePtr;
using agent::PointMap;
using agent::ThoughtStyle;
using agent::TrainingRow;

std::string expert_response(const Situation& situation, const PointMap& map,
                            ThoughtStyle style) {
  const Advice& advice = situation.advice;
  return agent::format_response(style == ThoughtStyle::kFull ? advice.thought : "",
                         advice.sentence, map.to_image(advice.actions[0].action), style);
}

std::vector<TrainingRow> demonstration_rows(const Phones& phones, const agent::Agent& agent,
                                            const DemonstrationOptions& options) {
  Progress progress(options.stream + ": demonstrations", options.episodes, "episodes");
  std::vector<Situation> situations = collect_situations(
      phones, {.split = options.split,
               .seed = options.seed,
               .stream = options.stream,
               .episodes = options.episodes,
               .noise = options.noise,
               .other_tasks = options.other_tasks,
               .threads = options.threads,
               .on_progress = [&](int done) { progress.update(done); }});
  progress.update(options.episodes);
  const agent::PromptBuilder builder(agent.tokenizer, agent.images, agent.prompt);
  std::map<const Screen*, PicturePtr> pictures;  // order does not matter: lookup only
  std::vector<TrainingRow> rows;
  const bool compact = agent.prompt.style == agent::PromptStyle::kCompact;
  for (Situation& situation : situations) {
    const Screen& screen = *situation.screen;
    PicturePtr& picture = pictures[&screen];
    if (!picture) {
      const auto pixels = screen.pixels_HWC();
      picture = agent::make_picture({pixels, screen.height, screen.width}, agent.images);
    }
    const PointMap map = builder.point_map(screen.width, screen.height, *picture);
    const std::string response =
        expert_response(situation, map, agent.prompt.thought);
    if (!compact) {
      rows.push_back({builder.build(situation.instruction, picture, situation.history),
                      {{builder.response_ids(response)}}});
      continue;
    }
    if (!situation.other) rows.push_back({builder.image_prefix(picture), {}});
    rows.back().segments.push_back(
        builder.turn(situation.instruction, situation.history, response));
    if (situation.other) rows.back().segments.back().weight = float(options.other_weight);
  }
  return rows;
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
  for (const Situation& situation : collect_situations(phones, options)) {
    corpus.push_back(situation.instruction);
    corpus.push_back(expert_response(situation, same, ThoughtStyle::kFull));
  }
  // What the screens say, on walks of their own.
  std::vector<std::vector<std::string>> screens(static_cast<std::size_t>(episodes));
  std::vector<std::unique_ptr<PhoneEnv>> workers;
  for (int i = 0; i < std::max(1, threads); ++i) workers.push_back(phones.make(false));
  parallel_for(episodes, threads, [&](int worker, int index) {
    PhoneEnv& phone = *workers[std::size_t(worker)];
    const EpisodeStart start =
        episode_start("train", seed, "tokenizer screens", std::uint64_t(index));
    Rng rng = Rng(start.seed).fork("wander");
    phone.reset(start.seed, start.options);
    for (int step = 0; step < 12; ++step) {
      std::string text;
      for (const layout::Node& node : phone.frame().nodes) text += node.text + "\n";
      screens[std::size_t(index)].push_back(std::move(text));
      const StepResult result = phone.step(wander(phone, rng).action);
      if (result.terminated || result.truncated) break;
    }
  });
  for (auto& texts : screens)
    for (std::string& text : texts) corpus.push_back(std::move(text));
  return corpus;
}

}  // namespace paperphone::rl

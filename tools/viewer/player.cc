#include "tools/viewer/player.h"

#include <fmt/format.h>

#include "rl/rollout/replay.h"
#include "tools/screens/annotate.h"

namespace paperphone::viewer {

using data::Trajectory;
using data::TrajectoryStep;

namespace {

std::string reward_line(const TrajectoryStep& step) {
  const RewardBreakdown& terms = step.reward_breakdown;
  return fmt::format("reward {:.3g} = task {:.3g} + progress {:.3g} + penalty {:.3g}",
                     step.reward, terms.task, terms.progress, terms.penalty);
}

void add_section(std::string& text, std::string_view title, std::string_view content) {
  if (content.empty()) return;
  text += fmt::format("\n\n— {} —\n{}", title, content);
}

void keep_screen(PlayedEpisode& episode, const ImageView& screen) {
  episode.screens_HWC.emplace_back(screen.pixels_HWC.begin(), screen.pixels_HWC.end());
}

}  // namespace

PlayedEpisode play_episode(const std::shared_ptr<const PhoneShared>& shared,
                           Trajectory trajectory) {
  PlayedEpisode episode;
  episode.trajectory = std::move(trajectory);
  const Trajectory& t = episode.trajectory;
  const Variation variation = t.options.variation.value_or(Variation{});
  episode.width = variation.width;
  episode.height = variation.height;
  rl::RolloutRunner runner(rl::Phones(shared, {.variation = variation}), {.num_rows = 1});
  // To the end even where the record differs: apps that have changed since are looked at
  // too.
  rl::replay(
      runner, {&t, 1},
      [&](rl::Rollout&& now) {
        episode.difference = rl::first_difference(t, now.trajectory);
      },
      [&](const rl::EpisodeView& view) {
        const std::size_t k = view.history.size();
        if (view.over || k >= t.steps.size() ||
            t.steps[k].outcome == ActionOutcome::kInvalid)
          keep_screen(episode, view.screen);
        else
          episode.screens_HWC.push_back(tools::with_action(view.screen, t.steps[k].action));
      });
  return episode;
}

std::string describe_screen(const PlayedEpisode& episode, std::size_t k) {
  const Trajectory& t = episode.trajectory;
  std::string text =
      fmt::format("{}\n{} · {} · {} · seed {}", t.instruction, t.task_id,
                  t.split.empty() ? "no split" : t.split, t.policy, t.seed);
  if (k >= t.steps.size()) {
    text += fmt::format("\n\nend after {} steps: {}", t.steps.size(),
                        end_reason_name(t.end_reason));
    if (!t.steps.empty()) text += fmt::format("\n{}", reward_line(t.steps.back()));
  } else {
    const TrajectoryStep& step = t.steps[k];
    text += fmt::format(
        "\n\nstep {} of {} on {}\n{}\noutcome {}{}\n{}", k + 1, t.steps.size(),
        k == 0 ? t.initial_screen_id : t.steps[k - 1].screen_id,
        step.outcome == ActionOutcome::kInvalid ? "(the response could not be read)"
                                                : action_to_json(step.action),
        outcome_name(step.outcome), step.well_formed ? "" : " · not well formed",
        reward_line(step));
    if (step.expert_distance >= 0) {
      text +=
          fmt::format("\nexpert: {} steps to go, {} this action", step.expert_distance,
                      step.acceptable ? "accepts" : "does not accept");
    }
    add_section(text, "action in words", step.sentence);
    add_section(text, "response", step.response);
    add_section(text, "expert's thought", step.thought);
  }
  add_section(text, "replay",
              episode.difference.empty() ? "every hash is as recorded"
                                         : "differs: " + episode.difference);
  return text;
}

}  // namespace paperphone::viewer

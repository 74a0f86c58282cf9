#include "tools/watch/run_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <sstream>

#include "env/base/check.h"
#include "env/base/host/progress.h"
#include "env/base/utf8.h"
#include "tools/watch/sparkline.h"

namespace paperphone::tools {
namespace {

using rl::StageKind;

constexpr std::size_t kUpdatesOfRate = 20;
constexpr std::size_t kWarningsShown = 5;
constexpr int kNameWidth = 22, kValueWidth = 9, kRangeWidth = 20;
constexpr int kLeastWidthWithRange = 70;

std::vector<const char*> main_metrics(StageKind kind) {
  switch (kind) {
    case StageKind::kPerception:
      return {"loss",          "glyph_accuracy", "token_glyph_recall", "where_accuracy",
              "what_accuracy", "tap_accuracy",   "turn_accuracy",      "grad_norm"};
    case StageKind::kSft:
      return {"loss", "token_accuracy", "response_accuracy", "own_response_accuracy",
              "grad_norm"};
    case StageKind::kGrpoAction:
      return {"reward",    "action_reward",    "success",         "label_nll",
              "format",    "entropy",          "response_tokens", "truncated_share",
              "grad_norm", "equal_group_share"};
    case StageKind::kGrpoTask:
      return {"reward",    "success",          "progress",        "turns",
              "format",    "entropy",          "response_tokens", "truncated_share",
              "grad_norm", "equal_group_share"};
  }
  return {};
}

// Texts of a run may be anything; a character of the terminal each.
std::string cut(const std::string& text, int width) {
  if (count_code_points(text) <= width) return text;
  return to_utf8(to_utf32(text).substr(0, std::size_t(width) - 1)) + "…";
}

std::vector<std::string> wrapped(const std::string& text, int width) {
  std::vector<std::string> lines(1);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const bool is_first = lines.back().empty();
    if (!is_first &&
        count_code_points(lines.back()) + 1 + count_code_points(word) > width)
      lines.push_back("  " + word);
    else
      lines.back() += (is_first ? "" : " ") + word;
  }
  return lines;
}

double recent_seconds(const WatchedStage& stage) {
  const auto found = stage.series.find("seconds");
  if (found == stage.series.end()) return 0;
  const std::size_t count = std::min(kUpdatesOfRate, found->second.size());
  const auto last = found->second.end() - std::ptrdiff_t(count);
  return std::accumulate(last, found->second.end(), 0.0) / double(count);
}

std::string rate(double seconds) {
  return seconds >= 1 ? fmt::format("{:.1f}s an update", seconds)
                      : fmt::format("{:.1f} updates a second", 1 / seconds);
}

std::string headline(const WatchedRun& run, std::optional<double> now) {
  const std::string name = run.folder().string();
  const WatchedStage* present = run.present();
  switch (run.state()) {
    case RunState::kFinished:
      return fmt::format("{}: finished, weights {}", name, run.weights_hash());
    case RunState::kStopped:
      return fmt::format("{}: stopped; go on with --resume", name);
    case RunState::kRunning:
      break;
  }
  if (present == nullptr) return fmt::format("{}: no update yet", name);
  std::string text =
      fmt::format("{}: {} ({})", name, present->name, stage_kind_name(present->kind));
  if (now && run.last_update())
    text += fmt::format(", last update {} ago",
                        format_duration(std::max(0.0, *now - *run.last_update())));
  return text;
}

std::string stage_line(const WatchedStage& stage, bool is_present, RunState state) {
  constexpr std::int64_t kBar = 20;
  const std::int64_t filled =
      stage.steps > 0 ? std::min(kBar, kBar * stage.updates / stage.steps) : kBar;
  std::string bar(std::size_t(filled), '#');
  bar.resize(kBar, '.');
  std::string text =
      fmt::format("{:<10} [{}] {}/{}", stage.name, bar, stage.updates, stage.steps);
  if (const double seconds = recent_seconds(stage); is_present && seconds > 0) {
    text += "  " + rate(seconds);
    const double left = double(stage.steps - stage.updates) * seconds;
    if (state == RunState::kRunning && left > 0)
      text += fmt::format("  {} left", format_duration(left));
  }
  if (stage.success_rate)
    text += fmt::format("  success {:.1f} %", 100 * *stage.success_rate);
  else if (is_present && state == RunState::kRunning && stage.evaluate &&
           stage.updates >= stage.steps)
    text += "  is being judged";
  return text;
}

std::string metric_line(const char* name, const std::vector<double>& values,
                        int width) {
  const bool has_range = width >= kLeastWidthWithRange;
  const int room =
      width - kNameWidth - kValueWidth - 2 - (has_range ? 2 + kRangeWidth : 0);
  const std::string curve = sparkline(values, room);
  std::string text = fmt::format("{:<{}}{:>{}.4g}  {}", name, kNameWidth, values.back(),
                                 kValueWidth, curve);
  if (!has_range) return text;
  text.append(std::size_t(room - count_code_points(curve)), ' ');
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return text + fmt::format("  {:.3g} to {:.3g}", *low, *high);
}

}  // namespace

std::vector<std::string> run_view(const WatchedRun& run, int width,
                                  std::optional<double> now) {
  CHECK_GE(width, kLeastViewWidth);
  const WatchedStage* present = run.present();
  std::vector<std::string> lines = wrapped(headline(run, now), width);
  for (const WatchedStage& stage : run.stages())
    lines.push_back(stage_line(stage, &stage == present, run.state()));
  if (present != nullptr) {
    lines.emplace_back();
    for (const char* name : main_metrics(present->kind))
      if (const auto found = present->series.find(name); found != present->series.end())
        lines.push_back(metric_line(name, found->second, width));
    if (const auto memory = present->series.find("peak_memory_mb");
        memory != present->series.end())
      lines.push_back(fmt::format("{:<{}}{:>{}.0f}  MB at the most in {}", "memory",
                                  kNameWidth, memory->second.back(), kValueWidth,
                                  present->name));
  }
  const auto& warnings = run.warnings();
  const std::size_t shown = std::min(kWarningsShown, warnings.size());
  if (shown > 0) lines.emplace_back();
  for (auto it = warnings.end() - std::ptrdiff_t(shown); it != warnings.end(); ++it)
    for (const std::string& line :
         wrapped(fmt::format("warning: {} update {}: {}", it->stage, it->step + 1,
                             it->warning.text),
                 width))
      lines.push_back(line);
  for (std::string& line : lines) line = cut(line, width);
  return lines;
}

}  // namespace paperphone::tools

#include "rl/run/warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

namespace paperphone::rl {
namespace {

using Values = std::span<const double>;
using Finding = std::optional<std::string>;

constexpr std::size_t kFew = 5;      // updates that one look is a mean of
constexpr std::size_t kWindow = 10;  // where change is to be told from noise
constexpr int kQuiet = 20;           // updates after which a warning is news again

double mean(Values values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / double(values.size());
}

double median(Values values) {
  std::vector<double> sorted(values.begin(), values.end());
  const auto middle = sorted.begin() + std::ptrdiff_t(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  return *middle;
}

// The standard deviation of single values, whatever their trend: of the steps between
// neighbours, of which many are looked at. Von Neumann et al., The mean square
// successive difference, 1941.
double noise_of(Values values) {
  constexpr std::size_t kLookedAt = 100;
  values = values.last(std::min(kLookedAt, values.size()));
  double sum = 0;
  for (std::size_t i = 1; i < values.size(); ++i)
    sum += (values[i] - values[i - 1]) * (values[i] - values[i - 1]);
  return std::sqrt(sum / 2 / double(values.size() - 1));
}

// From one window's mean to another's.
struct Change {
  double from = 0, to = 0;
  bool is_clear = false;  // more than noise makes in a million looks
};

// `values`: all that the two windows are of.
Change change(Values values, Values earlier, Values later) {
  constexpr double kClear = 5;  // standard errors
  Change out{.from = mean(earlier), .to = mean(later)};
  const double standard_error = noise_of(values) * std::sqrt(2.0 / kWindow);
  out.is_clear = std::abs(out.to - out.from) > kClear * standard_error;
  return out;
}

struct Stage {
  const MetricSeries& series;
  StageKind kind;

  Values all(const char* metric) const {
    const auto found = series.find(metric);
    return found == series.end() ? Values() : Values(found->second);
  }
  // Empty: there are not as many yet.
  Values last(const char* metric, std::size_t count) const {
    const Values values = all(metric);
    return values.size() < count ? Values() : values.last(count);
  }
  // From the first window of the last `updates` to the last one.
  std::optional<Change> change_over(const char* metric, std::size_t updates) const {
    const Values recent = last(metric, updates);
    if (recent.empty()) return std::nullopt;
    return change(all(metric), recent.first(kWindow), recent.last(kWindow));
  }
  bool reward_rises(std::size_t updates) const {
    const auto reward = change_over("reward", updates);
    return reward && reward->to > reward->from;
  }
};

// Entropy pays for reward until there is none left and nothing new is tried any more.
// Cui et al., The Entropy Mechanism of Reinforcement Learning, arXiv 2505.22617.
Finding entropy_collapse(const Stage& stage) {
  const Values entropy = stage.all("entropy");
  if (entropy.size() < 2 * kFew) return std::nullopt;
  const double start = mean(entropy.first(kFew)), now = mean(entropy.last(kFew));
  if (start <= 0 || now >= 0.2 * start) return std::nullopt;
  return fmt::format(
      "entropy fell from {:.3g} to {:.3g}; raise clip_high, add kl_coef or lower lr",
      start, now);
}

// Responses of a group become alike though they win no more, then gradients jump.
// RAGEN, arXiv 2504.20073: the spread of rewards falls first, the gradient comes when
// it is too late.
Finding echo_trap(const Stage& stage) {
  constexpr std::size_t kUpdates = 3 * kWindow;
  const auto spread = stage.change_over("group_reward_std", kUpdates);
  const Values gradients = stage.last("grad_norm", kUpdates);
  if (!spread || gradients.empty() || spread->to >= 0.5 * spread->from ||
      stage.reward_rises(kUpdates))
    return std::nullopt;
  const Values lately = gradients.last(kWindow);
  const double highest = *std::max_element(lately.begin(), lately.end());
  const double usual = median(gradients);
  if (highest <= 5 * usual) return std::nullopt;
  return fmt::format(
      "group_reward_std fell from {:.3g} to {:.3g} without reward, then grad_norm "
      "jumped to {:.3g} from about {:.3g}; go back to a checkpoint before it and lower "
      "lr",
      spread->from, spread->to, highest, usual);
}

// Groups whose rewards are equal teach nothing. DAPO, arXiv 2503.14476, section 3.2.
Finding equal_groups(const Stage& stage) {
  const Values share = stage.last("equal_group_share", kWindow);
  if (share.empty() || *std::min_element(share.begin(), share.end()) <= 0.8)
    return std::nullopt;
  return fmt::format(
      "{:.0f} % of groups have equal rewards for {} updates; choose other tasks or a "
      "larger group_size",
      100 * mean(share), kWindow);
}

// A response that is cut is judged for what it could not say. DAPO, section 3.4.
Finding truncated_responses(const Stage& stage) {
  const Values share = stage.last("truncated_share", kFew);
  if (share.empty() || mean(share) <= 0.2) return std::nullopt;
  return fmt::format("{:.0f} % of responses are cut; raise max_new_tokens",
                     100 * mean(share));
}

// Form is what stage 1 taught: whoever loses it has gone too far from there. Ours; the
// best ten updates of a while are compared with, so that a slow fall is seen, too.
Finding format_falling(const Stage& stage) {
  constexpr std::size_t kWhile = 200;
  Values format = stage.all("format");
  if (format.size() < 2 * kWindow) return std::nullopt;
  format = format.last(std::min(kWhile, format.size()));
  Values best = format.first(kWindow);
  for (std::size_t at = 1; at + 2 * kWindow <= format.size(); ++at)
    if (const Values here = format.subspan(at, kWindow); mean(here) > mean(best))
      best = here;
  const Change fall = change(format, best, format.last(kWindow));
  if (fall.to > fall.from - 0.1 || !fall.is_clear) return std::nullopt;
  return fmt::format(
      "format fell from {:.0f} % to {:.0f} %; lower lr or give stage 1 more updates",
      100 * fall.from, 100 * fall.to);
}

// Where a third of the tokens is clipped the step was too long for the batch. Schulman
// et al., arXiv 1707.06347; some 0.1 to 0.2 are usual: Huang et al., The 37
// Implementation Details of PPO.
Finding clipping(const Stage& stage) {
  const Values low = stage.last("clip_fraction_low", kFew);
  const Values high = stage.last("clip_fraction_high", kFew);
  if (low.empty() || high.empty() || mean(low) + mean(high) <= 0.3) return std::nullopt;
  return fmt::format("{:.0f} % of tokens are clipped; lower lr or updates_per_batch",
                     100 * (mean(low) + mean(high)));
}

// Longer and no better: a mean over each response forgives the long ones that fail.
// Dr. GRPO, arXiv 2503.20783.
Finding length_runaway(const Stage& stage) {
  constexpr std::size_t kUpdates = 3 * kWindow;
  const auto length = stage.change_over("response_tokens", kUpdates);
  if (!length || length->to <= 1.5 * length->from || !length->is_clear ||
      stage.reward_rises(kUpdates))
    return std::nullopt;
  return fmt::format(
      "response_tokens grew from {:.0f} to {:.0f} without reward; take the advantage "
      "dr_grpo or a penalty of length",
      length->from, length->to);
}

// Imitation has no reason to get worse. Ours.
Finding loss_rising(const Stage& stage) {
  if (stage.kind != StageKind::kSft && stage.kind != StageKind::kPerception)
    return std::nullopt;
  const auto loss = stage.change_over("loss", 2 * kWindow);
  if (!loss || loss->to <= 1.05 * loss->from || !loss->is_clear) return std::nullopt;
  return fmt::format("loss rose from {:.3g} to {:.3g} in {} updates; lower lr",
                     loss->from, loss->to, 2 * kWindow);
}

// Sampling and training should be one policy; where they drift apart the ratio lies.
// MiniMax-M1, arXiv 2506.13585.
Finding rollout_drift(const Stage& stage) {
  constexpr double kRounding = 1e-3;
  const Values values = stage.last("rollout_logprob_diff_max", 3 * kWindow);
  if (values.empty()) return std::nullopt;
  const double before = median(values.first(kWindow)),
               now = median(values.last(kWindow));
  if (now <= kRounding || now <= 3 * before) return std::nullopt;
  return fmt::format(
      "rollout_logprob_diff_max grew from {:.2g} to {:.2g}; set exact: true or dtype: "
      "float32",
      before, now);
}

struct Rule {
  const char* name;
  Finding (*find)(const Stage& stage);
};
constexpr Rule kRules[] = {
    {"entropy_collapse", entropy_collapse},
    {"echo_trap", echo_trap},
    {"equal_groups", equal_groups},
    {"truncated_responses", truncated_responses},
    {"format_falling", format_falling},
    {"clipping", clipping},
    {"length_runaway", length_runaway},
    {"loss_rising", loss_rising},
    {"rollout_drift", rollout_drift},
};

}  // namespace

std::vector<std::string_view> warning_rules() {
  std::vector<std::string_view> out;
  for (const Rule& rule : kRules) out.emplace_back(rule.name);
  return out;
}

std::vector<Warning> warnings_of(const MetricSeries& series, StageKind kind) {
  std::vector<Warning> out;
  for (const Rule& rule : kRules)
    if (Finding finding = rule.find({series, kind}))
      out.push_back({rule.name, *std::move(finding)});
  return out;
}

std::vector<Warning> EarlyWarnings::add(const Metrics& metrics) {
  for (const auto& [name, value] : metrics)
    if (std::isfinite(value)) series_[name].push_back(value);
  ++updates_;
  std::vector<Warning> begun;
  num_active_ = 0;
  for (Warning& warning : warnings_of(series_, kind_)) {
    ++num_active_;
    const auto [held, is_first] = last_held_.try_emplace(warning.rule, updates_);
    const bool is_news = is_first || updates_ - held->second > kQuiet;
    held->second = updates_;
    if (is_news) begun.push_back(std::move(warning));
  }
  return begun;
}

}  // namespace paperphone::rl

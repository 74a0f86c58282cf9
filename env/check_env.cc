#include "env/check_env.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "env/base/error.h"

namespace paperphone {
namespace {

constexpr int kSeedsCompared = 8;

// A copy of all that one reset or step gave.
struct Record {
  Hash128 screen;
  int height = 0, width = 0;
  std::string instruction;
  int step = 0;
  float reward = 0.0f;
  bool terminated = false, truncated = false;
  Info info;
};

Record record_of(const Observation& observation, const Info& info) {
  return {.screen = hash_bytes(observation.screen.pixels_HWC),
          .height = observation.screen.height,
          .width = observation.screen.width,
          .instruction = std::string(observation.instruction),
          .step = observation.step,
          .info = info};
}

// The first thing that differs; empty: nothing. Frame hashes only say what the screen
// says, and are not there where nobody looks.
std::string difference(const Record& a, const Record& b, bool with_screen = true) {
  if (with_screen && (a.screen != b.screen || a.height != b.height || a.width != b.width))
    return "the screen";
  if (a.instruction != b.instruction) return "the instruction";
  if (a.step != b.step) return "the step number";
  if (std::isnan(a.reward) != std::isnan(b.reward)) return "the reward";
  if (!std::isnan(a.reward) && a.reward != b.reward) return "the reward";
  if (a.terminated != b.terminated || a.truncated != b.truncated) return "the flags";
  Info x = a.info, y = b.info;
  if (!with_screen) x.frame_hash = y.frame_hash = {};
  return x == y ? "" : "the info";
}

std::string difference(const std::vector<Record>& a, const std::vector<Record>& b,
                       bool with_screen = true) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    const std::string what = difference(a[i], b[i], with_screen);
    if (!what.empty()) return fmt::format("{} differs at record {}", what, i);
  }
  return a.size() == b.size() ? "" : "one is shorter";
}

bool ended_by_task(EndReason reason) {
  return reason != EndReason::kOngoing && reason != EndReason::kStepLimit &&
         reason != EndReason::kDeviceLost;
}

class Checker {
 public:
  Checker(const std::function<std::unique_ptr<Env>()>& make, const CheckEnvConfig& config)
      : make_(make), config_(config) {}

  std::vector<std::string> run() {
    check("make", [&] { check_first_steps(); });
    check("seeds", [&] { check_seeds(); });
    check("walks", [&] { check_walks(); });
    check("step limit", [&] { check_step_limit(); });
    check("end", [&] { check_end(); });
    check("snapshots", [&] { check_snapshots(); });
    return std::move(findings_);
  }

 private:
  void find(std::string finding) {
    if (std::find(findings_.begin(), findings_.end(), finding) == findings_.end())
      findings_.push_back(std::move(finding));
  }

  template <class Work>
  void check(const char* name, const Work& work) {
    try {
      work();
    } catch (const std::exception& e) {
      find(fmt::format("{}: threw: {}", name, e.what()));
    }
  }

  template <class Work>
  bool is_refused(const Work& work) {
    try {
      work();
      return false;
    } catch (const ConfigError&) {
      return true;
    }
  }

  // ---- one call and its contract ---------------------------------------------------

  void judge_observation(Env& env, const Observation& observation, const char* call) {
    const bool nothing = observation.screen.pixels_HWC.empty();
    if (!nothing && !env.observation_space().contains(observation.screen)) {
      find(fmt::format("{}: the screen is {}x{} with {} bytes, which is not in {}", call,
                       observation.screen.width, observation.screen.height,
                       observation.screen.pixels_HWC.size(),
                       env.observation_space().describe()));
    }
  }

  Record reset(Env& env, std::optional<std::uint64_t> seed, const ResetOptions& options) {
    const ResetResult result = env.reset(seed, options);
    judge_observation(env, result.observation, "reset()");
    if (result.observation.step != 0) find("reset(): the step number is not 0");
    if (result.info.end_reason != EndReason::kOngoing || result.info.episode)
      find("reset(): the info is that of an end");
    statistics_ = {};
    instruction_ = result.observation.instruction;
    return record_of(result.observation, result.info);
  }

  Record step(Env& env, const Action& action) {
    const StepResult result = env.step(action);
    const Info& info = result.info;
    judge_observation(env, result.observation, "step()");
    if (!std::isfinite(result.reward)) find("step(): the reward is not finite");
    if (std::isfinite(result.reward) &&
        std::abs(info.reward_breakdown.total() - result.reward) > 1e-6f)
      find("step(): the reward is not the sum of its terms");
    if (result.observation.instruction != instruction_)
      find("step(): the instruction changed within the episode");
    judge_flags(result);
    if (info.elapsed_ms < statistics_.elapsed_ms) find("step(): time runs backwards");
    statistics_.elapsed_ms = info.elapsed_ms;
    statistics_.episode_return += result.reward;
    ++statistics_.length;
    if (result.observation.step != statistics_.length)
      find("step(): the step number does not count the steps");
    const bool over = result.terminated || result.truncated;
    if (info.episode.has_value() != over)
      find("step(): episode statistics belong to the last step, and to no other");
    if (over && info.episode && std::isfinite(statistics_.episode_return) &&
        !(*info.episode == statistics_))
      find("step(): the episode statistics do not add up");
    Record record = record_of(result.observation, info);
    record.reward = result.reward;
    record.terminated = result.terminated;
    record.truncated = result.truncated;
    return record;
  }

  void judge_flags(const StepResult& result) {
    const EndReason reason = result.info.end_reason;
    const auto name = end_reason_name(reason);
    if (result.terminated != ended_by_task(reason))
      find(fmt::format("step(): terminated is {} although the end reason is {}",
                       result.terminated, name));
    const bool outside =
        reason == EndReason::kStepLimit || reason == EndReason::kDeviceLost;
    if (outside && !result.truncated)
      find(fmt::format("step(): truncated is false although the end reason is {}", name));
    // The walks have no limit that could fall on the task's last step.
    if (!outside && result.truncated && !limited_)
      find(fmt::format("step(): truncated is true although the end reason is {}", name));
  }

  // A walk at random that begins anew where an episode ends.
  std::vector<Record> walk(Env& env, Rng choices, int num_steps) {
    std::vector<Record> records;
    for (int i = 0; i < num_steps; ++i) {
      const Action action = env.action_space().sample(choices);
      if (!env.action_space().contains(action))
        find("action_space(): a sample is not in the space");
      records.push_back(step(env, action));
      if (records.back().terminated || records.back().truncated)
        records.push_back(reset(env, std::nullopt, config_.options));
    }
    return records;
  }

  std::vector<Record> seeded_walk(Env& env) {
    std::vector<Record> records{reset(env, config_.seed, config_.options)};
    const auto steps = walk(env, Rng(config_.seed).fork("check"), config_.num_steps);
    records.insert(records.end(), steps.begin(), steps.end());
    return records;
  }

  // ---- the checks -------------------------------------------------------------------

  void check_first_steps() {
    const auto env = make_();
    if (!is_refused([&] { env->step(Wait{1}); }))
      find("step(): accepted before the first reset()");
    env->reset();  // no seed, no options
    env->reset(std::nullopt, ResetOptions{});
    env->reset(0);
    reset(*env, config_.seed, config_.options);
    const Record first = step(*env, Wait{1});
    if (first.terminated || first.truncated)
      find("step(): the first step ends the episode");
  }

  void check_seeds() {
    const auto env = make_(), other = make_();
    const std::uint64_t seed = config_.seed;
    const std::vector<Record> first{reset(*env, seed, {}), reset(*env, std::nullopt, {}),
                                    reset(*env, std::nullopt, {})};
    // What happened since must not show: steps, another seed's episodes.
    reset(*env, seed + 1, {});
    for (int i = 0; i < 3 && env->running(); ++i) step(*env, Wait{1});
    const std::vector<Record> again{reset(*env, seed, {}), reset(*env, std::nullopt, {}),
                                    reset(*env, std::nullopt, {})};
    report("reset(): the same seed gives another episode", difference(first[0], again[0]));
    report("reset(): resets without a seed do not continue the seed's stream",
           difference(first, again));
    report("reset(): the same seed gives another episode in another environment",
           difference(first[0], reset(*other, seed, {})));
    bool seeds_differ = false, resets_differ = false;
    for (int i = 0; i < kSeedsCompared; ++i) {
      const Record record = reset(*env, seed + std::uint64_t(i), {});
      seeds_differ = seeds_differ || !difference(record, first[0]).empty();
      resets_differ =
          resets_differ || !difference(record, reset(*env, std::nullopt, {})).empty();
    }
    if (!seeds_differ) find("reset(): the seed is ignored: all seeds give one episode");
    if (!resets_differ) find("reset(): without a seed the same episode comes again");
  }

  void check_walks() {
    const auto env = make_(), other = make_();
    const auto first = seeded_walk(*env);
    report("step(): the same seed and actions give another walk",
           difference(first, seeded_walk(*env)));
    report("step(): the same seed and actions give another walk in another environment",
           difference(first, seeded_walk(*other)));
    env->observe(Modality::kNothing);
    report("want(): what is not looked at happens differently",
           difference(first, seeded_walk(*env), /*with_screen=*/false));
    env->observe(Modality::kPixels | Modality::kTree);
    report("want(): looking closer changes what happens",
           difference(first, seeded_walk(*env)));
  }

  void check_step_limit() {
    const auto env = make_();
    env->set_max_episode_steps(2);
    limited_ = true;
    reset(*env, config_.seed, config_.options);
    const Record first = step(*env, Wait{1});
    if (first.terminated || first.truncated) return;  // found elsewhere
    if (!step(*env, Wait{1}).truncated)
      find("set_max_episode_steps(): the step at the limit is not truncated");
    limited_ = false;
  }

  void check_end() {
    const auto env = make_();
    env->set_max_episode_steps(10000);
    limited_ = true;
    reset(*env, config_.seed, config_.options);
    while (env->running()) step(*env, Wait{1});
    limited_ = false;
    if (!is_refused([&] { env->step(Wait{1}); }))
      find("step(): accepted after the end of the episode");
    reset(*env, std::nullopt, config_.options);
  }

  void check_snapshots() {
    const auto env = make_(), other = make_();
    auto* from = dynamic_cast<Snapshotable*>(env.get());
    auto* to = dynamic_cast<Snapshotable*>(other.get());
    if (from == nullptr || to == nullptr) return;
    reset(*env, config_.seed, config_.options);
    const Record before = step(*env, Wait{1});
    if (!env->running()) return;  // found elsewhere
    const Snapshot snapshot = from->snapshot();
    const EpisodeStatistics so_far = statistics_;
    const auto continued = [&](Env& walker) {
      statistics_ = so_far;
      return walk(walker, Rng(config_.seed).fork("snapshot"), config_.num_steps);
    };
    const auto first = continued(*env);
    reset(*other, config_.seed + 1, config_.options);
    for (auto [copy, walker] : {std::pair{from, env.get()}, {to, other.get()}}) {
      const ResetResult restored = copy->restore(snapshot);
      const Record record = record_of(restored.observation, restored.info);
      if (record.screen != before.screen || record.step != before.step ||
          record.instruction != before.instruction ||
          record.info.state_hash != before.info.state_hash)
        find("restore(): the observation is not the one at snapshot()");
      instruction_ = restored.observation.instruction;
      report("restore(): the episode does not continue as it did",
             difference(first, continued(*walker)));
    }
  }

  void report(const char* finding, const std::string& difference) {
    if (!difference.empty()) find(fmt::format("{} ({})", finding, difference));
  }

  const std::function<std::unique_ptr<Env>()>& make_;
  const CheckEnvConfig& config_;
  std::vector<std::string> findings_;
  EpisodeStatistics statistics_;  // of the running episode, as counted here
  std::string instruction_;
  bool limited_ = false;  // the running episode has a step limit
};

}  // namespace

std::vector<std::string> check_env(const std::function<std::unique_ptr<Env>()>& make,
                                   const CheckEnvConfig& config) {
  return Checker(make, config).run();
}

}  // namespace paperphone

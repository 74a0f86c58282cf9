#include "rl/rollout/rollout.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <vector>

#include "env/app/spec.h"
#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/host/version.h"
#include "env/task/task.h"
#include "env/vector_env.h"
#include "rl/rollout/exploration.h"
#include "rl/rollout/recorder.h"

namespace paperphone::rl {

using agent::Policy;
using agent::PolicyInput;
using agent::PolicyOutput;
using app::AppSet;
using data::Trajectory;

namespace {

// An episode on its row.
struct Row {
  PhoneEnv* phone = nullptr;  // the VectorEnv's
  bool running = false;
  std::size_t episode = 0;
  Recorder recorder;
  Exploration exploration;
  bool errs = false;  // a wrong turn comes next
  WrongTurn wrong_turn;
  Advice advice;
  bool advised = false;  // `advice` is of the present state
  PolicyOutput decision;
};

constexpr int kRowsPerThread = 16;

VectorEnvConfig vector_config(const RunnerConfig& config) {
  return {.num_envs = config.num_rows > 0 ? config.num_rows
                                          : kRowsPerThread * config.num_threads,
          .num_threads = config.num_threads,
          .autoreset_mode = AutoresetMode::kDisabled,
          .own_screens = config.pixels};
}

}  // namespace

struct RolloutRunner::Rows {
  Rows(const Phones& phones, const RunnerConfig& config)
      : apps(phones.apps()),
        pixels(config.pixels),
        envs([&](int) { return phones.make(config.pixels); }, vector_config(config)),
        rows(static_cast<std::size_t>(envs.num_envs())),
        instructions_B(rows.size()),
        rewards_B(rows.size()),
        terminations_B(rows.size()),
        truncations_B(rows.size()),
        infos_B(rows.size()),
        errors_B(rows.size()) {
    for (std::size_t row = 0; row < rows.size(); ++row)
      rows[row].phone = static_cast<PhoneEnv*>(&envs.env(static_cast<int>(row)));
  }

  BatchView view() {
    BatchView out;
    out.instructions_B = instructions_B;
    out.rewards_B = rewards_B;
    out.terminations_B = terminations_B;
    out.truncations_B = truncations_B;
    out.infos_B = infos_B;
    out.errors_B = errors_B;
    return out;
  }

  ImageView screen(int row) const {
    if (!pixels) return {};
    const BoxSpace& space = envs.single_observation_space();
    const std::size_t bytes = envs.screens().size() / rows.size();
    return {envs.screens().subspan(static_cast<std::size_t>(row) * bytes, bytes),
            space.height, space.width};
  }

  Row& at(int row) { return rows[static_cast<std::size_t>(row)]; }

  const AppSet& apps;
  const bool pixels;
  VectorEnv envs;
  std::vector<Row> rows;
  std::vector<std::string> instructions_B;
  std::vector<float> rewards_B;
  std::vector<std::uint8_t> terminations_B, truncations_B;
  std::vector<Info> infos_B;
  std::vector<std::exception_ptr> errors_B;
};

// One call of run().
class RolloutRunner::Run {
 public:
  Run(Rows& rows, std::span<const EpisodeJob> jobs, Policy& policy,
      const RolloutOptions& options, const std::function<void(Rollout&&)>& on_done)
      : p_(rows),
        jobs_(jobs),
        policy_(policy),
        options_(options),
        on_done_(on_done),
        group_size_(static_cast<std::size_t>(options.group_size)),
        end_(jobs.size() * group_size_),
        app_set_hash_(rows.apps.content_hash.hex()) {
    for (Row& row : p_.rows) row.running = false;
  }

  void play() {
    while (true) {
      start_episodes();
      hand_over();
      const std::vector<int> active =
          rows_where([](const Row& row) { return row.running; });
      if (active.empty()) break;
      look(active);
      decide();
      step();
      finish_episodes(active);
    }
    if (failure_) fail();
  }

 private:
  template <class Condition>
  std::vector<int> rows_where(const Condition& condition) const {
    std::vector<int> out;
    for (std::size_t row = 0; row < p_.rows.size(); ++row)
      if (condition(p_.rows[row])) out.push_back(static_cast<int>(row));
    return out;
  }

  const EpisodeJob& job_of(std::size_t episode) const {
    return jobs_[episode / group_size_];
  }

  // ---- the beginning --------------------------------------------------------------

  // Until every row has an episode, or none is left.
  void start_episodes() {
    while (next_ < end_) {
      const auto idle = rows_where([](const Row& row) { return !row.running; });
      if (idle.empty()) return;
      start_on(idle);
    }
  }

  // The first episode of a group is reset, the others continue its snapshot.
  void start_on(const std::vector<int>& idle) {
    std::vector<int> resets, begun;
    std::map<std::size_t, std::vector<int>> members;  // by group
    for (int index : idle) {
      if (next_ >= end_) break;
      Row& row = p_.at(index);
      row.episode = next_++;
      row.running = true;
      row.errs = row.advised = false;
      row.exploration = Exploration(job_of(row.episode).seed);
      begun.push_back(index);
      if (row.episode % group_size_ == 0)
        resets.push_back(index);
      else
        members[row.episode / group_size_].push_back(index);
    }
    reset(resets);
    prepare(resets);
    keep_snapshots(resets);
    for (const auto& [group, rows] : members) continue_snapshot(group, rows);
    for (int index : begun)
      if (p_.at(index).running) begin_record(index);
  }

  void reset(const std::vector<int>& rows) {
    if (rows.empty()) return;
    std::vector<std::uint8_t> mask_B(p_.rows.size());
    std::vector<std::uint64_t> seeds_B(p_.rows.size());
    std::vector<ResetOptions> options_B(p_.rows.size());
    for (int index : rows) {
      const auto at = static_cast<std::size_t>(index);
      const EpisodeJob& job = job_of(p_.rows[at].episode);
      mask_B[at] = 1;
      seeds_B[at] = job.seed;
      options_B[at] = job.options;
    }
    p_.envs.reset_where(mask_B, seeds_B, options_B, p_.view());
    note_errors(rows);
  }

  void prepare(const std::vector<int>& rows) {
    if (!options_.prepare) return;
    std::vector<std::uint8_t> wanted_B(p_.rows.size());
    std::vector<int> prepared;
    for (int index : rows)
      if (p_.at(index).running) prepared.push_back(index);
    p_.envs.call(
        prepared,
        [&](int index, Env&) {
          Row& row = p_.at(index);
          wanted_B[static_cast<std::size_t>(index)] =
              options_.prepare(row.episode, job_of(row.episode), *row.phone);
        },
        p_.errors_B);
    note_errors(prepared);
    for (int index : prepared) {
      Row& row = p_.at(index);
      if (!row.running) continue;
      // For what can be seen now.
      p_.envs.restore(index, p_.envs.snapshot(index), p_.view());
      note_errors({index});
      if (row.running && wanted_B[static_cast<std::size_t>(index)] == 0) skip(index);
    }
  }

  void skip(int index) {
    begin_record(index);
    Row& row = p_.at(index);
    row.running = false;
    finished_.emplace(row.episode, Rollout{.episode = row.episode,
                                           .trajectory = row.recorder.take(),
                                           .skipped = true});
  }

  void keep_snapshots(const std::vector<int>& rows) {
    if (group_size_ == 1) return;
    for (int index : rows)
      if (p_.at(index).running)
        snapshots_[p_.at(index).episode / group_size_] = p_.envs.snapshot(index);
  }

  void continue_snapshot(std::size_t group, const std::vector<int>& rows) {
    const auto snapshot = snapshots_.find(group);
    if (snapshot == snapshots_.end()) return;  // the group could not be reset
    p_.envs.restore(rows, snapshot->second, p_.view());
    note_errors(rows);
    if (p_.at(rows.back()).episode % group_size_ == group_size_ - 1)
      snapshots_.erase(snapshot);
  }

  void begin_record(int index) {
    Row& row = p_.at(index);
    const auto at = static_cast<std::size_t>(index);
    const EpisodeJob& job = job_of(row.episode);
    Trajectory start;
    start.seed = job.seed;
    start.options = job.options;
    start.task_id = row.phone->task_id();
    start.app_id = app_of_task(start.task_id);
    start.split = split_of_job(p_.apps, job.options, start.task_id);
    start.instruction = p_.instructions_B[at];
    start.policy = options_.policy_name.empty() ? policy_.name() : options_.policy_name;
    start.app_set_hash = app_set_hash_;
    start.paperphone_version = version();
    const int own_limit = row.phone->task().spec->max_steps;
    row.recorder.begin(
        std::move(start), p_.infos_B[at],
        job.max_turns > 0 ? std::min(own_limit, job.max_turns) : own_limit);
  }

  // ---- one turn -------------------------------------------------------------------

  // On the worker threads: whether a wrong turn comes, what the expert says, what the
  // observer wants to see.
  void look(const std::vector<int>& active) {
    const bool advice = policy_.wants_advice() || options_.labels;
    if (!advice && options_.noise <= 0 && !options_.observe) return;
    p_.envs.call(
        active, [&](int index, Env&) { look_at(index); }, p_.errors_B);
    note_errors(active);
  }

  void look_at(int index) {
    Row& row = p_.at(index);
    row.errs = row.exploration.strikes(options_.noise);
    row.advised =
        options_.labels || (policy_.wants_advice() && (!row.errs || options_.observe));
    if (row.advised) row.advice = row.phone->advice();
    if (options_.observe) observe(index, /*over=*/false);
    if (row.errs)
      row.wrong_turn =
          row.exploration.turn(row.phone->frame(), row.phone->observation_space());
  }

  void observe(int index, bool over) {
    Row& row = p_.at(index);
    options_.observe({.episode = row.episode,
                      .phone = *row.phone,
                      .screen = p_.screen(index),
                      .trajectory = row.recorder.trajectory(),
                      .history = row.recorder.history(),
                      .advice = row.advised && !over ? &row.advice : nullptr,
                      .over = over});
  }

  // One batch of all rows that do not err.
  void decide() {
    std::vector<int> asked;
    std::vector<PolicyInput> inputs;
    for (int index : rows_where([](const Row& row) { return row.running; })) {
      Row& row = p_.at(index);
      if (row.errs) {
        row.decision = as_decision(row.wrong_turn);
        continue;
      }
      asked.push_back(index);
      inputs.push_back(input_of(index));
    }
    if (inputs.empty()) return;
    std::vector<PolicyOutput> outputs = policy_.act(inputs);
    for (std::size_t i = 0; i < asked.size(); ++i)
      p_.at(asked[i]).decision = std::move(outputs[i]);
  }

  PolicyInput input_of(int index) const {
    const Row& row = p_.at(index);
    PolicyInput input;
    input.episode = row.episode;
    input.instruction = row.recorder.trajectory().instruction;
    input.screen = p_.screen(index);
    input.history = row.recorder.history();
    input.advice = policy_.wants_advice() ? &row.advice : nullptr;
    input.seed = Rng(options_.seed)
                     .fork("episode", row.episode)
                     .fork(row.recorder.history().size())
                     .next();
    return input;
  }

  // Applies the decisions and records what came of them.
  void step() {
    std::vector<std::uint8_t> mask_B(p_.rows.size());
    std::vector<Action> actions_B(p_.rows.size());
    const auto running = rows_where([](const Row& row) { return row.running; });
    for (int index : running) {
      const auto at = static_cast<std::size_t>(index);
      if (!p_.rows[at].decision.action) continue;
      mask_B[at] = 1;
      actions_B[at] = *p_.rows[at].decision.action;
    }
    p_.envs.step(actions_B, p_.view(), mask_B);
    note_errors(running);
    for (int index : running) {
      Row& row = p_.at(index);
      if (!row.running) continue;
      const auto at = static_cast<std::size_t>(index);
      if (options_.labels) row.recorder.label(row.advice);
      if (mask_B[at] == 0) {
        row.recorder.add_lost(std::move(row.decision));
      } else {
        row.recorder.add(std::move(row.decision),
                         {.reward = p_.rewards_B[at],
                          .terminated = p_.terminations_B[at] != 0,
                          .truncated = p_.truncations_B[at] != 0,
                          .info = &p_.infos_B[at]});
      }
    }
  }

  // ---- the end --------------------------------------------------------------------

  void finish_episodes(const std::vector<int>& active) {
    std::vector<int> ended;
    for (int index : active)
      if (p_.at(index).running && p_.at(index).recorder.over()) ended.push_back(index);
    if (options_.observe && !ended.empty()) {
      p_.envs.call(
          ended, [&](int index, Env&) { observe(index, /*over=*/true); }, p_.errors_B);
      note_errors(ended);
    }
    for (int index : ended) {
      Row& row = p_.at(index);
      if (!row.running) continue;
      row.running = false;
      Rollout rollout{.episode = row.episode,
                      .progress = row.recorder.progress(),
                      .max_turns = row.recorder.max_turns()};
      rollout.trajectory = row.recorder.take();
      finished_.emplace(row.episode, std::move(rollout));
    }
  }

  void hand_over() {
    for (auto first = finished_.begin();
         first != finished_.end() && first->first == handed_over_;
         first = finished_.begin()) {
      Rollout rollout = std::move(first->second);
      finished_.erase(first);
      ++handed_over_;
      on_done_(std::move(rollout));
    }
  }

  // An episode that failed is the last: those before it are played to their end.
  void note_errors(const std::vector<int>& rows) {
    for (int index : rows) {
      const auto at = static_cast<std::size_t>(index);
      const auto error = std::exchange(p_.errors_B[at], nullptr);
      if (error && p_.rows[at].episode < end_) {
        failure_ = error;
        end_ = p_.rows[at].episode;
      }
    }
    if (!failure_) return;
    for (Row& row : p_.rows) row.running = row.running && row.episode < end_;
  }

  [[noreturn]] void fail() const {
    const EpisodeJob& job = job_of(end_);
    const std::string& task = job.options.task_id;
    rethrow_with(fmt::format("job {} ({}seed {})", end_ / group_size_,
                             task.empty() ? "" : task + ", ", job.seed),
                 failure_);
  }

  Rows& p_;
  const std::span<const EpisodeJob> jobs_;
  Policy& policy_;
  const RolloutOptions& options_;
  const std::function<void(Rollout&&)>& on_done_;
  const std::size_t group_size_;
  std::size_t next_ = 0;  // the episode that begins next
  std::size_t end_;       // the number of episodes; the first that failed
  std::exception_ptr failure_;
  std::map<std::size_t, Snapshot> snapshots_;  // of groups that are not all begun
  std::map<std::size_t, Rollout> finished_;    // that wait for earlier ones
  std::size_t handed_over_ = 0;
  const std::string app_set_hash_;
};

RolloutRunner::RolloutRunner(const Phones& phones, const RunnerConfig& config)
    : rows_(std::make_unique<Rows>(phones, config)) {}

RolloutRunner::~RolloutRunner() = default;

const ActionSpace& RolloutRunner::action_space() const {
  return rows_->envs.single_action_space();
}

void RolloutRunner::run(std::span<const EpisodeJob> jobs, Policy& policy,
                        const RolloutOptions& options,
                        const std::function<void(Rollout&&)>& on_done) {
  CHECK_GE(options.group_size, 1);
  CHECK_TRUE(options.group_size == 1 || !options.prepare);
  Run(*rows_, jobs, policy, options, on_done).play();
}

}  // namespace paperphone::rl

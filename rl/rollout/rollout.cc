#include "rl/rollout/rollout.h"

#include <algorithm>

#include <fmt/format.h>

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "env/base/check.h"
#include "env/base/error.h"
#include "env/vector_env.h"
#include "rl/rollout/episode_run.h"
#include "rl/rollout/in_order.h"

namespace paperphone::rl {

using agent::Policy;
using agent::PolicyInput;
using agent::PolicyOutput;

struct RolloutRunner::Rows {
  Rows(const Phones& phones, const RunnerConfig& config)
      : apps(phones.apps()),
        in_rounds(config.num_rows > 0),
        pixels(config.pixels),
        envs([&](int) { return phones.make(config.pixels); },
             {.num_envs = in_rounds ? config.num_rows : config.num_threads,
              .num_threads = in_rounds ? config.num_threads : 1}) {
    for (int row = 0; row < envs.num_envs(); ++row)
      episodes.emplace_back(static_cast<PhoneEnv&>(envs.env(row)));
  }

  const app::AppSet& apps;
  const bool in_rounds;  // else each row has a thread of its own, beside the vector's
  const bool pixels;
  VectorEnv envs;
  std::vector<EpisodeRun> episodes;  // by row
};

// One call of run().
struct RolloutRunner::Run {
  Rows& rows;
  const std::span<const EpisodeJob> jobs;
  Policy& policy;
  const std::size_t group_size;
  const RunContext context;
  const InOrder::OnDone& on_done;
  InOrder results;

  void begin(EpisodeRun& run, std::size_t episode, const Snapshot* start) const {
    run.begin(context, episode, jobs[episode / group_size], start);
  }

  [[noreturn]] void fail() const {
    const std::size_t group = results.end() / group_size;
    const EpisodeJob& job = jobs[group];
    const std::string& task = job.options.task_id;
    rethrow_with(fmt::format("job {} ({}seed {})", group,
                             task.empty() ? "" : task + ", ", job.seed),
                 results.failure());
  }
};

// Each row plays whole groups on a thread of its own and waits for nobody, while the
// caller hands over. A batch is one row, whenever its turn comes.
class RolloutRunner::Apart {
 public:
  explicit Apart(Run& run) : p_(run) {}

  void play() {
    std::vector<std::jthread> threads;
    for (EpisodeRun& row : p_.rows.episodes)
      threads.emplace_back([this, &row] { play_groups(row); });
    try {
      p_.results.hand_over_all(p_.on_done);
    } catch (...) {
      p_.results.want_no_more();
      throw;
    }
  }

 private:
  void play_groups(EpisodeRun& row) {
    for (std::size_t group = next_++; group < p_.jobs.size(); group = next_++) {
      Snapshot start;
      const std::size_t first = group * p_.group_size;
      for (std::size_t episode = first; episode < first + p_.group_size; ++episode) {
        if (!p_.results.wants(episode)) return;
        try {
          p_.begin(row, episode, start.empty() ? nullptr : &start);
          if (start.empty() && p_.group_size > 1) start = row.snapshot();
          play_on(row);
          p_.results.put(row.take());
        } catch (...) {
          p_.results.fail(episode, std::current_exception());
        }
      }
    }
  }

  void play_on(EpisodeRun& row) {
    while (!row.over()) {
      row.look();
      if (row.wants_decision()) row.decide(decision_for(row.input()));
      row.act();
    }
  }

  PolicyOutput decision_for(const PolicyInput& input) {
    const std::lock_guard lock(mutex_);
    return std::move(p_.policy.act({&input, 1}).front());
  }

  Run& p_;
  std::atomic<std::size_t> next_ = 0;  // the group that begins next
  std::mutex mutex_;                   // of the policy
};

// One decision for all rows at once, one step of each, again.
class RolloutRunner::Rounds {
 public:
  explicit Rounds(Run& run)
      : p_(run),
        episode_B_(run.rows.episodes.size()),
        errors_B_(run.rows.episodes.size()) {}

  void play() {
    while (true) {
      refill();
      p_.results.hand_over_ready(p_.on_done);
      const std::vector<int> active = rows_that_play(true);
      if (active.empty()) return;
      decide(active);
      carry_on(active, [](int, EpisodeRun& row) { row.act(); });
    }
  }

 private:
  std::vector<int> rows_that_play(bool play) const {
    std::vector<int> rows;
    for (int row = 0; row < p_.rows.envs.num_envs(); ++row)
      if (episode_B_[row].has_value() == play) rows.push_back(row);
    return rows;
  }

  std::size_t group_of(int row) const { return *episode_B_[row] / p_.group_size; }

  // Until every row has an episode, or none is left.
  void refill() {
    while (p_.results.wants(next_)) {
      const std::vector<int> idle = rows_that_play(false);
      if (idle.empty()) return;
      begin_on(idle);
    }
  }

  // The first episode of a group is reset, the others continue its snapshot.
  void begin_on(const std::vector<int>& idle) {
    std::vector<int> firsts, others;
    for (const int row : idle) {
      if (!p_.results.wants(next_)) break;
      episode_B_[row] = next_++;
      (*episode_B_[row] % p_.group_size == 0 ? firsts : others).push_back(row);
    }
    carry_on(firsts, [&](int row, EpisodeRun& run) {
      p_.begin(run, *episode_B_[row], nullptr);
    });
    if (p_.group_size == 1) return;
    for (const int row : firsts)
      if (episode_B_[row]) starts_[group_of(row)] = p_.rows.episodes[row].snapshot();
    // Of a group that could not be reset nobody wants the others.
    std::erase_if(others, [&](int row) { return !episode_B_[row]; });
    carry_on(others, [&](int row, EpisodeRun& run) {
      p_.begin(run, *episode_B_[row], &starts_.at(group_of(row)));
    });
    std::erase_if(starts_, [&](const auto& start) {
      return (start.first + 1) * p_.group_size <= next_;
    });
  }

  void decide(const std::vector<int>& active) {
    std::vector<EpisodeRun*> asked;
    std::vector<PolicyInput> inputs;
    for (const int row : active) {
      EpisodeRun& run = p_.rows.episodes[row];
      if (!run.wants_decision()) continue;
      asked.push_back(&run);
      inputs.push_back(run.input());
    }
    if (inputs.empty()) return;
    std::vector<PolicyOutput> outputs = p_.policy.act(inputs);
    for (std::size_t i = 0; i < asked.size(); ++i)
      asked[i]->decide(std::move(outputs[i]));
  }

  // On the vector's threads: the work, and all that comes before the next decision.
  template <class Work>
  void carry_on(const std::vector<int>& rows, const Work& work) {
    if (rows.empty()) return;
    p_.rows.envs.call(
        rows,
        [&](int row, Env&) {
          EpisodeRun& run = p_.rows.episodes[row];
          work(row, run);
          if (!run.over()) run.look();
        },
        errors_B_);
    for (const int row : rows) {
      EpisodeRun& run = p_.rows.episodes[row];
      if (errors_B_[row])
        p_.results.fail(*episode_B_[row], errors_B_[row]);
      else if (run.over())
        p_.results.put(run.take());
      else
        continue;
      episode_B_[row].reset();
    }
    for (auto& episode : episode_B_)
      if (episode && !p_.results.wants(*episode)) episode.reset();
  }

  Run& p_;
  std::size_t next_ = 0;                               // the episode that begins next
  std::vector<std::optional<std::size_t>> episode_B_;  // nullopt: idle
  std::vector<std::exception_ptr> errors_B_;
  std::map<std::size_t, Snapshot> starts_;  // of groups that are not all begun
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
  const auto group_size = std::size_t(options.group_size);
  Run run{.rows = *rows_,
          .jobs = jobs,
          .policy = policy,
          .group_size = group_size,
          .context = {.options = options,
                      .apps = rows_->apps,
                      .policy_wants_advice = policy.wants_advice(),
                      .pixels = rows_->pixels,
                      .earlier_screens =
                          std::max(policy.earlier_screens(), options.earlier_screens),
                      .policy_name = options.policy_name.empty() ? policy.name()
                                                                 : options.policy_name,
                      .app_set_hash = rows_->apps.content_hash.hex()},
          .on_done = on_done,
          .results = InOrder(jobs.size() * group_size)};
  if (rows_->in_rounds)
    Rounds(run).play();
  else
    Apart(run).play();
  if (run.results.failure()) run.fail();
}

}  // namespace paperphone::rl

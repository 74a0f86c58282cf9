// A standing pool of phones to learn from: its episodes go on from one update to the next,
// begin and end each in its own time, and are played by whom the pool's driver says.
//
// Nothing in it depends on a clock: row r's n-th episode, its driver and everything that is
// drawn follow from the seed; so a pool that is played up to the same place again is the
// same pool, and state() is short.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/policy.h"
#include "rl/rollout/phones.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

enum class Driver : std::uint8_t {
  kPolicy,  // the learner's own decisions
  kExpert,  // the expert's, with wrong turns
};

struct PoolConfig {
  std::string split = "train";
  std::uint64_t seed = 1;
  std::string stream;        // names the random stream: a stage's name
  int num_rows = 16;
  int num_threads = 1;
  int max_turns = 0;         // 0: each task's own limit
  double expert_share = 0.5; // of the episodes, those that the expert plays
  double noise = 0.1;        // wrong turns before the expert's actions
  // The policy is asked where the expert drives, too: for what it would have done.
  bool ask_everywhere = false;
};

// A row as it stands before a decision, with the expert's advice. Valid during the call.
struct PoolState {
  int row = 0;
  std::uint64_t episode = 0;  // of the pool
  Driver driver = Driver::kPolicy;
  EpisodeView view;
};

// What is done with the rows on their way. All may be empty; the first two are called on the
// pool's threads, for several rows at once.
struct PoolHooks {
  // Before the decisions, also of rows that will err by themselves.
  std::function<void(const PoolState&)> visit = {};
  // Between the decisions and the steps: for verdicts on what a row might have done.
  std::function<void(const PoolState&)> decided = {};
  // Of episodes that end, in the order of their rows.
  std::function<void(Driver, Rollout&&)> on_done = {};
};

class ExperiencePool {
 public:
  ExperiencePool(const Phones& phones, const PoolConfig& config);
  ~ExperiencePool();

  // One decision of every row. The policy is asked for all rows that do not err by
  // themselves, PolicyInput::episode is the row; where the expert drives, its own decision
  // is carried out. Throws what a phone or its expert throws.
  void advance(agent::Policy& policy, const PoolHooks& hooks);

  // All that is needed to go on from here, as JSON: for checkpoints. restore() plays the
  // rows' open episodes up to where they were; the policy is not asked for decisions. Throws
  // DataError for what was not written by a pool like this one.
  std::string state() const;
  void restore(std::string_view state, const agent::Policy& policy);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace paperphone::rl

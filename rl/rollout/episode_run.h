// One episode on one phone: everything that happens to it between two decisions of the
// policy. Any thread may carry it on, one at a time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rl/rollout/exploration.h"
#include "rl/rollout/recorder.h"
#include "rl/rollout/rollout.h"

namespace paperphone::rl {

// What all episodes of one RolloutRunner::run() have in common.
struct RunContext {
  const RolloutOptions& options;
  const app::AppSet& apps;
  bool policy_wants_advice = false;
  bool pixels = true;       // screens are drawn: what changed on them is told
  int earlier_screens = 0;  // that are kept
  std::string policy_name;
  std::string app_set_hash;
};

class EpisodeRun {
 public:
  explicit EpisodeRun(PhoneEnv& phone) : phone_(&phone) {}

  // Begins episode number `episode`: from a reset, or from the snapshot of its group's
  // first. over() if it is skipped. `context` and `job` must outlive the episode.
  void begin(const RunContext& context, std::size_t episode, const EpisodeJob& job,
             const Snapshot* start);
  Snapshot snapshot() const { return phone_->snapshot(); }

  // Whether a wrong turn comes, what the expert says, what the observer wants to see.
  void look();
  // Behind look(): false if a wrong turn comes instead.
  bool wants_decision() const { return !errs_; }
  agent::PolicyInput input() const;
  EpisodeView view();  // of the present moment
  void decide(agent::PolicyOutput&& decision) { decision_ = std::move(decision); }
  // Carries the decision out and records what came of it.
  void act();

  std::size_t episode() const { return episode_; }
  bool over() const { return skipped_ || recorder_.over(); }
  Rollout take();  // when it is over

 private:
  void prepare(ResetResult& start);
  void begin_record(const ResetResult& start);
  void observe();
  void keep_screen();

  PhoneEnv* phone_;
  const RunContext* context_ = nullptr;
  const EpisodeJob* job_ = nullptr;
  std::size_t episode_ = 0;
  bool skipped_ = false;
  ImageView screen_;  // the phone's present one
  std::vector<std::vector<std::uint8_t>> earlier_pixels_;  // oldest first
  std::vector<ImageView> earlier_;                         // of them
  Hash128 page_;  // what screen_ shows
  Recorder recorder_;
  Exploration exploration_;
  bool errs_ = false;     // a wrong turn is the decision
  bool advised_ = false;  // `advice_` is of the present state
  Advice advice_;
  agent::PolicyOutput decision_;
};

}  // namespace paperphone::rl

// The stored record of one episode, from any source. Seed, options and actions
// are enough to replay it; hashes prove that the replay is exact.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "env/env.h"
#include "env/types.h"

namespace paperphone::data {

struct TrajectoryStep {
  Action action;         // screen pixels; meaningless if outcome is kInvalid
  std::string response;  // the policy's full text; empty for scripts
  std::string sentence;
  bool well_formed = true;
  ActionOutcome outcome = ActionOutcome::kApplied;
  float reward = 0.0f;
  RewardBreakdown reward_breakdown;
  std::string screen_id;  // after the action
  Hash128 state_hash;     // after the action
  Hash128 frame_hash;     // after the action; zero without pixels
  bool terminated = false;
  bool truncated = false;
  std::string thought;       // the expert's label at this step, if asked for
  int expert_distance = -1;  // before the action; -1: not asked for
  bool acceptable = false;   // the expert would have accepted the action
  Hash128 page_hash;  // before the action: of what stood on the screen, the status bar
                      // aside; not stored, zero without pixels
};

struct Trajectory {
  std::int64_t id = 0;  // of the store; 0: not stored yet
  std::uint64_t seed = 0;
  ResetOptions options;
  std::string task_id;
  std::string app_id;  // "cross" for cross-app tasks
  std::string split;
  std::string instruction;
  Hash128 initial_state_hash;
  Hash128 initial_frame_hash;
  std::string initial_screen_id;
  std::vector<TrajectoryStep> steps;
  EndReason end_reason = EndReason::kOngoing;
  bool success = false;  // end_reason == kGoalReached
  // Provenance.
  std::string policy;  // "expert", "random", "runs/x/stage2"
  std::string app_set_hash;
  std::string paperphone_version;
  std::map<std::string, std::string> metadata;
};

}  // namespace paperphone::data

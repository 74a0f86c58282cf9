// A moment of an episode in front of the policy, with what the expert would do: the raw
// material of format SFT and of action-level GRPO.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent/policy.h"
#include "env/advice.h"
#include "env/base/hash.h"
#include "rl/rollout/phones.h"

namespace paperphone::rl {

// A screenshot kept for later (env/base/compression.h). Held by every decision point
// that showed it.
struct PackedScreen {
  int height = 0;
  int width = 0;
  std::vector<std::uint8_t> packed;
  Hash128 hash;  // of the frame
  std::vector<std::uint8_t> pixels_HWC() const;
};
using PackedScreenPtr = std::shared_ptr<const PackedScreen>;

// The unpacked screenshots of a decision point.
struct ScreenPixels {
  std::vector<std::vector<std::uint8_t>> bytes;
  std::vector<ImageView> views;  // of them, the present screen last
};

struct DecisionPoint {
  bool other =
      false;  // of another task than the episode's (CollectOptions::other_tasks)
  std::string task_id;
  std::string instruction;
  std::vector<agent::HistoryStep> history;  // golden: what was really done
  std::vector<PackedScreenPtr> earlier = {};  // screens before it, oldest first
  PackedScreenPtr screen;
  Advice advice;

  // Looks into this object and into `pixels`, which receives the screenshots: valid as
  // long as they are.
  agent::PolicyInput input(std::uint64_t seed, ScreenPixels& pixels) const;
};

struct CollectOptions {
  std::string split = "train";
  std::uint64_t seed = 1;
  std::string stream = {};  // names the random stream: "sft", "grpo"
  int episodes = 100;
  double noise = 0.15;  // before each expert action: probability of a wrong turn
  // At every state this many further tasks of the same world are asked: half of them of
  // the episode's own template with other parameters, most of the rest of the app in
  // front. The same screen, another instruction, another action. Their decision points
  // follow that of the episode's task and share its screen and history.
  int other_tasks = 0;
  bool pixels = true;
  int earlier_screens = 0;  // DecisionPoint::earlier, at the most
  int threads = 1;
  // Called in between with the number of finished episodes; may be empty.
  std::function<void(int)> on_progress = {};
};

// Every state that the expert met, wrong turns recovered from included (the wrong
// actions themselves are in histories, never labels). Episode by episode, step by
// step; the same for any number of threads. Screens with equal pixels are shared as long
// as somebody holds them. `on_episode` is called from this thread, in the order of the
// episodes, and what it does not keep is gone.
void collect_decision_points(
    const Phones& phones, const CollectOptions& options,
    const std::function<void(std::vector<DecisionPoint>&&)>& on_episode);
std::vector<DecisionPoint> collect_decision_points(const Phones& phones,
                                                   const CollectOptions& options);

}  // namespace paperphone::rl

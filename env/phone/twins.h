// Proof that an expert acts on what frames have shown, and on nothing else.
//
// A twin of an episode is the same phone with the same task, in a world in which all
// cells that no frame so far depended on are drawn anew, by the apps' own generators.
// Its frames are the same; so whoever looks at frames alone cannot tell the two apart,
// and an expert that decides otherwise knows something that nobody has seen.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "env/phone/phone_env.h"

namespace paperphone {

struct TwinFinding {
  int step = 0;                     // decisions before it
  std::string advice, twin_advice;  // that differ
  std::vector<std::string> cells;   // "shop.product.price": what the expert looked at
};

struct TwinProof {
  int steps = 0;  // decisions that were looked at
  int drawn = 0;  // of these, such that a twin could be drawn
  int blind_at = -1;    // the first that needed what no screen seems to show; -1: none
  std::string unknown;  // Advice::unknown there
  std::vector<TwinFinding> findings;  // at most one for each episode
};

// Plays the expert's episode of this task and seed, with a twin at every step. Throws
// DataError if the task has no instance in the world.
TwinProof prove_by_twins(const std::shared_ptr<const PhoneShared>& shared,
                         const std::string& task_id, std::uint64_t seed,
                         ThoughtLanguage thoughts = ThoughtLanguage::kChinese);

}  // namespace paperphone

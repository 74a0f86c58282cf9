// From the rewards of a group to advantages. Source of the formulas: verl's
// core_algos (GRPO, arXiv:2402.03300; Dr.GRPO, arXiv:2503.20783; RLOO,
// arXiv:2402.14740; pass@k with k = n, arXiv:2503.19595). No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

#include "env/base/named.h"

namespace paperphone::rl {

enum class AdvantageKind {
  kGrpo,    // (r - mean) / (std + 1e-6), unbiased std
  kDrGrpo,  // r - mean
  kRloo,    // n / (n - 1) * (r - mean): each against the mean of the others
  kPassK,   // max - max of the others: what each adds to the best of its group
};
inline constexpr Named<AdvantageKind> kAdvantages[] = {
    {"grpo", AdvantageKind::kGrpo},
    {"dr_grpo", AdvantageKind::kDrGrpo},
    {"rloo", AdvantageKind::kRloo},
    {"pass_k", AdvantageKind::kPassK},
};

// One advantage per reward of ONE group. Equal rewards, and a group of one, give
// exactly zero.
std::vector<float> group_advantages(std::span<const float> rewards_G,
                                    AdvantageKind kind);

struct GroupStats {
  float mean = 0.0f;
  float std = 0.0f;          // unbiased; 0 for a group of one
  bool all_equal = true;     // nothing to learn from this group
};
GroupStats group_stats(std::span<const float> rewards_G);

}  // namespace paperphone::rl

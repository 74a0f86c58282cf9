#include "rl/advantages/reinforce.h"

#include <cstddef>

#include "env/base/check.h"
#include "rl/advantages/returns.h"
#include "rl/advantages/whiten.h"
#include "rl/losses/advantage.h"

namespace paperphone::rl {
namespace {

using Rows = std::vector<std::vector<float>>;

std::vector<float> flat(std::span<const std::vector<float>> rows) {
  std::vector<float> values;
  for (const auto& row : rows) values.insert(values.end(), row.begin(), row.end());
  return values;
}

// Whitens all rows as one batch. REQUIRES: counts is empty or has the shape of rows.
Rows whiten_rows(Rows rows, std::span<const std::vector<float>> counts) {
  if (!counts.empty()) {
    CHECK_EQ(counts.size(), rows.size());
    for (std::size_t n = 0; n < rows.size(); ++n)
      CHECK_EQ(counts[n].size(), rows[n].size());
  }
  const std::vector<float> whitened = whiten(flat(rows), flat(counts));
  auto next = whitened.begin();
  for (auto& row : rows)
    for (float& value : row) value = *next++;
  return rows;
}

}  // namespace

Rows reinforce_advantages(std::span<const std::vector<float>> rewards_NT, double gamma,
                          std::span<const std::vector<float>> masks_NT) {
  if (!masks_NT.empty()) CHECK_EQ(masks_NT.size(), rewards_NT.size());
  Rows returns_NT;
  for (std::size_t n = 0; n < rewards_NT.size(); ++n)
    returns_NT.push_back(
        discounted_returns(rewards_NT[n], gamma,
                           masks_NT.empty() ? std::span<const float>() : masks_NT[n]));
  return whiten_rows(std::move(returns_NT), masks_NT);
}

Rows reinforce_baseline_advantages(
    std::span<const std::vector<float>> rewards_by_group,
    std::span<const std::vector<float>> tokens_by_group) {
  Rows centred;
  for (const auto& rewards_G : rewards_by_group)
    centred.push_back(group_advantages(rewards_G, AdvantageKind::kDrGrpo));
  return whiten_rows(std::move(centred), tokens_by_group);
}

}  // namespace paperphone::rl

#include "rl/advantages/whiten.h"

#include <cmath>
#include <cstddef>

#include "env/base/check.h"

namespace paperphone::rl {

std::vector<float> whiten(std::span<const float> values_N,
                          std::span<const float> counts_N) {
  if (!counts_N.empty()) CHECK_EQ(counts_N.size(), values_N.size());
  const auto count_of = [&](std::size_t i) {
    return counts_N.empty() ? 1.0 : double(counts_N[i]);
  };
  std::vector<float> whitened_N(values_N.size(), 0.0f);
  double total = 0, sum = 0;
  const float* first = nullptr;
  bool all_equal = true;
  for (std::size_t i = 0; i < values_N.size(); ++i) {
    CHECK_LE(0.0, count_of(i));
    if (count_of(i) == 0) continue;
    if (first == nullptr) first = &values_N[i];
    all_equal = all_equal && values_N[i] == *first;
    total += count_of(i);
    sum += count_of(i) * double(values_N[i]);
  }
  if (all_equal || total <= 1) return whitened_N;  // exact zeros, no rounding residue
  const double mean = sum / total;
  double squares = 0;
  for (std::size_t i = 0; i < values_N.size(); ++i)
    squares += count_of(i) * (values_N[i] - mean) * (values_N[i] - mean);
  const double scale = 1 / std::sqrt(squares / (total - 1) + 1e-8);
  for (std::size_t i = 0; i < values_N.size(); ++i)
    if (count_of(i) > 0) whitened_N[i] = float((values_N[i] - mean) * scale);
  return whitened_N;
}

}  // namespace paperphone::rl

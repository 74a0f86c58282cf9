#include "rl/advantages/explained_variance.h"

#include <cstddef>

#include "env/base/check.h"

namespace paperphone::rl {
namespace {

// N times the variance of `value(i)`.
template <class Value>
double scatter(std::size_t count, Value value) {
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) sum += value(i);
  const double mean = sum / double(count);
  for (std::size_t i = 0; i < count; ++i)
    squares += (value(i) - mean) * (value(i) - mean);
  return squares;
}

}  // namespace

double explained_variance(std::span<const float> returns_N,
                          std::span<const float> values_N) {
  CHECK_EQ(values_N.size(), returns_N.size());
  bool all_equal = true;
  for (float value : returns_N) all_equal = all_equal && value == returns_N[0];
  if (all_equal) return 0;
  const double left = scatter(returns_N.size(), [&](std::size_t i) {
    return double(returns_N[i]) - values_N[i];
  });
  const double whole =
      scatter(returns_N.size(), [&](std::size_t i) { return double(returns_N[i]); });
  return 1 - left / whole;
}

}  // namespace paperphone::rl

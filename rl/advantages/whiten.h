// Values of a whole batch brought to mean 0 and deviation 1. No torch: plain numbers.
#pragma once

#include <span>
#include <vector>

namespace paperphone::rl {

//   w = (x - mean) / sqrt(variance + 1e-8)
// with the mean and the unbiased variance of the batch, in which value i counts
// counts_N[i] times.
//
// values_N  [N] advantages or returns of one update, in the reward's unit
// counts_N  [N] how often each counts: a mask of zeros and ones, or the tokens of a
//           turn; empty: each once
// Returns   [N], dimensionless; 0 where the count is 0. All zeros if the values that
//           count are equal, or if fewer than two count.
// REQUIRES: counts_N is empty or as long as values_N, and nothing in it is negative.
// Source: verl, verl/utils/torch_functional.py (masked_whiten).
std::vector<float> whiten(std::span<const float> values_N,
                          std::span<const float> counts_N = {});

}  // namespace paperphone::rl

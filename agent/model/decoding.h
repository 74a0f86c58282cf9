// What a decoding step does differently from everything else: a few rows against large
// matrices, and queries behind cached keys. The kernels read weights and keys once, as
// they lie in memory; the library repacks or prepares something for every shape, and the
// shapes change with every token. CPU, no gradients.
#pragma once

#include <vector>

#include "agent/ops/tensor.h"

namespace paperphone::agent {

// Whether skinny_linear() is for these rows: no gradient is recorded, there are
// kernels, and the rows are few enough.
bool is_skinny(const torch::Tensor& x);
// x W^T + b. x [.., in], weight [out, in]; the bias may be undefined.
// REQUIRES: is_skinny(x); all of one type.
torch::Tensor skinny_linear(const torch::Tensor& x, const torch::Tensor& weight,
                            const torch::Tensor& bias);

// Keys and values in memory, [rows, K, places, E]; row r shows its first `count` places.
struct CachedKeyValues {
  torch::Tensor keys, values;
  std::vector<std::int64_t> counts;  // per row
};

// Queries behind cached keys: query s of row r sees, in this order, the places of `past`
// (of row r / group), then places 0..first + s of `own`. q [R, H, S, E]. A query's result
// depends on what it sees and on nothing else. REQUIRES: has kernels.
torch::Tensor cached_attention(const torch::Tensor& q_RHSE, const CachedKeyValues& past,
                               std::int64_t group, const torch::Tensor& own_keys,
                               const torch::Tensor& own_values, std::int64_t first,
                               double scale);

}  // namespace paperphone::agent

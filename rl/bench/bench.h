// How fast the agent decides and learns, beside the machine's own rates measured in the
// same run, and what memory it takes.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace paperphone::rl {

struct TorchBenchConfig {
  int threads = 0;       // 0: all cores
  double seconds = 3.0;  // of measuring, per rate
};

// threads, gemm_gflops {float32, bfloat16}, memory_gb_per_s, and per model (`tiny`; and
// `half_billion`: random weights in the shape of a 0.5B model), in bfloat16:
//   parameters
//   vision, prefill, train   {tokens_per_s, gflops, gemm_gflops, gemm_share}: the product's
//     rate beside it is measured in the same seconds
//   decode {batch_1, batch_8, batch_32: {tokens_per_s, memory_share}}: weights and keys
//     read once a step, as a share of the memory's rate
//   prefix_sharing_gain      8 prefills over one prefill shared by 8 samples
//   feature_cache_gain       a prefill with the picture over one with its tokens kept
//   exact_cost               {prefill, decode, train}: time over the fast arithmetic's
//     (tiny only)
nlohmann::ordered_json bench_agent(const TorchBenchConfig& config);

// On real demonstrations. threads, parameters, and per dtype: rows_per_s, tokens_per_s,
// gflops, gemm_gflops, gemm_share; demonstration_steps_per_s, env_share (of a training
// step's time, if every step's row came fresh from the environment).
nlohmann::ordered_json bench_train(const TorchBenchConfig& config);

struct MemoryBenchConfig {
  int threads = 0;     // 0: all cores
  int phones = 64;     // of the evaluation
  int episodes = 300;  // of the evaluation
  int updates = 4;     // of every stage
};

// What the tiny agent takes of memory at the most, with random weights, so that every
// response has its full length, and the sizes of rl/recipes: `evaluation`, and a stage
// of each kind, {peak_mb, limit_mb}. Throws DataError, after all of them, if one took
// more than its limit.
nlohmann::ordered_json bench_memory(const MemoryBenchConfig& config);

}  // namespace paperphone::rl

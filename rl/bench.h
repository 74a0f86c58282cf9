// How fast the agent decides and learns, beside the machine's own matrix rate
// measured in the same run.
#pragma once

#include <nlohmann/json_fwd.hpp>

namespace paperphone {

struct TorchBenchConfig {
  int threads = 0;       // 0: all cores
  double seconds = 3.0;  // of measuring, per rate
};

// threads, parameters, gemm_gflops {float32, bfloat16}, prefill_tokens_per_s,
// decode_tokens_per_s, decisions_per_s.
nlohmann::ordered_json bench_agent(const TorchBenchConfig& config);

// threads, parameters, gemm_gflops, and per dtype: rows_per_s, tokens_per_s, gflops
// (6 per parameter and token), gemm_share; demonstration_steps_per_s, env_share.
nlohmann::ordered_json bench_train(const TorchBenchConfig& config);

}  // namespace paperphone

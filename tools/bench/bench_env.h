// How fast the environment is on one core, and how much memory it takes.
#pragma once

#include <nlohmann/json.hpp>

namespace paperphone::tools {

struct BenchEnvConfig {
  double seconds = 1.0;   // of measuring, for each rate
  int steps = 1500;       // of the walk whose screens are drawn
  int many_envs = 4096;   // of the pool whose creation is measured
  bool baseline = false;  // the naive way as well, for a side-by-side
  std::uint64_t seed = 7;
};

// logic_steps_per_s: steps without pixels or hashes, random actions on all tasks:
// after_reset, where records are made when they are first looked at; after_fork, where
// they have been; after_fork_untouched, of those the ones that need no layout.
// frames_per_s ("360x800" -> rates): bench_frames.h, frame_rates; time_shares_360x800.
// reset_us, snapshot_us, fork_us: {p50, p99}.
// env_bytes: one environment at 360x800 beside the shared data; env_bytes_logic:
// without pixels. pool: num_envs, create_s (a VectorEnv of phones, shared data loaded
// before), reset_s (its first reset, without pixels), bytes_per_env (resident, after
// it), fork_us_p50, fork_us_p99 (one row into another, by VectorEnv::fork).
// vector_steps_per_s, frame_copies_per_s: bench_vector.h. fingerprint: of the states
// and frames of a fixed walk.
nlohmann::ordered_json bench_env(const BenchEnvConfig& config);

}  // namespace paperphone::tools

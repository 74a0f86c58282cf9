// Many environments stepped together. Row i of every buffer is environment i,
// whichever thread ran it; the memory is the caller's.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "env/env.h"

namespace paperphone {

enum class AutoresetMode : std::uint8_t {
  kDisabled,  // the caller resets with reset_where(); what GRPO wants
  kNextStep,  // the step() after the end ignores its action and resets
  kSameStep,  // resets within step(); the last frame goes to final_screens_BHWC
};

struct VectorEnvConfig {
  int num_envs = 8;
  int num_threads = 0;  // 0: min(num_envs, hardware threads)
  AutoresetMode autoreset_mode = AutoresetMode::kDisabled;
};

// Where one batch of results is written. Every non-empty span has num_envs rows;
// an empty span is not written.
struct BatchView {
  std::span<std::uint8_t> screens_BHWC;
  std::span<std::string> instructions_B;   // written by resets only
  std::span<float> rewards_B;
  std::span<std::uint8_t> terminations_B;  // 0 or 1
  std::span<std::uint8_t> truncations_B;   // 0 or 1
  std::span<Info> infos_B;
  std::span<std::uint8_t> final_screens_BHWC;  // kSameStep only
  std::span<Info> final_infos_B;               // kSameStep only
};

// Owns one batch's memory.
class EnvBatch {
 public:
  EnvBatch(int num_envs, const BoxSpace& space);
  BatchView view();
  std::vector<std::uint8_t> screens_BHWC, final_screens_BHWC;
  std::vector<std::string> instructions_B;
  std::vector<float> rewards_B;
  std::vector<std::uint8_t> terminations_B, truncations_B;
  std::vector<Info> infos_B, final_infos_B;
};

class VectorEnv {
 public:
  using Factory = std::function<std::unique_ptr<Env>(int index)>;
  VectorEnv(const Factory& make, const VectorEnvConfig& config);
  ~VectorEnv();  // joins its workers

  int num_envs() const;
  const BoxSpace& single_observation_space() const;
  const ActionSpace& single_action_space() const;
  Env& env(int index);  // not while a call is running

  // Row i starts from seeds_B[i] and options_B[i] (empty: defaults).
  void reset(std::span<const std::uint64_t> seeds_B,
             std::span<const ResetOptions> options_B, BatchView out);
  // The same where mask_B is 1; the other rows are neither reset nor written.
  void reset_where(std::span<const std::uint8_t> mask_B,
                   std::span<const std::uint64_t> seeds_B,
                   std::span<const ResetOptions> options_B, BatchView out);
  // Steps every row (where mask_B is 1, if given). An exception in a worker is
  // rethrown here with the row and its seed; the other rows have finished.
  void step(std::span<const Action> actions_B, BatchView out,
            std::span<const std::uint8_t> mask_B = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperphone

#include "tools/random_walk.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "env/vector_env.h"

namespace paperphone::tools {

WalkResult random_walk(std::shared_ptr<const PhoneShared> shared,
                       const WalkConfig& config,
                       const std::function<void(std::int64_t)>& on_progress) {
  const auto make = [&](int) {
    return std::make_unique<PhoneEnv>(shared,
                                      PhoneEnvConfig{.apps_dir = {},
                                                     .app_ids = {},
                                                     .variation = config.variation,
                                                     .pixels = config.pixels,
                                                     .advice = false});
  };
  VectorEnv envs(make, {.num_envs = config.num_envs,
                        .num_threads = config.num_threads,
                        .autoreset_mode = AutoresetMode::kDisabled});
  const auto rows = std::size_t(config.num_envs);
  std::vector<float> rewards_B(rows);
  std::vector<std::uint8_t> terminations_B(rows), truncations_B(rows);
  std::vector<Info> infos_B(rows);
  const BatchView out{.screens_BHWC = {},
                      .instructions_B = {},
                      .rewards_B = rewards_B,
                      .terminations_B = terminations_B,
                      .truncations_B = truncations_B,
                      .infos_B = infos_B,
                      .final_screens_BHWC = {},
                      .final_infos_B = {}};

  const Rng root = Rng(config.seed).fork("walk");
  std::vector<Rng> rngs_B;
  for (std::size_t row = 0; row < rows; ++row) rngs_B.push_back(root.fork("row", row));
  std::vector<std::uint64_t> seeds_B(rows);
  std::vector<std::uint8_t> ended_B(rows, 1);
  std::vector<Action> actions_B(rows);
  std::vector<Rng> choices_B(rows);

  Hasher states, rewards, frames;
  const auto note = [&](std::size_t row) {
    states.add(infos_B[row].state_hash);
    frames.add(infos_B[row].frame_hash);
  };
  WalkResult result;
  const auto start = [&] {
    if (std::find(ended_B.begin(), ended_B.end(), 1) == ended_B.end()) return;
    for (std::size_t row = 0; row < rows; ++row) {
      if (!ended_B[row]) continue;
      seeds_B[row] = rngs_B[row].next();
      choices_B[row] = rngs_B[row].fork("choices", seeds_B[row]);
      ++result.episodes;
    }
    envs.reset_where(ended_B, seeds_B, {}, out);
    for (std::size_t row = 0; row < rows; ++row)
      if (ended_B[row]) note(row);
  };
  // Hashes of hashes stay small: fold them now and then.
  const auto fold = [](Hasher& hasher) {
    const Hash128 so_far = hasher.finish();
    hasher = Hasher();
    hasher.add(so_far);
  };

  while (result.steps < config.steps) {
    start();
    for (std::size_t row = 0; row < rows; ++row)
      actions_B[row] = envs.single_action_space().sample(choices_B[row]);
    envs.step(actions_B, out);
    for (std::size_t row = 0; row < rows; ++row) {
      note(row);
      rewards.add(std::bit_cast<std::uint32_t>(rewards_B[row]));
      rewards.add(terminations_B[row]).add(truncations_B[row]);
      ended_B[row] = terminations_B[row] | truncations_B[row];
    }
    result.steps += std::int64_t(rows);
    for (Hasher* hasher : {&states, &rewards, &frames}) fold(*hasher);
    if (on_progress) on_progress(result.steps);
  }
  result.state_hash = states.finish();
  result.reward_hash = rewards.finish();
  result.frame_hash = frames.finish();
  return result;
}

}  // namespace paperphone::tools

// Same seeds and actions, same states, rewards and frames: for any number of
// threads, and again.
#include <gtest/gtest.h>

#include "env/phone_env.h"
#include "env/vector_env.h"

namespace paperphone {
namespace {

Hash128 walk(int num_envs, int num_threads, int steps) {
  const auto shared = load_phone_shared({}, true);
  VectorEnv envs([&](int) { return std::make_unique<PhoneEnv>(shared, PhoneEnvConfig{}); },
                 {.num_envs = num_envs, .num_threads = num_threads,
                  .autoreset_mode = AutoresetMode::kSameStep});
  EnvBatch batch(num_envs, envs.single_observation_space());
  std::vector<std::uint64_t> seeds;
  std::vector<Rng> rngs;
  for (int i = 0; i < num_envs; ++i) {
    seeds.push_back(std::uint64_t(7 + i));
    rngs.push_back(Rng(7).fork("walk", i));
  }
  envs.reset(seeds, {}, batch.view());
  Hasher hasher;
  std::vector<Action> actions(num_envs);
  for (int t = 0; t < steps; ++t) {
    for (int i = 0; i < num_envs; ++i) {
      actions[i] = envs.single_action_space().sample(rngs[i]);
    }
    envs.step(actions, batch.view());
    for (int i = 0; i < num_envs; ++i) {
      hasher.add(batch.infos_B[i].state_hash).add(batch.infos_B[i].frame_hash);
      hasher.add(batch.terminations_B[i]).add(batch.truncations_B[i]);
      hasher.add(std::int64_t(batch.rewards_B[i] * 1000));
    }
    hasher.add(hash_bytes(std::span<const std::uint8_t>(batch.screens_BHWC)));
  }
  return hasher.finish();
}

TEST(Determinism, ThreadsAndRepetitionChangeNothing) {
  const Hash128 reference = walk(4, 1, 60);
  EXPECT_EQ(walk(4, 1, 60), reference);
  EXPECT_EQ(walk(4, 2, 60), reference);
  EXPECT_EQ(walk(4, 3, 60), reference);
}

}  // namespace
}  // namespace paperphone

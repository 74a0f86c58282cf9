// Memory stays where it is, however long one steps. By hand for longer:
// PAPERPHONE_MEMORY_STEPS=1000000 build/release/bin/phone_env_test --gtest_filter='Memory*'
#include <gtest/gtest.h>
#include <malloc.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "env/phone/phone_env.h"
#include "env/render/renderer.h"
#include "env/vector_env.h"
#include "tests/steps.h"

namespace paperphone {
namespace {

constexpr std::int64_t kBreathing = 24 << 20;  // bytes, the allocator's own

std::int64_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::int64_t total = 0, resident = 0;
  in >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

// Steps of all rows together, with forks and resets; some with pixels.
void walk(VectorEnv& envs, Rng& rng, int steps, double share_with_pixels) {
  EnvBatch batch(envs);
  BatchView view = batch.view();
  std::vector<Modality> modality_B(std::size_t(envs.num_envs()), Modality::kNothing);
  view.modality_B = modality_B;
  std::vector<Action> actions(std::size_t(envs.num_envs()));
  for (int done = 0; done < steps; done += envs.num_envs()) {
    for (Action& action : actions) action = envs.single_action_space().sample(rng);
    for (Modality& wanted : modality_B)
      wanted = rng.chance(share_with_pixels) ? Modality::kPixels | Modality::kTree
                                             : Modality::kNothing;
    envs.step(actions, view);
    if (rng.chance(0.05))
      envs.fork(int(rng.below(envs.num_envs() - 1)), std::vector{envs.num_envs() - 1},
                view);
  }
}

int num_steps() {
  return testing::asked_steps("PAPERPHONE_MEMORY_STEPS", 12000);
}

std::int64_t growth_over(int steps, double share_with_pixels) {
  const auto shared = load_phone_shared({}, true);
  VectorEnv envs(
      [&](int) { return std::make_unique<PhoneEnv>(shared, PhoneEnvConfig{}); },
      {.num_envs = 8, .num_threads = 2, .autoreset_mode = AutoresetMode::kSameStep});
  EnvBatch batch(envs);
  envs.reset(1, {}, batch.view());
  Rng rng(1);
  walk(envs, rng, steps / 2, share_with_pixels);
  malloc_trim(0);
  const std::int64_t before = resident_bytes();
  walk(envs, rng, steps, share_with_pixels);
  malloc_trim(0);
  return resident_bytes() - before;
}

TEST(Memory, IsFlatOverManySteps) {
  if (testing::kSanitized) GTEST_SKIP() << "a sanitizer keeps what was freed";
  const std::int64_t growth = growth_over(num_steps(), 0.0);
  std::printf("grew by %lld KiB\n", static_cast<long long>(growth / 1024));
  EXPECT_LT(growth, kBreathing);
}

TEST(Memory, GrowsByTheCachesAtMostWhenScreensAreDrawn) {
  if (testing::kSanitized) GTEST_SKIP() << "a sanitizer keeps what was freed";
  const render::PieceStoreConfig caches;
  const auto bound =
      kBreathing + std::int64_t(caches.picture_bytes + caches.packed_bytes);
  const std::int64_t growth = growth_over(num_steps() / 4, 0.2);
  std::printf("grew by %lld KiB\n", static_cast<long long>(growth / 1024));
  EXPECT_LT(growth, bound);
}

}  // namespace
}  // namespace paperphone

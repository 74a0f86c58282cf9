// Same seeds and actions, same states, rewards, frames and trees: for any number of
// threads, any batch size, with and without copies taken on the way, with and without
// caches. By hand for longer, steps of all rows together:
// PAPERPHONE_DETERMINISM_STEPS=10000 build/release/bin/phone_env_test --gtest_filter='Det*'
#include <gtest/gtest.h>

#include <bit>
#include <numeric>

#include "env/check_env.h"
#include "env/phone/phone_env.h"
#include "env/phone/snapshot.h"
#include "env/render/renderer.h"
#include "env/vector_env.h"
#include "tests/steps.h"

namespace paperphone {
namespace {

constexpr int kNumEnvs = 6;
constexpr int kThreads[] = {1, 2, 3, 8, 16};

int steps_of_a_row() {
  return (testing::asked_steps("PAPERPHONE_DETERMINISM_STEPS", 600) + kNumEnvs - 1) /
         kNumEnvs;
}

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, true);
  return loaded;
}

// Everything painted anew for every frame, and no frame kept.
const std::shared_ptr<const PhoneShared>& without_caches() {
  static const auto loaded = load_phone_shared(
      {}, render::PieceStoreConfig{.picture_bytes = 0, .packed_bytes = 0, .frame_bytes = 0});
  return loaded;
}

std::unique_ptr<Env> make_phone(const std::shared_ptr<const PhoneShared>& phone) {
  return std::make_unique<PhoneEnv>(phone,
                                    PhoneEnvConfig{.variation = {.suite = "everyday"}});
}

// A batch with the trees and the immutable frames, too.
struct Everything : EnvBatch {
  explicit Everything(const VectorEnv& envs)
      : EnvBatch(envs), trees_B(envs.num_envs()), frames_B(envs.num_envs()) {}
  BatchView view() {
    BatchView view = EnvBatch::view();
    view.trees_B = trees_B;
    view.frames_B = frames_B;
    return view;
  }
  std::vector<std::vector<UiNode>> trees_B;
  std::vector<std::shared_ptr<const ScreenFrame>> frames_B;
};

// One row's actions and the hash of all that came of them.
struct Course {
  Rng choices;
  Hasher seen;
  int steps = 0;

  explicit Course(int row) : choices(Rng(7).fork("walk", std::uint64_t(row))) {}

  Action choose(const ActionSpace& space) {
    // Mostly inside apps, where most can happen.
    if (choices.chance(0.15)) return OpenApp{space.apps[choices.below(space.apps.size())]};
    return space.sample(choices);
  }

  void note(const Everything& batch, int row) {
    const std::size_t bytes = batch.screens_BHWC.size() / batch.infos_B.size();
    const auto screen = std::span(batch.screens_BHWC).subspan(bytes * row, bytes);
    const Info& info = batch.infos_B[row];
    seen.add(hash_bytes(screen)).add(info.frame_hash).add(info.state_hash);
    seen.add(std::bit_cast<std::uint32_t>(batch.rewards_B[row]));
    seen.add(batch.terminations_B[row]).add(batch.truncations_B[row]);
    seen.add(info.elapsed_ms).add(info.outcome).add(batch.instructions_B[row]);
    seen.add(hash_bytes(std::span(batch.frames_B[row]->pixels_HWC)));
    for (const UiNode& node : batch.trees_B[row]) seen.add(ui_node_to_json(node));
  }
};

std::vector<Hash128> hashes_of(const std::vector<Course>& courses) {
  std::vector<Hash128> hashes;
  for (const Course& course : courses) hashes.push_back(course.seen.finish());
  return hashes;
}

std::vector<Course> fresh_courses() {
  std::vector<Course> courses;
  for (int row = 0; row < kNumEnvs; ++row) courses.emplace_back(row);
  return courses;
}

enum class Copies { kNone, kTaken };

std::vector<Hash128> sync_walk(int num_threads, Copies copies,
                               const std::shared_ptr<const PhoneShared>& phone = shared()) {
  // With copies, rows beyond the first kNumEnvs are where they are led astray.
  const int spare = copies == Copies::kTaken ? 2 : 0;
  VectorEnv envs([&](int) { return make_phone(phone); },
                 {.num_envs = kNumEnvs + spare,
                  .num_threads = num_threads,
                  .autoreset_mode = AutoresetMode::kSameStep});
  Everything batch(envs);
  auto courses = fresh_courses();
  envs.reset(7, {}, batch.view());
  std::vector<Action> actions(kNumEnvs + spare, Wait{1});
  Rng astray(99);
  for (int t = 0; t < steps_of_a_row(); ++t) {
    if (spare > 0 && t % 9 == 4) {
      const int row = t % kNumEnvs;
      // Into the spare rows; and the row itself goes astray and is brought back.
      envs.fork(row, std::vector<int>{kNumEnvs, kNumEnvs + 1}, batch.view());
      const Snapshot snapshot = envs.snapshot(row);
      std::vector<std::uint8_t> only(kNumEnvs + spare);
      only[row] = 1;
      actions[row] = envs.single_action_space().sample(astray);
      EnvBatch elsewhere(envs);
      envs.step(actions, elsewhere.view(), only);
      envs.reset_where(only, 1234, {}, elsewhere.view());  // another seed in between
      envs.restore(row, snapshot, elsewhere.view());
    }
    for (int row = 0; row < kNumEnvs; ++row)
      actions[row] = courses[row].choose(envs.single_action_space());
    for (int row = kNumEnvs; row < kNumEnvs + spare; ++row)
      actions[row] = envs.single_action_space().sample(astray);
    envs.step(actions, batch.view());
    for (int row = 0; row < kNumEnvs; ++row) courses[row].note(batch, row);
  }
  return hashes_of(courses);
}

std::vector<Hash128> async_walk(int num_threads, int batch_size) {
  VectorEnv envs([&](int) { return make_phone(shared()); },
                 {.num_envs = kNumEnvs,
                  .num_threads = num_threads,
                  .autoreset_mode = AutoresetMode::kSameStep,
                  .batch_size = batch_size});
  Everything batch(envs);
  auto courses = fresh_courses();
  envs.reset(7, {}, batch.view());
  std::vector<int> again(kNumEnvs);
  std::iota(again.begin(), again.end(), 0);
  do {
    std::vector<Action> actions;
    for (const int row : again)
      actions.push_back(courses[row].choose(envs.single_action_space()));
    envs.send(again, actions, batch.view());
    again.clear();
    for (const int row : envs.recv()) {
      courses[row].note(batch, row);
      if (++courses[row].steps < steps_of_a_row()) again.push_back(row);
    }
  } while (envs.num_in_flight() > 0 || !again.empty());
  return hashes_of(courses);
}

const std::vector<Hash128>& reference() {
  static const auto hashes = sync_walk(1, Copies::kNone);
  return hashes;
}

TEST(Determinism, ThreadsAndRepetitionChangeNothing) {
  for (const int threads : kThreads)
    EXPECT_EQ(sync_walk(threads, Copies::kNone), reference()) << threads << " threads";
}

TEST(Determinism, ForksAndDetoursChangeNothing) {
  for (const int threads : kThreads)
    EXPECT_EQ(sync_walk(threads, Copies::kTaken), reference()) << threads << " threads";
}

TEST(Determinism, CachesChangeNothing) {
  for (const Copies copies : {Copies::kNone, Copies::kTaken})
    EXPECT_EQ(sync_walk(3, copies, without_caches()), reference());
}

TEST(Determinism, BatchSizesChangeNothing) {
  for (const int threads : kThreads)
    for (const int batch_size : {kNumEnvs, kNumEnvs / 2, 1})
      EXPECT_EQ(async_walk(threads, batch_size), reference())
          << threads << " threads, batch size " << batch_size;
}

TEST(Determinism, ThePhoneKeepsTheContract) {
  for (const char* task : {"settings/toggle_dark_mode", ""}) {
    EXPECT_EQ(check_env([] { return make_phone(shared()); }, {.options = {.task_id = task}}),
              std::vector<std::string>{});
  }
  EXPECT_EQ(check_env([] {
              return std::make_unique<PhoneEnv>(shared(), PhoneEnvConfig{.pixels = false});
            }),
            std::vector<std::string>{});
}

}  // namespace
}  // namespace paperphone

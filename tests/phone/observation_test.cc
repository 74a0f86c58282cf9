// What observations hold: pixels, handles to frames, the accessibility tree, nothing.
#include <gtest/gtest.h>

#include <algorithm>

#include "env/phone/phone_env.h"
#include "env/vector_env.h"

namespace paperphone {
namespace {

const std::shared_ptr<const PhoneShared>& shared() {
  static const auto loaded = load_phone_shared({}, true);
  return loaded;
}

TEST(Observation, HoldsWhatIsWanted) {
  PhoneEnv env(shared(), {});
  const auto pixels = env.reset(1);
  EXPECT_FALSE(pixels.observation.screen.pixels_HWC.empty());
  EXPECT_EQ(pixels.observation.frame, nullptr);
  EXPECT_TRUE(pixels.observation.tree.empty());

  env.observe(Modality::kNothing);
  const auto nothing = env.reset(1);
  EXPECT_TRUE(nothing.observation.screen.pixels_HWC.empty());
  EXPECT_EQ(nothing.info.frame_hash, Hash128{});
  EXPECT_EQ(nothing.info.state_hash, pixels.info.state_hash);

  env.observe(Modality::kFrame | Modality::kTree);
  const auto both = env.reset(1);
  EXPECT_TRUE(both.observation.screen.pixels_HWC.empty());
  ASSERT_NE(both.observation.frame, nullptr);
  EXPECT_EQ(both.observation.frame->hash, pixels.info.frame_hash);
  EXPECT_EQ(both.info.frame_hash, pixels.info.frame_hash);
  EXPECT_FALSE(both.observation.tree.empty());
}

TEST(Observation, AFrameStaysAsItWasAndEqualScreensShareOne) {
  PhoneEnv env(shared(), {}), other(shared(), {});
  env.observe(Modality::kFrame);
  other.observe(Modality::kPixels | Modality::kFrame);
  const auto first = env.reset(1).observation.frame;
  const Hash128 hash = hash_bytes(std::span(first->pixels_HWC));
  EXPECT_EQ(first->hash, hash);
  EXPECT_TRUE(env.observation_space().contains(first->view()));
  env.step(OpenApp{"settings"});
  EXPECT_EQ(hash_bytes(std::span(first->pixels_HWC)), hash);
  const auto again = other.reset(1).observation;
  EXPECT_EQ(again.frame, first);
  EXPECT_EQ(again.screen.pixels_HWC.data(), first->pixels_HWC.data());  // no copy
}

TEST(Observation, TheTreeHasBoxesInPixelsAndSaysWhatCanBeTouched) {
  for (const int scale : {1, 3}) {
    PhoneEnv env(shared(), {.variation = {.width = 360 * scale, .height = 800 * scale},
                            .pixels = false});
    env.observe(Modality::kTree);
    env.reset(1, {.task_id = "settings/toggle_dark_mode"});
    const auto tree = env.step(OpenApp{"settings"}).observation.tree;
    int touchable = 0;
    for (const UiNode& node : tree) {
      EXPECT_GE(node.rect.x, 0);
      EXPECT_LE(node.rect.x + node.rect.width, 360 * scale) << ui_node_to_json(node);
      touchable += node.touchable;
    }
    EXPECT_GT(touchable, 5);
    const auto bounds = tree.back().rect;
    EXPECT_EQ(bounds.width % scale, 0);
  }
}

TEST(Observation, ATapIntoATouchableNodesMiddleHitsSomething) {
  PhoneEnv env(shared(), {.pixels = false});
  env.observe(Modality::kTree);
  for (int seed = 0; seed < 5; ++seed) {
    env.reset(seed);
    const auto step = env.step(env.advice().actions.at(0).action);
    const std::vector<UiNode> tree(step.observation.tree.begin(),
                                   step.observation.tree.end());
    const Snapshot snapshot = env.snapshot();
    for (const UiNode& node : tree) {
      if (!node.touchable || !node.enabled || node.rect.empty()) continue;
      const auto outcome = env.step(Click{node.rect.center()}).info.outcome;
      EXPECT_NE(outcome, ActionOutcome::kOutOfBounds) << ui_node_to_json(node);
      env.restore(snapshot);
    }
  }
}

TEST(UiNode, IsOneLineOfJson) {
  const UiNode node{.rect = {1, 2, 3, 4},
                    .role = Role::kSwitch,
                    .text = "深色\"模式\"",
                    .address = "settings.display.dark",
                    .touchable = true,
                    .checked = true};
  EXPECT_EQ(ui_node_to_json(node),
            "{\"role\":\"switch\",\"text\":\"深色\\\"模式\\\"\",\"address\":"
            "\"settings.display.dark\",\"rect\":[1,2,3,4],\"touchable\":true,"
            "\"checked\":true}");
}

TEST(VectorObservations, EachRowGivesWhatItIsAskedFor) {
  VectorEnv envs([](int) { return std::make_unique<PhoneEnv>(shared(), PhoneEnvConfig{}); },
                 {.num_envs = 4, .num_threads = 2});
  EnvBatch batch(envs);
  std::vector<std::shared_ptr<const ScreenFrame>> frames_B(4);
  std::vector<std::vector<UiNode>> trees_B(4);
  const std::vector<Modality> modality_B{Modality::kPixels, Modality::kFrame, Modality::kTree,
                                     Modality::kNothing};
  BatchView view = batch.view();
  view.frames_B = frames_B;
  view.trees_B = trees_B;
  view.modality_B = modality_B;
  envs.reset(1, {}, view);
  const std::size_t bytes = batch.screens_BHWC.size() / 4;
  const auto is_blank = [&](int row) {
    const auto screen = std::span(batch.screens_BHWC).subspan(bytes * row, bytes);
    return std::all_of(screen.begin(), screen.end(), [](auto b) { return b == 0; });
  };
  EXPECT_FALSE(is_blank(0));
  for (const int row : {1, 2, 3}) EXPECT_TRUE(is_blank(row)) << row;
  for (const int row : {0, 1, 2, 3}) {
    EXPECT_EQ(frames_B[row] != nullptr, row == 1);
    EXPECT_EQ(trees_B[row].empty(), row != 2);
  }
  // Without modality_B: pixels, and whatever there is room for.
  view.modality_B = {};
  envs.step(std::vector<Action>(4, Wait{1}), view);
  for (const int row : {0, 1, 2, 3}) {
    EXPECT_FALSE(is_blank(row));
    ASSERT_NE(frames_B[row], nullptr);
    EXPECT_EQ(frames_B[row]->hash, batch.infos_B[row].frame_hash);
    EXPECT_FALSE(trees_B[row].empty());
  }
}

TEST(VectorObservations, SameStepModeKeepsTheFinalFrameAndTree) {
  VectorEnv envs([](int) { return std::make_unique<PhoneEnv>(shared(), PhoneEnvConfig{}); },
                 {.num_envs = 1, .autoreset_mode = AutoresetMode::kSameStep});
  EnvBatch batch(envs);
  std::vector<std::shared_ptr<const ScreenFrame>> frames_B(1), final_frames_B(1);
  std::vector<std::vector<UiNode>> trees_B(1), final_trees_B(1);
  BatchView view = batch.view();
  view.frames_B = frames_B;
  view.trees_B = trees_B;
  view.final_frames_B = final_frames_B;
  view.final_trees_B = final_trees_B;
  envs.reset(1, {}, view);
  envs.step(std::vector<Action>{OpenApp{"settings"}}, view);
  const auto last_frame = frames_B[0];
  const auto last_tree = trees_B[0];
  envs.step(std::vector<Action>{Terminate{}}, view);
  ASSERT_NE(final_frames_B[0], nullptr);
  EXPECT_EQ(final_frames_B[0]->hash, last_frame->hash);  // terminate takes no time
  EXPECT_EQ(final_trees_B[0], last_tree);
  EXPECT_EQ(final_frames_B[0]->hash, batch.final_infos_B[0].frame_hash);
  EXPECT_EQ(frames_B[0]->hash, batch.infos_B[0].frame_hash);
  EXPECT_EQ(batch.infos_B[0].screen_id, "phone/launcher");
}

TEST(PhoneEnv, FramesNeedAnEnvironmentWithPixels) {
  PhoneEnv env(shared(), {.pixels = false});
  env.observe(Modality::kPixels | Modality::kFrame);
  const auto observation = env.reset(1).observation;
  EXPECT_EQ(observation.frame, nullptr);
  EXPECT_TRUE(observation.screen.pixels_HWC.empty());
}

}  // namespace
}  // namespace paperphone

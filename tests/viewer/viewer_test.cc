#include <gtest/gtest.h>

#include <QApplication>
#include <memory>

#include "rl/rollout/rollout.h"
#include "tests/scratch_folder.h"
#include "tools/viewer/window.h"

namespace paperphone::viewer {

using data::Trajectory;
using data::TrajectoryStore;

namespace {

// Two recorded episodes in a file, and a Qt application without a screen.
class Viewer : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    static int argc = 1;
    static char name[] = "viewer_test";
    static char* argv[] = {name, nullptr};
    application = std::make_unique<QApplication>(argc, argv);
    shared = load_phone_shared({}, /*pixels=*/true);
    folder = std::make_unique<ScratchFolder>();
    store = std::make_unique<TrajectoryStore>(*folder / "a.db",
                                              TrajectoryStore::Mode::kCreate);
    const auto expert = agent::make_expert_policy();
    rl::RolloutRunner runner(rl::Phones(shared, {}), {});
    runner.run(rl::make_jobs(shared_apps(*shared), {}, 5, 2), *expert, {.labels = true},
               [&](rl::Rollout&& rollout) { store->append(rollout.trajectory); });
  }
  static void TearDownTestSuite() {
    store.reset();
    shared.reset();
    application.reset();
    folder.reset();
  }

  static inline std::unique_ptr<QApplication> application;
  static inline std::shared_ptr<const PhoneShared> shared;
  static inline std::unique_ptr<TrajectoryStore> store;
  static inline std::unique_ptr<ScratchFolder> folder;
};

TEST_F(Viewer, AnEpisodeHasAScreenForEveryStepAndOneForTheEnd) {
  const PlayedEpisode episode = play_episode(shared, store->read(1));
  EXPECT_EQ(episode.difference, "");
  EXPECT_EQ(episode.screens_HWC.size(), episode.trajectory.steps.size() + 1);
  for (const auto& screen : episode.screens_HWC) {
    EXPECT_EQ(screen.size(), std::size_t(episode.width) * episode.height * 3);
  }
}

TEST_F(Viewer, AStepIsDescribedWithActionOutcomeAndRewardTerms) {
  const PlayedEpisode episode = play_episode(shared, store->read(1));
  const std::string text = describe_screen(episode, 0);
  const Trajectory& t = episode.trajectory;
  EXPECT_EQ(text.find(t.instruction), 0u);
  EXPECT_NE(text.find("step 1 of " + std::to_string(t.steps.size())),
            std::string::npos);
  EXPECT_NE(text.find(action_to_json(t.steps[0].action)), std::string::npos);
  EXPECT_NE(text.find("outcome applied"), std::string::npos);
  EXPECT_NE(text.find("reward 0 = task 0 + progress 0 + penalty 0"), std::string::npos);
  EXPECT_NE(text.find("every hash is as recorded"), std::string::npos);
  const std::string end = describe_screen(episode, t.steps.size());
  EXPECT_NE(end.find("goal_reached"), std::string::npos);
  EXPECT_NE(end.find("reward 1 = task 1"), std::string::npos);
}

TEST_F(Viewer, ADifferentReplayIsSaid) {
  Trajectory changed = store->read(1);
  changed.steps[0].state_hash.low ^= 1;
  const PlayedEpisode episode = play_episode(shared, changed);
  EXPECT_NE(describe_screen(episode, 0).find("differs: step 1: state "),
            std::string::npos);
  EXPECT_EQ(episode.screens_HWC.size(), changed.steps.size() + 1);
}

TEST_F(Viewer, ARecordThatGoesOnAfterTheEndIsShownUpToIt) {
  Trajectory longer = store->read(1);
  longer.steps.push_back(longer.steps.front());
  const PlayedEpisode episode = play_episode(shared, longer);
  EXPECT_EQ(episode.screens_HWC.size(), longer.steps.size());
  EXPECT_NE(episode.difference, "");
}

TEST_F(Viewer, TheWindowTurnsScreensAndStopsAtBothEnds) {
  ViewerWindow window(shared, *store);
  EXPECT_EQ(window.num_screens(), int(store->read(1).steps.size()) + 1);
  EXPECT_EQ(window.screen(), 0);
  window.show_screen(-3);
  EXPECT_EQ(window.screen(), 0);
  window.show_screen(1);
  EXPECT_TRUE(
      window.panel_text().contains(window.num_screens() > 2 ? "step 2 of" : "end"));
  window.show_screen(1000);
  EXPECT_EQ(window.screen(), window.num_screens() - 1);
  EXPECT_TRUE(window.panel_text().contains("goal_reached"));
  window.show_episode(1);
  EXPECT_EQ(window.screen(), 0);
  EXPECT_TRUE(window.panel_text().startsWith(
      QString::fromStdString(store->read(2).instruction)));
}

TEST_F(Viewer, TheFilterHidesWhatDoesNotFit) {
  ViewerWindow window(shared, *store);
  EXPECT_EQ(window.num_listed(), 2);
  window.set_filter(QString::fromStdString(store->read(2).task_id));
  EXPECT_EQ(window.num_listed(),
            store->read(1).task_id == store->read(2).task_id ? 2 : 1);
  window.set_filter("no such thing");
  EXPECT_EQ(window.num_listed(), 0);
  window.set_filter("");
  EXPECT_EQ(window.num_listed(), 2);
}

TEST_F(Viewer, AnUnknownTaskIsShownInsteadOfThePhone) {
  TrajectoryStore other(*folder / "b.db", TrajectoryStore::Mode::kCreate);
  Trajectory strange = store->read(1);
  strange.options.task_id = "shop/no_such_task";
  other.append(strange);
  ViewerWindow window(shared, other);
  EXPECT_EQ(window.num_screens(), 0);
  EXPECT_TRUE(window.panel_text().contains("unknown task 'shop/no_such_task'"));
}

TEST_F(Viewer, AnEmptyFileSaysSo) {
  const TrajectoryStore empty(*folder / "c.db", TrajectoryStore::Mode::kCreate);
  ViewerWindow window(shared, empty);
  EXPECT_EQ(window.panel_text(), "the file holds no episodes");
}

}  // namespace
}  // namespace paperphone::viewer

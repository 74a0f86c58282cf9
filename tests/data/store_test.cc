#include "data/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "env/base/utf8.h"
#include "tests/data/sample_trajectory.h"
#include "tests/scratch_folder.h"

namespace paperphone::data {
namespace {

using Mode = TrajectoryStore::Mode;

void expect_equal(const TrajectoryStep& a, const TrajectoryStep& b) {
  EXPECT_EQ(a.action, b.action);
  EXPECT_EQ(a.response, b.response);
  EXPECT_EQ(a.sentence, b.sentence);
  EXPECT_EQ(a.well_formed, b.well_formed);
  EXPECT_EQ(a.outcome, b.outcome);
  EXPECT_EQ(a.reward, b.reward);
  EXPECT_EQ(a.reward_breakdown.task, b.reward_breakdown.task);
  EXPECT_EQ(a.reward_breakdown.progress, b.reward_breakdown.progress);
  EXPECT_EQ(a.reward_breakdown.penalty, b.reward_breakdown.penalty);
  EXPECT_EQ(a.screen_id, b.screen_id);
  EXPECT_EQ(a.state_hash, b.state_hash);
  EXPECT_EQ(a.frame_hash, b.frame_hash);
  EXPECT_EQ(a.terminated, b.terminated);
  EXPECT_EQ(a.truncated, b.truncated);
  EXPECT_EQ(a.thought, b.thought);
  EXPECT_EQ(a.expert_distance, b.expert_distance);
  EXPECT_EQ(a.acceptable, b.acceptable);
}

void expect_equal(const Trajectory& a, const Trajectory& b) {
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.options.task_id, b.options.task_id);
  EXPECT_EQ(a.options.split, b.options.split);
  EXPECT_EQ(a.options.params, b.options.params);
  EXPECT_EQ(a.options.variation, b.options.variation);
  EXPECT_EQ(a.task_id, b.task_id);
  EXPECT_EQ(a.app_id, b.app_id);
  EXPECT_EQ(a.split, b.split);
  EXPECT_EQ(a.instruction, b.instruction);
  EXPECT_EQ(a.initial_state_hash, b.initial_state_hash);
  EXPECT_EQ(a.initial_frame_hash, b.initial_frame_hash);
  EXPECT_EQ(a.initial_screen_id, b.initial_screen_id);
  EXPECT_EQ(a.end_reason, b.end_reason);
  EXPECT_EQ(a.success, b.success);
  EXPECT_EQ(a.policy, b.policy);
  EXPECT_EQ(a.app_set_hash, b.app_set_hash);
  EXPECT_EQ(a.paperphone_version, b.paperphone_version);
  EXPECT_EQ(a.metadata, b.metadata);
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) expect_equal(a.steps[i], b.steps[i]);
}

TEST(TrajectoryStore, WhatIsReadBackEqualsWhatWasWritten) {
  const ScratchFolder folder;
  const Trajectory written = sample_trajectory(0xFEDCBA9876543210ull, 12);
  TrajectoryStore store(folder / "a.db", Mode::kCreate);
  const std::int64_t id = store.append(written);
  const Trajectory read = store.read(id);
  EXPECT_EQ(read.id, id);
  expect_equal(written, read);
}

TEST(TrajectoryStore, HalfCharactersAreStoredAsUtf8AndReadBackAsTheyWere) {
  const ScratchFolder folder;
  Trajectory written = sample_trajectory(6, 3);
  written.policy = "runs/\xC4\xE3\xBA\xC3";
  written.steps[0].response = "<tool_call>\xE4\xBD";
  written.steps[1].sentence = "\xF0\x9F\x98 \\xE4";
  written.steps[2].thought = "\xED\xA0\x80\xFF";
  written.steps[2].action = TypeText{"\xC0\x80"};
  const auto file = folder / "\xC4\xE3.db";  // and so is the file's name
  TrajectoryStore store(file, Mode::kCreate);
  Trajectory read = store.read(store.append(written));
  EXPECT_EQ(read.steps[2].action, Action(TypeText{"\xEF\xBF\xBD"}));  // as it is typed
  read.steps[2].action = written.steps[2].action;
  expect_equal(written, read);

  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
  int texts = 0;
  for (const char* table : {"episodes", "steps"}) {
    sqlite3_stmt* rows = nullptr;
    const std::string sql = std::string("SELECT * FROM ") + table;
    ASSERT_EQ(sqlite3_prepare_v2(handle, sql.c_str(), -1, &rows, nullptr), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
      for (int i = 0; i < sqlite3_column_count(rows); ++i) {
        if (sqlite3_column_type(rows, i) != SQLITE_TEXT) continue;
        const std::string text(reinterpret_cast<const char*>(sqlite3_column_text(rows, i)),
                               std::size_t(sqlite3_column_bytes(rows, i)));
        EXPECT_TRUE(is_utf8(text)) << table << ", " << sqlite3_column_name(rows, i);
        ++texts;
      }
    }
    sqlite3_finalize(rows);
  }
  sqlite3_close(handle);
  EXPECT_GT(texts, 20);
}

TEST(TrajectoryStore, OptionsWithoutVariationStayWithout) {
  const ScratchFolder folder;
  Trajectory written = sample_trajectory(5, 0);
  written.options = {};
  written.metadata.clear();
  TrajectoryStore store(folder / "a.db", Mode::kCreate);
  const Trajectory read = store.read(store.append(written));
  EXPECT_FALSE(read.options.variation.has_value());
  expect_equal(written, read);
}

TEST(TrajectoryStore, AppendingContinuesAnExistingFile) {
  const ScratchFolder folder;
  {
    TrajectoryStore store(folder / "a.db", Mode::kCreate);
    store.append(sample_trajectory(1));
  }
  {
    TrajectoryStore store(folder / "a.db", Mode::kAppend);
    EXPECT_EQ(store.append(sample_trajectory(2)), 2);
  }
  const TrajectoryStore store(folder / "a.db", Mode::kRead);
  EXPECT_EQ(store.size(), 2);
  EXPECT_EQ(store.ids(), (std::vector<std::int64_t>{1, 2}));
  expect_equal(sample_trajectory(1), store.read(1));
  expect_equal(sample_trajectory(2), store.read(2));
}

TEST(TrajectoryStore, AReaderSeesWhatAWriterHasAppendedSoFar) {
  const ScratchFolder folder;
  TrajectoryStore writer(folder / "a.db", Mode::kCreate);
  writer.append(sample_trajectory(1));
  const TrajectoryStore reader(folder / "a.db", Mode::kRead);
  EXPECT_EQ(reader.size(), 1);
  writer.append(sample_trajectory(2));
  EXPECT_EQ(reader.size(), 2);
}

TEST(TrajectoryStore, ManyTrajectoriesKeepTheirOwnSteps) {
  const ScratchFolder folder;
  TrajectoryStore store(folder / "a.db", Mode::kCreate);
  for (int i = 0; i < 40; ++i) store.append(sample_trajectory(100 + i, i % 7));
  for (int i = 0; i < 40; ++i) {
    expect_equal(sample_trajectory(100 + i, i % 7), store.read(i + 1));
  }
}

TEST(TrajectoryStore, SummariesListEveryTrajectory) {
  const ScratchFolder folder;
  TrajectoryStore store(folder / "a.db", Mode::kCreate);
  EXPECT_TRUE(store.summaries().empty());
  store.append(sample_trajectory(1, 2));
  Trajectory won = sample_trajectory(2, 4);
  won.end_reason = EndReason::kGoalReached;
  won.success = true;
  store.append(won);
  const std::vector<TrajectorySummary> summaries = store.summaries();
  ASSERT_EQ(summaries.size(), 2u);
  EXPECT_EQ(summaries[0].id, 1);
  EXPECT_EQ(summaries[0].num_steps, 2);
  EXPECT_FALSE(summaries[0].success);
  EXPECT_EQ(summaries[1].task_id, "shop/buy");
  EXPECT_EQ(summaries[1].instruction, won.instruction);
  EXPECT_EQ(summaries[1].end_reason, EndReason::kGoalReached);
  EXPECT_TRUE(summaries[1].success);
}

TEST(TrajectoryStore, DeletingAnEpisodeBySqlDeletesItsSteps) {
  const ScratchFolder folder;
  const auto path = folder / "a.db";
  {
    TrajectoryStore store(path, Mode::kCreate);
    store.append(sample_trajectory(1));
    store.append(sample_trajectory(2));
  }
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  ASSERT_EQ(
      sqlite3_exec(db, "PRAGMA foreign_keys = ON; DELETE FROM episodes WHERE id = 1",
                   nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_stmt* count = nullptr;
  sqlite3_prepare_v2(db, "SELECT COUNT(*) FROM steps", -1, &count, nullptr);
  ASSERT_EQ(sqlite3_step(count), SQLITE_ROW);
  EXPECT_EQ(sqlite3_column_int(count, 0), 3);
  sqlite3_finalize(count);
  sqlite3_close(db);
}

}  // namespace
}  // namespace paperphone::data

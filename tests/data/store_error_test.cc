// Every error by its text; and what was saved before one is still there after it.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <limits>

#include "data/store.h"
#include "env/base/error.h"
#include "tests/data/sample_trajectory.h"
#include "tests/scratch_folder.h"

namespace paperphone::data {
namespace {

using Mode = TrajectoryStore::Mode;

template <class Function>
std::string error_of(Function function) {
  try {
    function();
  } catch (const DataError& error) {
    return error.what();
  }
  return "no error";
}

std::string open_error(const std::filesystem::path& path, Mode mode) {
  return error_of([&] { TrajectoryStore(path, mode); });
}

void run_sql(const std::filesystem::path& path, const char* sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(db);
  sqlite3_close(db);
}

std::filesystem::path make_store(const ScratchFolder& folder, int trajectories = 3) {
  const auto path = folder / "a.db";
  TrajectoryStore store(path, Mode::kCreate);
  for (int i = 0; i < trajectories; ++i) store.append(sample_trajectory(i, 5));
  return path;
}

TEST(TrajectoryStoreErrors, AMissingFileIsNamedWithTheCommandThatMakesOne) {
  const ScratchFolder folder;
  const auto path = folder / "none.db";
  EXPECT_EQ(open_error(path, Mode::kRead),
            path.string() +
                ": no such file; make one with 'paperphone generate --out " +
                path.string() + "'");
  EXPECT_EQ(open_error(path, Mode::kAppend), open_error(path, Mode::kRead));
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TrajectoryStoreErrors, AFolderIsNotADatabase) {
  const ScratchFolder folder;
  EXPECT_EQ(open_error(folder.path(), Mode::kRead),
            folder.path().string() + ": not a file; name a trajectory database");
}

TEST(TrajectoryStoreErrors, TextAndEmptyFilesAreNotDatabases) {
  const ScratchFolder folder;
  for (const char* content :
       {"", "hello", "this is a text, longer than any header is"}) {
    const auto path = folder / "note.txt";
    std::ofstream(path, std::ios::trunc) << content;
    EXPECT_EQ(open_error(path, Mode::kRead),
              path.string() +
                  ": not a trajectory database; name a file written by 'paperphone "
                  "generate' or 'paperphone eval --out'");
  }
}

TEST(TrajectoryStoreErrors, ATruncatedFileIsRefusedWithItsSizes) {
  const ScratchFolder folder;
  const auto path = make_store(folder, 30);
  const auto full = std::filesystem::file_size(path);
  std::filesystem::resize_file(path, full / 2);
  EXPECT_EQ(open_error(path, Mode::kRead),
            path.string() + ": truncated: " + std::to_string(full / 2) + " of " +
                std::to_string(full) + " bytes; restore it from a copy");
  EXPECT_EQ(open_error(path, Mode::kAppend), open_error(path, Mode::kRead));
  std::filesystem::resize_file(path, 50);
  EXPECT_EQ(open_error(path, Mode::kRead),
            path.string() + ": truncated: 50 of 100 bytes; restore it from a copy");
}

TEST(TrajectoryStoreErrors, OverwrittenPagesAreReportedAsDamage) {
  const ScratchFolder folder;
  const auto path = make_store(folder, 30);
  const auto size = std::filesystem::file_size(path);
  {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    for (std::uintmax_t i = 4096; i < size; ++i) file.put('\x55');
  }
  const TrajectoryStore store(path, Mode::kRead);
  const std::string error = error_of([&] {
    for (std::int64_t id = 1; id <= 30; ++id) store.read(id);
  });
  EXPECT_EQ(error, path.string() +
                       ": cannot read: the file is damaged (database disk image is "
                       "malformed); restore it from a copy");
}

TEST(TrajectoryStoreErrors, ANewerFormatAsksForAnUpdate) {
  const ScratchFolder folder;
  const auto path = make_store(folder);
  run_sql(path, "PRAGMA user_version = 2");
  EXPECT_EQ(open_error(path, Mode::kRead),
            path.string() +
                ": written by a newer paperphone (format 2, this one reads 1); update "
                "paperphone");
  EXPECT_EQ(open_error(path, Mode::kAppend), open_error(path, Mode::kRead));
}

TEST(TrajectoryStoreErrors, AnotherProgramsDatabaseIsRefused) {
  const ScratchFolder folder;
  const auto path = folder / "other.db";
  run_sql(path, "CREATE TABLE t(x)");
  EXPECT_EQ(open_error(path, Mode::kRead),
            path.string() +
                ": a database of another program; name a file written by 'paperphone "
                "generate' or 'paperphone eval --out'");
}

TEST(TrajectoryStoreErrors, CreatingRefusesAnExistingFileAndLeavesItAlone) {
  const ScratchFolder folder;
  const auto path = make_store(folder);
  EXPECT_EQ(open_error(path, Mode::kCreate),
            path.string() + ": exists already; choose another name or remove it first");
  EXPECT_EQ(TrajectoryStore(path, Mode::kRead).size(), 3);
}

TEST(TrajectoryStoreErrors, CreatingInAMissingFolderSaysSo) {
  const ScratchFolder folder;
  const auto path = folder / "no/such/a.db";
  EXPECT_EQ(open_error(path, Mode::kCreate),
            path.string() +
                ": cannot create: No such file or directory; create the "
                "folder first");
}

TEST(TrajectoryStoreErrors, AnUnknownIdIsAnsweredWithTheKnownOnes) {
  const ScratchFolder folder;
  const auto path = make_store(folder);
  const TrajectoryStore store(path, Mode::kRead);
  EXPECT_EQ(error_of([&] { store.read(12); }),
            path.string() + ": no trajectory 12 (it has 3, from 1 to 3)");
  const auto empty = folder / "empty.db";
  TrajectoryStore(empty, Mode::kCreate);
  EXPECT_EQ(error_of([&] { TrajectoryStore(empty, Mode::kRead).read(1); }),
            empty.string() + ": no trajectory 1 (it has none)");
}

TEST(TrajectoryStoreErrors, MissingStepsAreDamage) {
  const ScratchFolder folder;
  const auto path = make_store(folder);
  run_sql(path, "DELETE FROM steps WHERE episode_id = 2 AND step = 4");
  const TrajectoryStore store(path, Mode::kRead);
  EXPECT_EQ(
      error_of([&] { store.read(2); }),
      path.string() + ": trajectory 2: 4 of 5 steps; restore the file from a copy");
  EXPECT_EQ(store.read(3).steps.size(), 5u);
}

TEST(TrajectoryStoreErrors, UnknownWordsAreDamage) {
  const ScratchFolder folder;
  const auto path = make_store(folder);
  run_sql(path,
          "UPDATE episodes SET end_reason = 'bored' WHERE id = 1;"
          "UPDATE steps SET outcome = 'odd' WHERE episode_id = 2 AND step = 1;"
          "UPDATE episodes SET metadata = '{' WHERE id = 3");
  const TrajectoryStore store(path, Mode::kRead);
  const std::string name = path.string();
  EXPECT_EQ(error_of([&] { store.read(1); }),
            name +
                ": trajectory 1: unknown end reason 'bored'; restore the file from a "
                "copy");
  EXPECT_EQ(error_of([&] { store.read(2); }),
            name +
                ": trajectory 2: step 1: unknown outcome 'odd'; restore the file from "
                "a copy");
  EXPECT_EQ(error_of([&] { store.read(3); }),
            name +
                ": trajectory 3: a column does not hold its JSON; restore the file "
                "from a copy");
}

TEST(TrajectoryStoreErrors, ARewardThatIsNotFiniteIsNotSaved) {
  const ScratchFolder folder;
  const auto path = make_store(folder);
  TrajectoryStore store(path, Mode::kAppend);
  Trajectory bad = sample_trajectory(9);
  bad.steps[1].reward = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(error_of([&] { store.append(bad); }),
            path.string() +
                ": cannot save step 1: a reward term is nan; rewards must be "
                "finite");
  EXPECT_EQ(store.size(), 3);
}

TEST(TrajectoryStoreErrors, ReadOnlyStoresRefuseToAppend) {
  const ScratchFolder folder;
  const auto path = make_store(folder);
  TrajectoryStore store(path, Mode::kRead);
  EXPECT_EQ(error_of([&] { store.append(sample_trajectory(1)); }),
            path.string() +
                ": cannot save: attempt to write a readonly database; choose "
                "a place that can be written");
}

// Files of this process cannot grow past `bytes` within its scope.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &old_limit_);
    const rlimit limit{bytes, old_limit_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_limit_);
    std::signal(SIGXFSZ, old_handler_);
  }

 private:
  rlimit old_limit_{};
  void (*old_handler_)(int) = nullptr;
};

TEST(TrajectoryStoreErrors, AFullDiskLosesOnlyTheTrajectoryBeingSaved) {
  const ScratchFolder folder;
  const auto path = make_store(folder);
  std::int64_t saved = 3;
  {
    TrajectoryStore store(path, Mode::kAppend);
    const FileSizeLimit limit(512 * 1024);
    const std::string error = error_of([&] {
      for (; saved < 1000; ++saved) store.append(sample_trajectory(saved, 60));
    });
    EXPECT_EQ(error, path.string() +
                         ": cannot save: the disk is full; free some space and try "
                         "again, trajectories saved before are intact");
    EXPECT_GT(saved, 10);
    EXPECT_EQ(store.size(), saved);
  }
  TrajectoryStore store(path, Mode::kAppend);
  EXPECT_EQ(store.size(), saved);
  for (const std::int64_t id : store.ids()) {
    EXPECT_EQ(store.read(id).seed, std::uint64_t(id - 1));
  }
  store.append(sample_trajectory(77));
  EXPECT_EQ(store.size(), saved + 1);
}

TEST(TrajectoryStoreErrors, AFullDiskAtCreationLeavesNoFile) {
  const ScratchFolder folder;
  const auto path = folder / "a.db";
  {
    const FileSizeLimit limit(2048);
    EXPECT_EQ(open_error(path, Mode::kCreate),
              path.string() +
                  ": cannot save: the disk is full; free some space and try again, "
                  "trajectories saved before are intact");
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace paperphone::data

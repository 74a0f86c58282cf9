#include "rl/run/metrics.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "env/base/host/file.h"

namespace paperphone::rl {
namespace {

class MetricsLogTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / "metrics_log_test";
    std::filesystem::remove_all(folder_);
    make_folder(folder_);
  }
  std::vector<std::string> lines() const {
    std::istringstream in(read_file(folder_ / "metrics.jsonl"));
    std::vector<std::string> out;
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
  }
  int rows() const {
    sqlite3* db = nullptr;
    sqlite3_open((folder_ / "metrics.db").c_str(), &db);
    sqlite3_stmt* query = nullptr;
    sqlite3_prepare_v2(db, "SELECT count(*) FROM metrics", -1, &query, nullptr);
    sqlite3_step(query);
    const int count = sqlite3_column_int(query, 0);
    sqlite3_finalize(query);
    sqlite3_close(db);
    return count;
  }
  std::filesystem::path folder_;
};

TEST_F(MetricsLogTest, WritesJsonLinesAndRows) {
  MetricsLog log(folder_);
  log.add("stage1", 0, {{"loss", 1.5}, {"lr", 0.25}});
  EXPECT_EQ(lines(), (std::vector<std::string>{
                         R"({"stage":"stage1","step":0,"loss":1.5,"lr":0.25})"}));
  EXPECT_EQ(rows(), 2);
}

TEST_F(MetricsLogTest, WritesWhatIsNotANumberAsNull) {
  MetricsLog log(folder_);
  log.add("stage1", 0, {{"grad_norm", std::nan("")}});
  EXPECT_EQ(lines()[0], R"({"stage":"stage1","step":0,"grad_norm":null})");
}

TEST_F(MetricsLogTest, RewindForgetsWhatAResumedRunLogsAgain) {
  {
    MetricsLog log(folder_);
    for (int step = 0; step < 3; ++step) log.add("stage0", step, {{"loss", 1}});
    for (int step = 0; step < 5; ++step) log.add("stage1", step, {{"loss", 1}});
  }
  MetricsLog log(folder_);
  log.rewind({"stage0"}, "stage1", 2);
  EXPECT_EQ(lines().size(), 5u);
  EXPECT_EQ(rows(), 5);
  log.add("stage1", 2, {{"loss", 2}});
  EXPECT_EQ(lines().size(), 6u);
  EXPECT_EQ(rows(), 6);
}

TEST_F(MetricsLogTest, ALockThatIsHeldDelaysRowsAndNoUpdate) {
  MetricsLog log(folder_);
  log.add("stage1", 0, {{"loss", 1}});
  sqlite3* other = nullptr;
  sqlite3_open((folder_ / "metrics.db").c_str(), &other);
  sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
  std::thread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    sqlite3_exec(other, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close(other);
  });
  log.add("stage1", 1, {{"loss", 1}});
  release.join();
  EXPECT_EQ(rows(), 2);
}

TEST_F(MetricsLogTest, ADamagedDatabaseIsMadeAgainFromTheLines) {
  {
    MetricsLog log(folder_);
    for (int step = 0; step < 3; ++step) log.add("stage0", step, {{"loss", 1}});
  }
  write_file(folder_ / "metrics.db", std::string(8192, 'x'));
  write_file(folder_ / "metrics.jsonl",
             read_file(folder_ / "metrics.jsonl") + "{\"sta");
  MetricsLog log(folder_);
  log.rewind({}, "stage0", 2);
  EXPECT_EQ(rows(), 2);
  EXPECT_EQ(lines().size(), 2u);
  EXPECT_EQ(read_file(folder_ / "metrics.db.damaged"), std::string(8192, 'x'));
}

}  // namespace
}  // namespace paperphone::rl

#include "rl/run/metrics_reader.h"

#include <gtest/gtest.h>

#include <fstream>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "tests/scratch_folder.h"

namespace paperphone::rl {
namespace {

class MetricsReaderTest : public ::testing::Test {
 protected:
  void append(const std::string& text) const {
    std::ofstream(path_, std::ios::app) << text;
  }
  std::vector<std::int64_t> steps() {
    std::vector<std::int64_t> out;
    for (const MetricRecord& record : reader_.read().records)
      out.push_back(record.step);
    return out;
  }
  ScratchFolder folder_;
  std::filesystem::path path_ = folder_ / "metrics.jsonl";
  MetricsReader reader_{path_};
};
using Steps = std::vector<std::int64_t>;

TEST_F(MetricsReaderTest, ReadsEachTimeWhatIsNew) {
  EXPECT_EQ(steps(), Steps{}) << "no file yet";
  append(R"({"stage":"a","step":0,"loss":1})"
         "\n"
         R"({"stage":"a","step":1})"
         "\n");
  EXPECT_EQ(steps(), (Steps{0, 1}));
  EXPECT_EQ(steps(), Steps{});
  append(R"({"stage":"a","step":2})"
         "\n");
  EXPECT_EQ(steps(), Steps{2});
}

TEST_F(MetricsReaderTest, WaitsForTheEndOfALine) {
  append(R"({"stage":"a",)");
  EXPECT_EQ(steps(), Steps{});
  append(R"("step":3})"
         "\n");
  EXPECT_EQ(steps(), Steps{3});
}

TEST_F(MetricsReaderTest, LeavesOutWhatIsNoRecord) {
  append("\nrubbish\n[]\n{\"stage\":1,\"step\":2}\n{\"stage\":\"a\",\"step\":4}\n");
  EXPECT_EQ(steps(), Steps{4});
}

TEST_F(MetricsReaderTest, BeginsAnewWithAFileThatWasCut) {
  append(R"({"stage":"a","step":0})"
         "\n"
         R"({"stage":"a","step":1})"
         "\n{");
  EXPECT_FALSE(reader_.read().is_anew);
  write_file(path_, "{\"stage\":\"a\",\"step\":0}\n");  // as a run does that is resumed
  const MetricsReader::News news = reader_.read();
  EXPECT_TRUE(news.is_anew);
  EXPECT_EQ(news.records.size(), 1u);
  std::filesystem::resize_file(path_, 0);
  EXPECT_TRUE(reader_.read().is_anew);
  EXPECT_FALSE(reader_.read().is_anew);
}

TEST_F(MetricsReaderTest, SaysWhatCannotBeRead) {
  std::filesystem::create_directory(path_);
  try {
    reader_.read();
    FAIL() << "no error";
  } catch (const DataError& error) {
    EXPECT_EQ(std::string(error.what()),
              path_.string() + ": cannot be read: Is a directory");
  }
}

}  // namespace
}  // namespace paperphone::rl

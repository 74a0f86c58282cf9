// Event files as others read them: record by record, each by Debian's protoc.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

#include "env/base/bytes.h"
#include "env/base/host/file.h"
#include "rl/run/crc32c.h"
#include "rl/run/metrics.h"
#include "rl/run/tensorboard_events.h"
#include "tests/scratch_folder.h"

namespace paperphone::rl {
namespace {

namespace fs = std::filesystem;

std::span<const std::uint8_t> raw(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
std::string text_of(std::span<const std::uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}

// The data of each record, whose lengths and sums are right.
std::vector<std::string> records_of(const std::string& file) {
  std::vector<std::string> out;
  ByteReader in(raw(file), "events");
  while (in.left() > 0) {
    const std::string length = text_of(in.get_raw(8));
    EXPECT_EQ(in.get<std::uint32_t>(), masked_crc32c(length));
    out.push_back(
        text_of(in.get_raw(ByteReader(raw(length), "").get<std::uint64_t>())));
    EXPECT_EQ(in.get<std::uint32_t>(), masked_crc32c(out.back()));
  }
  return out;
}

// An Event as text.
std::string decoded(const std::string& event) {
  const ScratchFolder folder;
  write_file(folder / "event", event);
  const std::string command =
      "protoc --proto_path=tests/rl/data --decode=paperphone.Event event.proto <" +
      (folder / "event").string() + " >" + (folder / "text").string();
  if (std::system(command.c_str()) != 0)
    return "protoc failed; is it there? apt-get install protobuf-compiler";
  return read_file(folder / "text");
}

TEST(Crc32c, HasTheCheckValue) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(""), 0u);
}

// RFC 3720, appendix B.4.
TEST(Crc32c, IsThatOfTheStandard) {
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62A8AB43u);
}

TEST(TensorboardEvents, FieldByFieldByHand) {
  using std::string_literals::operator""s;
  EXPECT_EQ(version_event(1.0),
            "\x09\0\0\0\0\0\0\xf0\x3f"  // wall_time: field 1, 64 bits
            "\x1a\x0d"
            "brain.Event:2"s);  // file_version: field 3, 13 bytes
  EXPECT_EQ(scalars_event({"s", 0, {{"m", 0.5}, {kUnixTime, 2.0}}}, 300),
            "\x09\0\0\0\0\0\0\0\x40"
            "\x10\xac\x02"       // step: field 2, 300 in sevens of bits
            "\x2a\x0c"           // summary: field 5
            "\x0a\x0a"           // value: field 1
            "\x0a\x03s/m"        // tag: field 1
            "\x15\0\0\0\x3f"s);  // simple_value: field 2, 32 bits
}

TEST(TensorboardLog, IsReadByProtoc) {
  const ScratchFolder folder;
  MetricsLog log(folder.path(), {{"stage1", 0}, {"stage2", 100}});
  log.add("stage1", 0, {{"loss", 1.5}, {kUnixTime, 1000.5}});
  log.add("stage2", 7, {{"reward", -0.25}, {"format", 0}, {kUnixTime, 1001}});
  const auto records = records_of(read_file(folder / kEventsFile));
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(decoded(records[0]),
            "wall_time: 1000.5\nfile_version: \"brain.Event:2\"\n");
  EXPECT_EQ(decoded(records[1]),
            "wall_time: 1000.5\n"
            "summary {\n  value {\n    tag: \"stage1/loss\"\n    simple_value: 1.5\n"
            "  }\n}\n");
  EXPECT_EQ(decoded(records[2]),
            "wall_time: 1001\nstep: 107\n"
            "summary {\n  value {\n    tag: \"stage2/format\"\n    simple_value: 0\n"
            "  }\n  value {\n    tag: \"stage2/reward\"\n    simple_value: -0.25\n"
            "  }\n}\n");
}

TEST(TensorboardLog, WhatIsNotFiniteIsNotANumber) {
  const auto text = [](double value) {
    return decoded(scalars_event({"s", 0, {{"m", value}}}, 0));
  };
  for (const double value : {std::nan(""), HUGE_VAL, -1e300})
    EXPECT_EQ(
        text(value),
        "summary {\n  value {\n    tag: \"s/m\"\n    simple_value: nan\n  }\n}\n");
}

TEST(TensorboardLog, AResumedRunHasTheFileOfOneThatWasNot) {
  const ScratchFolder folder;
  const auto add = [](MetricsLog& log, int step, double loss) {
    log.add("one", step,
            {{"loss", loss}, {"none", NAN}, {kUnixTime, 1e9 + step / 3.0}});
  };
  {
    make_folder(folder / "whole");
    MetricsLog log(folder / "whole");
    for (int step = 0; step < 4; ++step) add(log, step, step);
  }
  {
    make_folder(folder / "pieces");
    MetricsLog log(folder / "pieces");
    for (int step = 0; step < 3; ++step) add(log, step, step < 2 ? step : 99);
  }
  {
    MetricsLog log(folder / "pieces");
    log.rewind({}, "one", 2);
    for (int step = 2; step < 4; ++step) add(log, step, step);
  }
  EXPECT_EQ(read_file(folder / "pieces" / kEventsFile),
            read_file(folder / "whole" / kEventsFile));
}

TEST(TensorboardLog, WhatCannotBeWrittenWaits) {
  const ScratchFolder folder;
  write_file(folder / "tensorboard", "in the way");
  MetricsLog log(folder.path());
  log.add("one", 0, {{"loss", 1}});
  log.add("one", 1, {{"loss", 1}});
  fs::remove(folder / "tensorboard");
  log.add("one", 2, {{"loss", 1}});
  EXPECT_EQ(records_of(read_file(folder / kEventsFile)).size(), 4u);
  fs::remove_all(folder / "tensorboard");
  write_file(folder / "tensorboard", "in the way");
  log.rewind({}, "one", 1);  // the old file may not come back with what was forgotten
  log.add("one", 1, {{"loss", 2}});
  fs::remove(folder / "tensorboard");
  log.add("one", 2, {{"loss", 2}});
  EXPECT_EQ(records_of(read_file(folder / kEventsFile)).size(), 4u);
}

}  // namespace
}  // namespace paperphone::rl

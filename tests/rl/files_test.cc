#include "rl/run/files.h"

#include <gtest/gtest.h>

#include "env/base/error.h"

namespace paperphone::rl {
namespace {

TEST(Files, WritesAreReadBackAndLeaveNoTemporary) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "files_test.txt";
  write_file_atomically(path, "one");
  write_file_atomically(path, "two");
  EXPECT_EQ(read_text_file(path), "two");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".tmp"));
}

TEST(Files, AFullDiskLeavesTheOldFileAndNamesThePath) {
  // A write to /dev/full fails like one to a full disk; here the folder is missing.
  try {
    write_file_atomically("/nowhere/at/all.txt", "x");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_STREQ(error.what(),
                 "/nowhere/at/all.txt: cannot be written, is the disk full or the "
                 "folder read-only?");
  }
}

}  // namespace
}  // namespace paperphone::rl

#include "env/base/host/file.h"

#include <gtest/gtest.h>

#include "env/base/error.h"
#include "tests/scratch_folder.h"

namespace paperphone {
namespace {

namespace fs = std::filesystem;

template <class Function>
std::string error_of(const Function& function) {
  try {
    function();
  } catch (const DataError& error) {
    return error.what();
  }
  return "no error";
}

TEST(File, WritesAreReadBackAndLeaveNothingBeside) {
  const ScratchFolder folder;
  const fs::path path = folder.path() / "a.txt";
  write_file(path, "one");
  write_file(path, "two");
  EXPECT_EQ(read_file(path), "two");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(File, LinksAndPermissionsStay) {
  const ScratchFolder folder;
  const fs::path path = folder.path() / "a.txt", link = folder.path() / "link";
  write_file(path, "one");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a.txt", link);
  write_file(link, "two");
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(read_file(path), "two");
  EXPECT_EQ(fs::status(path).permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST(File, AWriterThatIsNotCommittedLeavesTheOldFile) {
  const ScratchFolder folder;
  const fs::path path = folder.path() / "a.txt";
  write_file(path, "old");
  {
    FileWriter writer(path);
    writer.write("new");
  }
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
}

TEST(File, WhatCannotBeWrittenIsNamedWithTheReason) {
  EXPECT_EQ(error_of([] { write_file("/nowhere/at/all.txt", "x"); }),
            "/nowhere/at/all.txt: cannot be written: No such file or directory; "
            "create the folder first");
}

TEST(File, AFullDiskIsAnErrorAndLeavesTheOldFile) {
  const ScratchFolder folder;
  const fs::path path = folder.path() / "a.txt";
  write_file(path, "old");
  fs::create_symlink("/dev/full", folder.path() / partial_name("a.txt"));  // as a full disk answers
  EXPECT_EQ(error_of([&] { write_file(path, std::string(100000, 'x')); }),
            path.string() + ": cannot be written: No space left on device; free some "
                            "space or choose another place");
  EXPECT_EQ(read_file(path), "old");
}

TEST(File, WhatCannotBeReadIsNamedWithTheReason) {
  EXPECT_EQ(error_of([] { read_file("/nowhere"); }),
            "/nowhere: cannot be read: No such file or directory");
  EXPECT_EQ(error_of([] { read_file("/tmp"); }), "/tmp: cannot be read: Is a directory");
}

}  // namespace
}  // namespace paperphone

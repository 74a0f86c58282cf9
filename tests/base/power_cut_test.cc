// What a power cut leaves is what the disk was told to keep, and in which order. This
// program's own fsync() and renames stand before the system's and write down who calls.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>
#include <vector>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/owned_folder.h"
#include "tests/scratch_folder.h"

namespace {

std::vector<std::string>* calls = nullptr;  // null: nobody listens
int sync_fails_with = 0;

void note(const std::string& call) {
  if (calls != nullptr) calls->push_back(call);
}

}  // namespace

extern "C" int fsync(int file) {
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  std::error_code error;
  note("sync " + std::filesystem::read_symlink(link, error).filename().string());
  if (sync_fails_with != 0) {
    errno = sync_fails_with;
    return -1;
  }
  return int(::syscall(SYS_fsync, file));
}

extern "C" int rename(const char* from, const char* to) noexcept {
  note("name " + std::filesystem::path(to).filename().string());
  return int(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0u));
}

extern "C" int renameat2(int from_folder, const char* from, int to_folder,
                         const char* to, unsigned flags) noexcept {
  note("name " + std::filesystem::path(to).filename().string());
  return int(::syscall(SYS_renameat2, from_folder, from, to_folder, to, flags));
}

namespace paperphone {
namespace {

namespace fs = std::filesystem;

class PowerCut : public ::testing::Test {
 protected:
  PowerCut() { fs::create_directory(place_); }
  ~PowerCut() override {
    calls = nullptr;
    sync_fails_with = 0;
  }
  std::vector<std::string> during(const auto& work) {
    std::vector<std::string> out;
    calls = &out;
    work();
    calls = nullptr;
    return out;
  }

  const ScratchFolder scratch_;
  const fs::path place_ = scratch_.path() / "place";
};

using Calls = std::vector<std::string>;

TEST_F(PowerCut, BytesAreOnTheDiskBeforeTheNameAndTheNameAfterwards) {
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(during([&] { write_file(place_ / "a", "x", Lasts::kPowerCut); }),
              (Calls{"sync .a.paperphone-part", "name a", "sync place"}));
}

TEST_F(PowerCut, WhatComesByTheThousandIsNotWaitedFor) {
  EXPECT_EQ(during([&] { write_file(place_ / "a", "x"); }), Calls{"name a"});
}

TEST_F(PowerCut, AFolderIsOnTheDiskWithAllItsFilesBeforeItsName) {
  for (int i = 0; i < 2; ++i) {  // a new one, and in place of another
    const Calls all = during([&] {
      NewFolder folder(place_ / "agent", "agent");
      make_folder(folder.path() / "deep" / "er");
      write_file(folder.path() / "file", "one");
      write_file(folder.path() / "deep" / "er" / "two", "two");
      folder.commit();
    });
    const auto at = [&](const std::string& call) {
      return std::find(all.begin(), all.end(), call) - all.begin();
    };
    const std::string work = ".agent.paperphone-new", mark(kMarkFile);
    // So that what is left of half a folder can be told to be ours.
    EXPECT_EQ(
        Calls(all.begin(), all.begin() + 3),
        (Calls{"sync ." + mark + ".paperphone-part", "name " + mark, "sync " + work}));
    for (const char* name : {"sync file", "sync two", "sync deep", "sync er"})
      EXPECT_LT(at(name), at("name agent")) << name;
    EXPECT_LT(at("sync two"), at("sync er"));
    ASSERT_LT(at("name agent"), std::ptrdiff_t(all.size()));
    EXPECT_EQ(*(all.begin() + at("name agent") - 1), "sync " + work);
    EXPECT_EQ(*(all.begin() + at("name agent") + 1), "sync place");
  }
}

TEST_F(PowerCut, AFullOrBrokenDiskIsFoundBeforeTheOldFileIsGone) {
  write_file(place_ / "a", "old");
  for (const int why : {ENOSPC, EIO}) {
    sync_fails_with = why;
    EXPECT_THROW(write_file(place_ / "a", "new", Lasts::kPowerCut), DataError);
    EXPECT_EQ(read_file(place_ / "a"), "old");
  }
  sync_fails_with = EINVAL;  // a file system that knows no such thing
  write_file(place_ / "a", "new", Lasts::kPowerCut);
  EXPECT_EQ(read_file(place_ / "a"), "new");
}

}  // namespace
}  // namespace paperphone

#include "env/base/host/owned_folder.h"

#include <gtest/gtest.h>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "tests/scratch_folder.h"

namespace paperphone {
namespace {

namespace fs = std::filesystem;

template <class Function>
std::string refusal(const Function& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

void make(const fs::path& place, const std::string& text,
          NewFolder::Others others = NewFolder::Others::kRefuse) {
  NewFolder folder(place, "agent", others);
  make_folder(folder.path() / "deep");
  write_file(folder.path() / "deep" / "file", text);
  folder.commit();
}

std::size_t entries(const fs::path& folder) {
  return std::size_t(std::distance(fs::directory_iterator(folder), {}));
}

class OwnedFolder : public ::testing::Test {
 protected:
  const ScratchFolder scratch_;
  const fs::path place_ = scratch_.path() / "run";
};

TEST_F(OwnedFolder, TakesTheOldOnesPlaceWholeAndLeavesNothingBeside) {
  for (const std::string text : {"one", "two"}) {
    make(place_, text);
    EXPECT_EQ(read_file(place_ / "deep" / "file"), text);
    EXPECT_EQ(damage_of(place_), std::nullopt);
  }
  EXPECT_EQ(entries(scratch_.path()), 1u);
  write_file(place_ / "deep" / "file", "three");
  EXPECT_EQ(damage_of(place_), "deep/file");
}

TEST_F(OwnedFolder, WhatOthersMadeIsInTheWay) {
  make_folder(place_);
  make(place_, "into an empty one");
  write_file(place_ / "notes.txt", "mine");
  EXPECT_EQ(refusal([&] { make(place_, "two"); }),
            place_.string() + ": is in the way: paperphone did not make notes.txt in it; "
                              "choose another place or move it");
  fs::remove(place_ / "notes.txt");
  write_file(place_ / "deep" / "file", "mine");
  EXPECT_NE(refusal([&] { make(place_, "two"); }).find("deep/file in it has been changed"),
            std::string::npos);
  fs::remove(place_ / kMarkFile);
  EXPECT_NE(refusal([&] { make(place_, "two"); }).find("did not make what is in"),
            std::string::npos);
  EXPECT_EQ(read_file(place_ / "deep" / "file"), "mine");
  write_file(scratch_.path() / "file", "x");
  EXPECT_NE(refusal([&] { make(scratch_.path() / "file", "x"); }).find("a file, not a"),
            std::string::npos);
  fs::create_symlink("nowhere", scratch_.path() / "link");
  EXPECT_NE(refusal([&] { make(scratch_.path() / "link", "x"); }).find("leads nowhere"),
            std::string::npos);
  EXPECT_EQ(entries(scratch_.path()), 3u);
}

TEST_F(OwnedFolder, OthersFilesMoveIntoTheNewOneWhereTheyAreKept) {
  make(place_, "one");
  write_file(place_ / "notes.txt", "mine");
  make(place_, "two", NewFolder::Others::kKeep);
  EXPECT_EQ(read_file(place_ / "notes.txt"), "mine");
  EXPECT_EQ(read_file(place_ / "deep" / "file"), "two");
  EXPECT_EQ(entries(scratch_.path()), 1u);
}

TEST_F(OwnedFolder, ALinkStaysALink) {
  make_folder(scratch_.path() / "far");
  fs::create_symlink("far", place_);
  make(place_, "one");
  EXPECT_TRUE(fs::is_symlink(place_));
  EXPECT_EQ(read_file(scratch_.path() / "far" / "deep" / "file"), "one");
}

TEST_F(OwnedFolder, WhatIsNotCommittedChangesNothing) {
  make(place_, "one");
  {
    NewFolder folder(place_, "agent");
    write_file(folder.path() / "file", "two");
    EXPECT_NE(refusal([&] { NewFolder(place_, "agent"); }).find("another process"),
              std::string::npos);
  }
  EXPECT_EQ(read_file(place_ / "deep" / "file"), "one");
  EXPECT_EQ(entries(scratch_.path()), 1u);
}

TEST_F(OwnedFolder, WhatAKilledProcessLeftGoesWithTheNext) {
  const fs::path work = scratch_.path() / ".run.paperphone-new";
  make_folder(work);
  make(place_, "one");
  make_folder(work);
  write_mark(work, {.kind = "agent", .complete = false, .files = {}});
  write_file(work / "half", "x");
  make(place_, "two");
  EXPECT_EQ(entries(scratch_.path()), 1u);
  make_folder(work);
  write_file(work / "mine", "x");
  EXPECT_NE(refusal([&] { make(place_, "three"); }).find("did not make it"),
            std::string::npos);
  EXPECT_EQ(read_file(place_ / "deep" / "file"), "two");
}

TEST_F(OwnedFolder, RemovingTakesOnlyWhatWasMade) {
  make(place_, "one");
  remove_made_folder(place_, "checkpoint");
  EXPECT_TRUE(fs::exists(place_ / "deep" / "file"));
  write_file(place_ / "notes.txt", "mine");
  remove_made_folder(place_, "agent");
  EXPECT_EQ(entries(place_), 1u);
  fs::remove(place_ / "notes.txt");
  make(place_, "one");
  remove_made_folder(place_, "agent");
  EXPECT_FALSE(fs::exists(place_));
}

TEST_F(OwnedFolder, SingleFilesAreKnownByTheirFirstWords) {
  const fs::path file = scratch_.path() / "file";
  check_replaceable_file(file);
  write_file(file, "");
  check_replaceable_file(file);
  write_file(file, "<svg/><!-- made by paperphone -->");
  check_replaceable_file(file);
  write_file(file, "three years of work");
  EXPECT_EQ(refusal([&] { check_replaceable_file(file); }),
            file.string() + ": is in the way: paperphone did not make this file; choose "
                            "another place or move it");
}

TEST_F(OwnedFolder, OneProcessHoldsTheLock) {
  make_folder(place_);
  {
    const auto lock = FolderLock::take(place_);
    EXPECT_TRUE(lock);
    EXPECT_FALSE(FolderLock::take(place_));
  }
  EXPECT_TRUE(FolderLock::take(place_));
}

}  // namespace
}  // namespace paperphone

// What may be replaced or removed: what this program made, and can be seen to have
// made.
//
// A folder that it makes begins with a mark, the file made_by_paperphone:
//
//   made by paperphone: agent
//   complete                                       (or: being made)
//   0123456789abcdef0123456789abcdef config.json   (hash and name of each file)
//
// A single file carries the words "made by paperphone" within its first 4 KiB. Whatever
// lacks the mark is somebody else's and stays; where it is in the way the work is
// refused before it begins.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "env/base/hash.h"

namespace paperphone {

inline constexpr std::string_view kMarkFile = "made_by_paperphone";
inline constexpr std::string_view kMarkWords = "made by paperphone";

struct FolderMark {
  std::string kind;  // "agent", "checkpoint", "run"
  bool complete = false;
  std::map<std::string, std::optional<Hash128>> files;  // by path from the folder
};

// nullopt: the folder has none that can be read.
std::optional<FolderMark> read_mark(const std::filesystem::path& folder);
void write_mark(const std::filesystem::path& folder, const FolderMark& mark);

// The first file that is missing or not as it was made; nullopt: the folder is whole.
std::optional<std::string> damage_of(const std::filesystem::path& folder);

// Throws DataError unless a file may be written there: nothing is there yet, or an
// empty file, or one that carries the mark (or other `words` that only this program
// would write); a link is followed. Devices and pipes may be written to.
void check_replaceable_file(const std::filesystem::path& file,
                            std::string_view words = kMarkWords);
// The same for a folder as a whole: nothing is there, or it is empty, or it carries the
// mark of this kind and holds nothing else than what was made, as it was made.
void check_replaceable_folder(const std::filesystem::path& folder,
                              std::string_view kind);
// Throws DataError unless files may be put into this folder: it is there, or can be
// made.
void check_folder_to_write(const std::filesystem::path& folder);

// Throws DataError: "PATH: is in the way: WHY; ...".
[[noreturn]] void in_the_way(const std::filesystem::path& path, std::string_view why);

// Removes the files that its mark names, and the folder unless it holds others; one of
// another kind or without a mark stays as it is.
void remove_made_folder(const std::filesystem::path& folder, std::string_view kind);

// A folder that appears whole: made beside its place, and put there at the end in one
// move, in place of one that may be replaced. What a process left behind that was
// killed meanwhile goes with the next.
class NewFolder {
 public:
  enum class Others {
    kRefuse,  // files of other people in the folder to be replaced are in the way
    kKeep,    // they move into the new one
  };
  // Throws DataError for whatever is in the way.
  NewFolder(const std::filesystem::path& place, std::string kind,
            Others others = Others::kRefuse);
  ~NewFolder();  // without commit(): nothing has changed
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  const std::filesystem::path& path() const { return work_; }  // to be filled
  // Lasts through a power cut, files before names. Throws DataError: nothing has
  // changed.
  void commit();

 private:
  void check_place() const;
  void tidy_work(bool keep_others) const;

  std::filesystem::path place_;
  std::filesystem::path work_;
  std::string kind_;
  Others others_;
  int lock_ = -1;  // of the folder at work_
};

// One process at a time in a folder, as long as this lives.
class FolderLock {
 public:
  // nullopt: another process holds it.
  static std::optional<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int file) : file_(file) {}
  int file_;
};

}  // namespace paperphone

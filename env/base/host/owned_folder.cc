#include "env/base/host/owned_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <memory>
#include <set>
#include <sstream>
#include <system_error>
#include <utility>

#include "env/base/error.h"
#include "env/base/host/file.h"

namespace paperphone {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kComplete = "complete", kBeingMade = "being made";
constexpr std::string_view kUnknownHash = "-";

std::string text_of(int error_number) {
  return std::generic_category().message(error_number);
}

std::optional<Hash128> hash_of_digits(std::string_view digits) {
  Hash128 hash;
  if (digits.size() != 32) return std::nullopt;
  const auto read = [&](std::size_t at, std::uint64_t& word) {
    const char* begin = digits.data() + at;
    return std::from_chars(begin, begin + 16, word, 16).ptr == begin + 16;
  };
  if (!read(0, hash.high) || !read(16, hash.low)) return std::nullopt;
  return hash;
}

// nullopt: it is no file that can be read.
std::optional<Hash128> hash_of_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return std::nullopt;
  struct stat status {};
  std::optional<Hash128> hash;
  if (::fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
    const auto size = std::size_t(status.st_size);
    void* bytes =
        size == 0 ? nullptr : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
    if (size == 0) {
      hash = hash_bytes(std::string_view());
    } else if (bytes != MAP_FAILED) {
      hash = hash_bytes(std::string_view(static_cast<const char*>(bytes), size));
      ::munmap(bytes, size);
    }
  }
  ::close(file);
  return hash;
}

// Everything in it but folders and its own mark, by path from it, in order.
std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().lexically_relative(folder).string();
    if (name != kMarkFile && (at->is_symlink() || !at->is_directory()))
      out.push_back(name);
  }
  if (error) in_the_way(folder, fmt::format("it cannot be read: {}", error.message()));
  std::sort(out.begin(), out.end());
  return out;
}

// An empty folder is nobody's loss, nor is one whose mark was not yet written.
bool is_vacant(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().filename() != partial_name(kMarkFile)) return false;
  return !error;
}

void remove_empty_folders(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::path> inner;
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored))
    if (entry.is_directory() && !entry.is_symlink()) inner.push_back(entry.path());
  std::reverse(inner.begin(), inner.end());  // the deeper ones first
  inner.push_back(folder);
  for (const fs::path& path : inner) ::rmdir(path.c_str());
}

// Where links lead, without a slash at the end.
fs::path real_place(const fs::path& path) {
  if (path.empty()) throw ConfigError("the name of a folder is empty");
  std::error_code error;
  if (fs::is_symlink(fs::symlink_status(path, error)) && !fs::exists(path, error))
    in_the_way(path, "it is a link that leads nowhere");
  fs::path place = fs::weakly_canonical(fs::absolute(path), error);
  if (error) in_the_way(path, error.message());
  return place.has_filename() ? place : place.parent_path();
}

int lock_folder(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return -1;
  if (::flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return file;
  ::close(file);  // somebody else's; where there are no locks nobody has any
  return -1;
}

}  // namespace

void in_the_way(const fs::path& path, std::string_view why) {
  throw DataError(fmt::format("{}: is in the way: {}; choose another place or move it",
                              path.string(), why));
}

std::optional<FolderMark> read_mark(const fs::path& folder) {
  std::error_code error;
  const fs::path file = folder / kMarkFile;
  if (!fs::is_regular_file(fs::symlink_status(file, error))) return std::nullopt;
  std::istringstream in;
  try {
    in.str(read_file(file));
  } catch (const DataError&) {
    return std::nullopt;
  }
  FolderMark mark;
  std::string line;
  const std::string begin = fmt::format("{}: ", kMarkWords);
  if (!std::getline(in, line) || !line.starts_with(begin)) return std::nullopt;
  mark.kind = line.substr(begin.size());
  if (!std::getline(in, line)) return std::nullopt;
  mark.complete = line == kComplete;
  while (std::getline(in, line)) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) return std::nullopt;
    mark.files[line.substr(space + 1)] =
        hash_of_digits(std::string_view(line).substr(0, space));
  }
  return mark;
}

void write_mark(const fs::path& folder, const FolderMark& mark) {
  std::string text = fmt::format("{}: {}\n{}\n", kMarkWords, mark.kind,
                                 mark.complete ? kComplete : kBeingMade);
  for (const auto& [name, hash] : mark.files)
    text += fmt::format("{} {}\n", hash ? hash->hex() : kUnknownHash, name);
  write_file(folder / kMarkFile, text, Lasts::kPowerCut);
}

std::optional<std::string> damage_of(const fs::path& folder) {
  const auto mark = read_mark(folder);
  if (!mark || !mark->complete) return std::string(kMarkFile);
  for (const auto& [name, hash] : mark->files)
    if (hash && hash_of_file(folder / name) != hash) return name;
  return std::nullopt;
}

void check_replaceable_file(const fs::path& file, std::string_view words) {
  if (file.empty()) throw ConfigError("the name of a file is empty");
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (!fs::exists(status)) {
    if (fs::is_symlink(fs::symlink_status(file, error)))
      in_the_way(file, "it is a link that leads nowhere");
    return;
  }
  if (fs::is_directory(status)) in_the_way(file, "it is a folder");
  if (!fs::is_regular_file(status)) return;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(file.c_str(), "rb"),
                                                     std::fclose);
  if (!in) in_the_way(file, fmt::format("it cannot be read: {}", text_of(errno)));
  std::string begin(4096, '\0');
  begin.resize(std::fread(begin.data(), 1, begin.size(), in.get()));
  if (!begin.empty() && begin.find(words) == std::string::npos)
    in_the_way(file, "paperphone did not make this file");
}

void check_replaceable_folder(const fs::path& folder, std::string_view kind) {
  const fs::path place = real_place(folder);
  std::error_code error;
  const fs::file_status status = fs::status(place, error);
  if (error && status.type() == fs::file_type::none)
    in_the_way(folder, error.message());
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) in_the_way(folder, "it is a file, not a folder");
  if (is_vacant(place)) return;
  const auto mark = read_mark(place);
  if (!mark) in_the_way(folder, "paperphone did not make what is in this folder");
  if (mark->kind != kind)
    in_the_way(folder, fmt::format("it holds something else: {}", mark->kind));
  for (const std::string& name : files_in(place)) {
    const auto made = mark->files.find(name);
    if (made == mark->files.end())
      in_the_way(folder, fmt::format("paperphone did not make {} in it", name));
    if (made->second && hash_of_file(place / name) != made->second)
      in_the_way(folder, fmt::format("{} in it has been changed since", name));
  }
}

void check_folder_to_write(const fs::path& folder) {
  const fs::path place = real_place(folder);
  std::error_code error;
  if (fs::exists(place, error) && !fs::is_directory(place, error))
    in_the_way(folder, "it is a file, not a folder");
}

void remove_made_folder(const fs::path& folder, std::string_view kind) {
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(folder, error))) return;
  const auto mark = read_mark(folder);
  if (!mark || mark->kind != kind) return;
  for (const auto& [name, hash] : mark->files) fs::remove(folder / name, error);
  fs::remove(folder / kMarkFile, error);
  remove_empty_folders(folder);
}

NewFolder::NewFolder(const fs::path& place, std::string kind, Others others)
    : place_(real_place(place)), kind_(std::move(kind)), others_(others) {
  work_ = place_.parent_path() /
          fmt::format(".{}.paperphone-new", place_.filename().string());
  check_place();
  make_folder(place_.parent_path());
  std::error_code error;
  if (fs::exists(fs::symlink_status(work_, error))) {
    const bool ours = fs::is_directory(fs::symlink_status(work_, error)) &&
                      (is_vacant(work_) || read_mark(work_));
    if (!ours) in_the_way(work_, "paperphone did not make it");
    lock_ = lock_folder(work_);
    if (lock_ < 0) in_the_way(work_, "another process is at work there");
    tidy_work(others_ == Others::kKeep);
    ::close(std::exchange(lock_, -1));
  }
  fs::create_directory(work_, error);
  if (error || (lock_ = lock_folder(work_)) < 0)
    throw DataError(
        fmt::format("{}: cannot be made: {}", work_.string(),
                    error ? error.message() : "another process is at work"));
  try {
    write_mark(work_, {.kind = kind_, .complete = false, .files = {}});
  } catch (...) {
    ::close(lock_);
    ::rmdir(work_.c_str());
    throw;
  }
}

NewFolder::~NewFolder() {
  if (lock_ < 0) return;
  tidy_work(/*keep_others=*/false);
  ::close(lock_);
}

// What is there now may go.
void NewFolder::check_place() const {
  if (others_ == Others::kRefuse) return check_replaceable_folder(place_, kind_);
  std::error_code error;
  if (!fs::exists(place_, error)) return;
  if (!fs::is_directory(place_, error))
    in_the_way(place_, "it is a file, not a folder");
  const auto mark = read_mark(place_);
  if (!is_vacant(place_) && (!mark || mark->kind != kind_))
    in_the_way(place_, "paperphone did not make what is in this folder");
}

// The folder beside goes: half of a new one, or the old one after the change of places.
void NewFolder::tidy_work(bool keep_others) const {
  std::error_code error;
  const auto mark = read_mark(work_);
  if (!mark) {  // vacant
    fs::remove(work_ / partial_name(kMarkFile), error);
    ::rmdir(work_.c_str());
    return;
  }
  if (!mark->complete) {
    fs::remove_all(work_, error);
    return;
  }
  if (keep_others && fs::is_directory(place_, error))
    for (const std::string& name : files_in(work_)) {
      if (mark->files.contains(name) || fs::exists(place_ / name, error)) continue;
      fs::create_directories((place_ / name).parent_path(), error);
      fs::rename(work_ / name, place_ / name, error);
    }
  remove_made_folder(work_, mark->kind);
}

void NewFolder::commit() {
  FolderMark mark{.kind = kind_, .complete = true, .files = {}};
  std::set<fs::path> folders;
  for (const std::string& name : files_in(work_)) {
    mark.files[name] = hash_of_file(work_ / name);
    sync_to_disk(work_ / name);
    for (fs::path at = (work_ / name).parent_path(); at != work_; at = at.parent_path())
      folders.insert(at);
  }
  for (const fs::path& folder : folders) sync_to_disk(folder);
  write_mark(work_, mark);
  check_place();
  const auto fail = [&](int error_number) {
    write_mark(work_, {.kind = kind_, .complete = false, .files = {}});
    throw DataError(fmt::format("{}: cannot be renamed into place: {}", place_.string(),
                                text_of(error_number)));
  };
  std::error_code error;
  if (!fs::exists(place_, error)) {
    if (std::rename(work_.c_str(), place_.c_str()) != 0) fail(errno);
  } else if (::renameat2(AT_FDCWD, work_.c_str(), AT_FDCWD, place_.c_str(),
                         RENAME_EXCHANGE) != 0) {
    // Where a file system cannot exchange them: one after the other.
    if (errno != EINVAL && errno != ENOSYS) fail(errno);
    const fs::path aside = work_.string() + "-old";
    if (std::rename(place_.c_str(), aside.c_str()) != 0) fail(errno);
    if (std::rename(work_.c_str(), place_.c_str()) != 0) {
      const int why = errno;
      std::rename(aside.c_str(), place_.c_str());
      fail(why);
    }
    std::rename(aside.c_str(), work_.c_str());
  }
  sync_to_disk(place_.parent_path());
  if (fs::exists(work_, error)) tidy_work(others_ == Others::kKeep);
  ::close(std::exchange(lock_, -1));
}

std::optional<FolderLock> FolderLock::take(const fs::path& folder) {
  const int file = lock_folder(folder);
  if (file < 0) return std::nullopt;
  return FolderLock(file);
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace paperphone

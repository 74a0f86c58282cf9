// Files that are either the old or the new, never half of each: written under another
// name in the same folder, then renamed. Folders: env/base/host/owned_folder.h.
//
// A process may be killed at any moment of this. A machine may lose its power: what the
// disk was not told to keep is gone then, and a new name may outlive the bytes it
// stands for. Waiting for the disk costs some milliseconds a file, so only what is dear
// asks for it (Lasts::kPowerCut): agents and checkpoints with their marks, a run's
// recipe, state and evaluations. Its log follows at each checkpoint. Pictures,
// playthroughs and whatever else comes by the thousand is made again sooner than waited
// for; databases see to themselves (SQLite's write-ahead log: the last episodes may be
// gone, none is half).
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace paperphone {

// The whole file. Throws DataError naming the path and the reason.
std::string read_file(const std::filesystem::path& path);

enum class Lasts {
  kProcess,   // the system has it
  kPowerCut,  // so has the disk, bytes before names
};

// Through links; the permissions of a file that is there stay. Throws DataError naming
// the path, the reason and a remedy; the file is then as it was.
void write_file(const std::filesystem::path& path, std::string_view bytes,
                Lasts lasts = Lasts::kProcess);

// The same for what is written piece by piece.
class FileWriter {
 public:
  // Throws DataError.
  explicit FileWriter(const std::filesystem::path& path, Lasts lasts = Lasts::kProcess);
  ~FileWriter();  // without commit(): the file stays as it was
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;

  void write(std::string_view bytes);
  void write(std::span<const std::uint8_t> bytes);
  // All of it is there from now on. Throws DataError: nothing is.
  void commit();

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  [[noreturn]] void fail(int error_number);

  std::filesystem::path path_;
  std::filesystem::path partial_;
  Lasts lasts_;
  std::unique_ptr<std::FILE, Close> out_;  // null once it is committed
};

// What a file is called while it is being written.
std::string partial_name(std::string_view file_name);

// Waits until the disk has a file's bytes, or the names in a folder. Where a file
// system knows no such thing there is nothing to wait for. Throws DataError if it
// fails: they may be lost.
void sync_to_disk(const std::filesystem::path& path);

// With those above it; fine if it exists. Throws DataError.
void make_folder(const std::filesystem::path& path);

}  // namespace paperphone

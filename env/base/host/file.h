// Files that are either the old or the new, never half of each: written under another
// name in the same folder, then renamed. Folders: env/base/host/owned_folder.h.
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

// Through links; the permissions of a file that is there stay. Throws DataError naming
// the path, the reason and a remedy; the file is then as it was.
void write_file(const std::filesystem::path& path, std::string_view bytes);

// The same for what is written piece by piece.
class FileWriter {
 public:
  explicit FileWriter(const std::filesystem::path& path);  // throws DataError
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
  std::unique_ptr<std::FILE, Close> out_;  // null once it is committed
};

// What a file is called while it is being written.
std::string partial_name(std::string_view file_name);

// With those above it; fine if it exists. Throws DataError.
void make_folder(const std::filesystem::path& path);

}  // namespace paperphone

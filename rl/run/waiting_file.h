// A log that is never worth a run: what cannot be written is reported once, waits, and
// is tried again with what comes next.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace paperphone::rl {

class WaitingFile {
 public:
  explicit WaitingFile(std::filesystem::path path) : path_(std::move(path)) {}
  ~WaitingFile();
  WaitingFile(const WaitingFile&) = delete;
  WaitingFile& operator=(const WaitingFile&) = delete;

  // Otherwise it is opened when something is to be written, and its folder is made.
  // Throws DataError.
  void open();
  // Behind what the file holds: all of the bytes, or none of them for now.
  void append(std::string_view bytes);
  // Instead of what the file holds; what waited is forgotten.
  void replace(std::string bytes);
  // Tries again what waits; false: it still does.
  bool flush();

  const std::filesystem::path& path() const { return path_; }

 private:
  void write();  // throws DataError
  void close();

  std::filesystem::path path_;
  int file_ = -1;
  std::string waiting_;
  bool replaces_ = false;  // what waits is the whole file
  bool told_ = false;
};

}  // namespace paperphone::rl

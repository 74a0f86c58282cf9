#include "env/base/host/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include "env/base/error.h"

namespace paperphone {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  if (in) bytes << in.rdbuf();
  if (!in || fs::is_directory(path))
    throw DataError(fmt::format("{}: cannot be read: {}", path.string(),
                                std::strerror(errno != 0 ? errno : EISDIR)));
  return std::move(bytes).str();
}

std::string partial_name(std::string_view file_name) {
  return fmt::format(".{}.paperphone-part", file_name);
}

void write_file(const fs::path& path, std::string_view bytes, Lasts lasts) {
  FileWriter writer(path, lasts);
  writer.write(bytes);
  writer.commit();
}

namespace {

// Where a link leads: it stays a link.
fs::path resolved(const fs::path& path) {
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  return error ? path : target;
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// 0 or the error's number. Pipes, some devices and some file systems have nothing that
// could be waited for.
int sync_error(int file) {
  if (::fsync(file) == 0 || errno == EINVAL || errno == EROFS || errno == ENOSYS)
    return 0;
  return errno;
}

}  // namespace

FileWriter::FileWriter(const fs::path& path, Lasts lasts)
    : path_(resolved(path)),
      partial_(path_.parent_path() / partial_name(path_.filename().string())),
      lasts_(lasts),
      out_(std::fopen(partial_.c_str(), "wb")) {
  if (!out_) fail(errno);
}

FileWriter::~FileWriter() {
  if (!out_) return;
  out_.reset();
  std::error_code ignored;
  fs::remove(partial_, ignored);
}

void FileWriter::fail(int error_number) {
  const std::string_view remedy =
      error_number == ENOSPC || error_number == EFBIG || error_number == EDQUOT
          ? "free some space or choose another place"
      : error_number == ENOENT ? "create the folder first"
                               : "choose a place that can be written";
  throw DataError(fmt::format("{}: cannot be written: {}; {}", path_.string(),
                              std::generic_category().message(error_number), remedy));
}

void FileWriter::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), out_.get()) != bytes.size())
    fail(errno);
}

void FileWriter::write(std::span<const std::uint8_t> bytes) {
  write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void FileWriter::commit() {
  // The name changes only once all bytes are with the system.
  if (std::fflush(out_.get()) != 0) fail(errno);
  std::error_code error;
  if (const fs::file_status old = fs::status(path_, error); fs::exists(old))
    fs::permissions(partial_, old.permissions(), error);
  if (lasts_ == Lasts::kPowerCut)
    if (const int why = sync_error(::fileno(out_.get())); why != 0) fail(why);
  if (std::rename(partial_.c_str(), path_.c_str()) != 0) fail(errno);
  out_.reset();
  if (lasts_ == Lasts::kPowerCut) sync_to_disk(folder_of(path_));
}

void sync_to_disk(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return;  // what may be written but not read
  const int why = sync_error(file);
  ::close(file);
  if (why != 0)
    throw DataError(fmt::format("{}: cannot be kept on the disk: {}", path.string(),
                                std::generic_category().message(why)));
}

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error)
    throw DataError(
        fmt::format("{}: cannot be made: {}", path.string(), error.message()));
}

}  // namespace paperphone

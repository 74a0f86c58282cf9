#include "rl/run/waiting_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/report.h"

namespace paperphone::rl {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error_number) {
  throw DataError(fmt::format("{}: cannot be written: {}", path.string(),
                              std::generic_category().message(error_number)));
}

}  // namespace

WaitingFile::~WaitingFile() { close(); }

void WaitingFile::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
}

void WaitingFile::open() {
  close();
  if (path_.has_parent_path()) make_folder(path_.parent_path());
  file_ = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) fail(path_, errno);
}

void WaitingFile::append(std::string_view bytes) {
  waiting_ += bytes;
  flush();
}

void WaitingFile::replace(std::string bytes) {
  waiting_ = std::move(bytes);
  replaces_ = true;
  flush();
}

bool WaitingFile::flush() {
  if (waiting_.empty() && !replaces_) return true;
  try {
    write();
    told_ = false;
    return true;
  } catch (const DataError& error) {
    if (!told_) report("{}; it waits\n", error.what());
    told_ = true;
    return false;
  }
}

void WaitingFile::write() {
  if (replaces_) {
    close();
    if (path_.has_parent_path()) make_folder(path_.parent_path());
    write_file(path_, waiting_);
    replaces_ = false;
    waiting_.clear();
    return;
  }
  if (file_ < 0) open();
  const off_t before = ::lseek(file_, 0, SEEK_END);
  std::string_view rest = waiting_;
  while (!rest.empty()) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int why = errno;
      // Nothing is there by half.
      if (before >= 0 && ::ftruncate(file_, before) != 0 && !told_)
        report("{}: its last record is cut\n", path_.string());
      fail(path_, why);
    }
    rest.remove_prefix(std::size_t(written));
  }
  waiting_.clear();
}

}  // namespace paperphone::rl

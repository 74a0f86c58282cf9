#include "rl/run/metrics_reader.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "env/base/error.h"

namespace paperphone::rl {

MetricsReader::~MetricsReader() { close(); }

void MetricsReader::close() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
  offset_ = 0;
  begun_.clear();
}

MetricsReader::News MetricsReader::read() {
  const auto fail = [&] {
    throw DataError(fmt::format("{}: cannot be read: {}", path_.string(),
                                std::generic_category().message(errno)));
  };
  News news;
  struct stat at_path, held;
  const bool is_there = ::stat(path_.c_str(), &at_path) == 0;
  if (!is_there && errno != ENOENT) fail();
  if (file_ >= 0) {
    if (::fstat(file_, &held) != 0) fail();
    const bool is_same = is_there && held.st_ino == at_path.st_ino &&
                         held.st_dev == at_path.st_dev && held.st_size >= offset_;
    if (!is_same) {
      close();
      news.is_anew = true;
    }
  }
  if (!is_there) return news;
  if (file_ < 0) file_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) fail();

  std::array<char, 1 << 16> piece;
  while (true) {
    const ssize_t count = ::pread(file_, piece.data(), piece.size(), offset_);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail();
    if (count == 0) break;
    offset_ += count;
    begun_.append(piece.data(), std::size_t(count));
  }
  std::size_t at = 0;
  for (std::size_t end; (end = begun_.find('\n', at)) != std::string::npos;
       at = end + 1)
    if (auto record = record_of(std::string_view(begun_).substr(at, end - at)))
      news.records.push_back(*std::move(record));
  begun_.erase(0, at);
  return news;
}

}  // namespace paperphone::rl

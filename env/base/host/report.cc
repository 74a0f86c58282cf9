#include "env/base/host/report.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <system_error>

#include "env/base/utf8.h"

namespace paperphone {
namespace {

std::atomic<int> first_failure{0};  // of stdout, an errno

// 0, or the errno of what could not be written.
int write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(std::size_t(written));
    } else if (errno == EAGAIN) {
      pollfd room{.fd = file, .events = POLLOUT, .revents = 0};
      ::poll(&room, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

// The same; whatever is not UTF-8 is escaped.
int write_readable(int file, std::string_view text) noexcept {
  return is_utf8(text) ? write_all(file, text) : write_all(file, escape_bytes(text));
}

void remember(int failure) {
  int none = 0;
  if (failure != 0) first_failure.compare_exchange_strong(none, failure);
}

}  // namespace

void secure_streams() {
  // Opened the wrong way round, so that using it still fails. The lowest free number
  // is given first: nothing below `file` is free any more.
  for (const int file : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(file, F_GETFD) < 0 && errno == EBADF)
      (void)::open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

void report_text(std::string_view text) noexcept { write_readable(STDERR_FILENO, text); }

void print_result_text(std::string_view text) noexcept {
  remember(write_readable(STDOUT_FILENO, text));
}

std::string result_failure() {
  // Some file systems say only at the end that there was no room.
  const int copy = ::dup(STDOUT_FILENO);
  if (copy >= 0 && ::close(copy) != 0 && errno != EINTR) remember(errno);
  const int failure = first_failure;
  return failure == 0 ? "" : std::generic_category().message(failure);
}

}  // namespace paperphone

#include "env/base/host/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace paperphone {

std::optional<TerminalSize> terminal_of_stdout() {
  if (!isatty(STDOUT_FILENO)) return std::nullopt;
  TerminalSize size;
  winsize told{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &told) == 0 && told.ws_col > 0 &&
      told.ws_row > 0)
    size = {.width = told.ws_col, .height = told.ws_row};
  return size;
}

}  // namespace paperphone

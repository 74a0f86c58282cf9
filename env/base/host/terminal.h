// The terminal that stdout leads to, if it does.
#pragma once

#include <optional>

namespace paperphone {

struct TerminalSize {
  int width = 80;  // characters
  int height = 24;
};

// nullopt: stdout is none. One that does not say how large it is is 80 by 24.
std::optional<TerminalSize> terminal_of_stdout();

}  // namespace paperphone

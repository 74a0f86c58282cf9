// The half of the command that links LibTorch is an executable of its own, because
// loading LibTorch takes half a second.
#pragma once

#include <span>
#include <string>

namespace paperphone::tools {

// Becomes `paperphone-torch` beside this executable, with the same arguments.
// Throws ConfigError if it was not built, naming what needs it.
[[noreturn]] void become_torch(std::span<const std::string> argv,
                               const std::string& what);

}  // namespace paperphone::tools

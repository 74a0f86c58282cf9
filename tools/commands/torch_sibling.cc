#include "tools/commands/torch_sibling.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "env/base/error.h"

namespace paperphone::tools {

void become_torch(std::span<const std::string> argv, const std::string& what) {
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  const std::string sibling = (self.parent_path() / "paperphone-torch").string();
  if (!std::filesystem::exists(sibling))
    throw ConfigError(fmt::format(
        "'{}' needs LibTorch, and this paperphone was built without it (configure with "
        "-DPAPERPHONE_TORCH=ON; {} is missing)",
        what, sibling));
  std::vector<char*> arguments;
  for (const std::string& argument : argv)
    arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  // Read when OpenMP's library loads: threads that wait look again this many times
  // (some 30 us) before they sleep. Decoding has thousands of short loops, between
  // which a sleep costs more than the loop. Beside a process that wants a core sleeping
  // at once is better: agent/README.md has figures. The user's own setting stays.
  if (std::getenv("OMP_WAIT_POLICY") == nullptr) setenv("GOMP_SPINCOUNT", "2000", 0);
  execv(sibling.c_str(), arguments.data());
  throw ConfigError(fmt::format("cannot run {}: {}", sibling, std::strerror(errno)));
}

}  // namespace paperphone::tools

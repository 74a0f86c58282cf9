// A watched run as text: where it stands, what its main metrics did, what warns.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/watch/watched_run.h"

namespace paperphone::tools {

inline constexpr int kLeastViewWidth = 50;

// Lines of at most `width` characters. `now` in seconds since 1970 tells how long ago
// the last update was; without it nothing depends on the clock.
std::vector<std::string> run_view(const WatchedRun& run, int width,
                                  std::optional<double> now = std::nullopt);

}  // namespace paperphone::tools

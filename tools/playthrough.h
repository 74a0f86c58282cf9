// An expert's episode as text: action, screen, what can be seen, what changed, reward,
// hash. A diff of two playthroughs is the review of a change of behaviour.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "env/phone/phone_env.h"

namespace paperphone::tools {

// REQUIRES: env has no pixels or nobody wants them; boxes and colours are not in the
// text. Throws ConfigError if the task is unknown.
std::string playthrough(PhoneEnv& env, const std::string& task_id, std::uint64_t seed);

// One task of each app, and one across apps: the first of the most difficult.
std::vector<std::string> playthrough_tasks(const app::AppSet& apps);

// "settings_toggle_dark_mode.txt".
std::string playthrough_file(const std::string& task_id);

inline constexpr std::uint64_t kPlaythroughSeed = 1;

}  // namespace paperphone::tools

// Plays a stored trajectory again and compares what comes out.
#pragma once

#include <functional>
#include <string>

#include "data/trajectory.h"
#include "env/phone/phone_env.h"

namespace paperphone::tools {

// Called with the number of the step that comes next and the screen before it; last
// with the number of steps and the final screen.
using OnScreen = std::function<void(std::size_t step, const ImageView& screen)>;

// Empty if every hash, reward, outcome and the end are as recorded; else the first
// difference, in words. Throws ConfigError if the task is unknown here.
std::string replay(PhoneEnv& env, const data::Trajectory& trajectory,
                   const OnScreen& on_screen = {});

}  // namespace paperphone::tools

// What an app says of its own numbers: sums that agree, departures that are not over.
#pragma once

#include <vector>

#include "env/app/spec.h"

namespace paperphone::app {

// The conditions of all apps' `check:` that do not hold in this world. They belong to
// `apps`.
std::vector<const CheckSpec*> broken_checks(const AppSet& apps, const World& world);

}  // namespace paperphone::app

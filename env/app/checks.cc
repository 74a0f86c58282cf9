#include "env/app/checks.h"

namespace paperphone::app {

std::vector<const CheckSpec*> broken_checks(const AppSet& apps, const World& world) {
  std::vector<const CheckSpec*> broken;
  for (const AppSpec& app : apps.apps)
    for (const CheckSpec& check : app.checks)
      if (!holds(check.holds, {.world = world, .apps = apps})) broken.push_back(&check);
  return broken;
}

}  // namespace paperphone::app

#include "rl/stages/recipe_phones.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "env/base/error.h"

namespace paperphone::rl {

Phones make_phones(const PhoneRecipe& recipe) {
  PhoneEnvConfig config;
  config.app_ids = recipe.apps;
  config.variation.width = recipe.width;
  config.variation.height = recipe.height;
  config.variation.dark = recipe.dark;
  config.variation.shuffle_icons = recipe.shuffle_icons;
  config.variation.suite = recipe.suite;
  Phones phones(config);
  std::vector<std::string> known = {"cross"};
  for (const app::AppSpec& app : phones.apps().apps)
    if (!app.hidden) known.push_back(app.id);
  for (const std::string& id : recipe.apps)
    if (std::find(known.begin(), known.end(), id) == known.end())
      throw ConfigError(fmt::format("unknown app '{}' in phone.apps (known: {})", id,
                                    fmt::join(known, ", ")));
  return phones;
}

}  // namespace paperphone::rl

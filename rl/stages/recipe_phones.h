// The phones that a recipe asks for.
#pragma once

#include "rl/recipe/recipe.h"
#include "rl/rollout/phones.h"

namespace paperphone::rl {

// Throws ConfigError: unknown app, apps that do not load.
Phones make_phones(const PhoneRecipe& recipe);

}  // namespace paperphone::rl

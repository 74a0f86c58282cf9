// The phones that a recipe asks for.
#pragma once

#include "agent/text/prompt.h"
#include "rl/recipe/recipe.h"
#include "rl/rollout/phones.h"

namespace paperphone::rl {

// Throws ConfigError: unknown app, apps that do not load.
Phones make_phones(const PhoneRecipe& recipe);

// What experts speak to an agent whose prompt has this style.
ThoughtLanguage thought_language(const PromptRecipe& recipe, agent::PromptStyle style);

// What only the apps can say of a recipe: that there are tasks in the splits that its
// stages and evaluations play, on phones that exist. Throws ConfigError.
void check_tasks(const Recipe& recipe, const Phones& phones);

}  // namespace paperphone::rl

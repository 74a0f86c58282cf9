#include "rl/stages/recipe_phones.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "env/base/error.h"
#include "rl/rollout/jobs.h"

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

ThoughtLanguage thought_language(const PromptRecipe& recipe, agent::PromptStyle style) {
  if (recipe.language != "auto")
    return value_named(std::span<const Named<ThoughtLanguage>>(kThoughtLanguages),
                       recipe.language);
  return style == agent::PromptStyle::kMobileUse ? ThoughtLanguage::kEnglish
                                                 : ThoughtLanguage::kChinese;
}

void check_tasks(const Recipe& recipe, const Phones& phones) {
  const bool evaluates =
      std::any_of(recipe.stages.begin(), recipe.stages.end(),
                  [](const StageRecipe& stage) { return stage.evaluate; });
  const auto check = [&](const std::string& split, const char* who) {
    std::vector<const app::TaskSpec*> tasks;
    try {
      tasks = phones.tasks(split);
    } catch (const ConfigError& error) {
      throw ConfigError(fmt::format("{}: {}", who, error.what()));
    }
    if (tasks.empty())
      throw ConfigError(fmt::format("{}: no task of phone.apps ({}) is in split '{}'", who,
                                    fmt::join(recipe.phone.apps, ", "), split));
  };
  check("train", "stages");
  check(recipe.eval.split, "eval.split");
  std::vector<EpisodeJob> jobs = stream_jobs({.split = "train"}, 0, 1);
  if (evaluates) jobs.push_back(stream_jobs({.split = recipe.eval.split}, 0, 1).front());
  const auto phone = phones.make(/*pixels=*/false);
  for (const EpisodeJob& job : jobs) phone->reset(job.seed, job.options);
}

}  // namespace paperphone::rl

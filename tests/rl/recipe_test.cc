#include "rl/recipe/recipe.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "env/base/error.h"

namespace paperphone::rl {
namespace {

std::string message_of(std::string_view yaml) {
  try {
    parse_recipe(yaml, "r.yaml");
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "(no error)";
}

TEST(Recipe, FillsInDefaults) {
  const Recipe recipe = parse_recipe("stages:\n  - {kind: sft, steps: 5}\n", "r.yaml");
  ASSERT_EQ(recipe.stages.size(), 1u);
  EXPECT_EQ(recipe.stages[0].name, "stage0");
  EXPECT_EQ(recipe.stages[0].steps, 5);
  EXPECT_EQ(recipe.stages[0].sft.batch_size, 16);
  EXPECT_EQ(recipe.prompt.thought, "fast");
  EXPECT_EQ(recipe.prompt.language, "auto");
}

TEST(Recipe, SurvivesBeingWrittenAndReadAgain) {
  const char* yaml = R"(
seed: 7
dtype: bfloat16
phone: {apps: [settings, shop], width: 360}
stages:
  - {name: look, kind: perception, steps: 3, screen_pool: 12}
  - {name: copy, kind: sft, optimizer: {lr: 0.001, schedule: cosine}}
  - {name: act, kind: grpo_action, group_size: 4, clip_high: 0.3}
  - {name: task, kind: grpo_task, tasks_per_step: 3}
)";
  const Recipe recipe = parse_recipe(yaml, "r.yaml");
  const std::string written = recipe_to_yaml(recipe);
  EXPECT_EQ(recipe_to_yaml(parse_recipe(written, "again.yaml")), written);
  EXPECT_EQ(recipe.stages[2].grpo.group_size, 4);
  EXPECT_EQ(recipe.phone.apps, (std::vector<std::string>{"settings", "shop"}));
}

TEST(Recipe, FindsTheWeightsItStartsFromBesideItself) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "recipe_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "r.yaml")
      << "model: {init_from: ../weights/reader}\nstages:\n  - {kind: sft}\n";
  EXPECT_EQ(load_recipe(folder / "r.yaml").model.init_from,
            (folder.parent_path() / "weights/reader").lexically_normal().string());
}

TEST(Recipe, KnowsEveryLossByItsName) {
  for (const auto& [name, value] : kAggregations) {
    const std::string yaml =
        fmt::format("stages:\n  - {{kind: grpo_task, aggregation: {}}}\n", name);
    EXPECT_EQ(parse_recipe(yaml, "r.yaml").stages[0].grpo.aggregation, value);
  }
  EXPECT_EQ(message_of("stages:\n  - {kind: grpo_task, aggregation: mean}\n"),
            "r.yaml:2:36: 'aggregation' must be one of token_mean, seq_mean, constant, "
            "trajectory_mean, "
            "found 'mean'");
}

TEST(Recipe, KnowsTheLanguagesOfThoughts) {
  EXPECT_EQ(parse_recipe("prompt: {language: english}\nstages:\n  - {kind: sft}\n", "r.yaml")
                .prompt.language,
            "english");
  EXPECT_EQ(message_of("prompt: {language: french}\nstages:\n  - {kind: sft}\n"),
            "r.yaml:1:20: 'language' must be one of auto, chinese, english, found 'french'");
}

TEST(Recipe, RefusesAMisspeltKey) {
  EXPECT_EQ(message_of("stages:\n  - {kind: sft, setps: 5}\n"),
            "r.yaml:2:17: unknown key 'setps' (did you mean 'steps'?)");
}

TEST(Recipe, RefusesAKeyOfAnotherStageKind) {
  EXPECT_TRUE(message_of("stages:\n  - {kind: sft, group_size: 8}\n")
                  .starts_with("r.yaml:2:17: unknown key 'group_size'"));
}

TEST(Recipe, RefusesNoStagesAMissingKindAndEqualNames) {
  EXPECT_EQ(message_of("seed: 1\n"),
            "r.yaml:1:1: 'stages' is empty, a recipe needs at least one");
  EXPECT_EQ(message_of("stages:\n  - {steps: 5}\n"),
            "r.yaml:2:5: 'kind' is missing, say one of perception, sft, grpo_action, "
            "grpo_task");
  EXPECT_EQ(message_of("stages:\n  - {kind: sft, name: a}\n  - {kind: sft, name: a}\n"),
            "r.yaml:2:3: two stages are named 'a'");
}

TEST(Recipe, RefusesAStageNameThatIsNoFolder) {
  EXPECT_TRUE(message_of("stages:\n  - {kind: sft, name: ../x}\n").find("names a folder") !=
              std::string::npos);
}

}  // namespace
}  // namespace paperphone::rl

// The trainer end to end on the real apps, at the smallest useful scale.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "agent/checkpoint/tensor_file.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "rl/run/run_folder.h"
#include "rl/run/tensorboard_log.h"
#include "rl/run/trainer.h"
#include "rl/stages/recipe_phones.h"
#include "tests/agent/strict_device.h"

namespace paperphone::rl {

using agent::load_tensors;

namespace {

namespace fs = std::filesystem;

fs::path fresh_folder(const std::string& name) {
  const fs::path path = fs::path(::testing::TempDir()) / "paperphone_training" / name;
  fs::remove_all(path);
  return path;
}

Recipe smoke() { return load_recipe("rl/recipes/smoke.yaml"); }

// stage -> its metrics, line by line.
std::map<std::string, std::vector<nlohmann::json>> metrics_of(const fs::path& run) {
  std::map<std::string, std::vector<nlohmann::json>> out;
  std::ifstream in(run / "metrics.jsonl");
  for (std::string line; std::getline(in, line);) {
    auto record = nlohmann::json::parse(line);
    out[record["stage"]].push_back(record);
  }
  return out;
}

TEST(Training, ExpertsSpeakTheLanguageOfThePrompt) {
  using agent::PromptStyle;
  PromptRecipe prompt;
  EXPECT_EQ(thought_language(prompt, PromptStyle::kCompact), ThoughtLanguage::kChinese);
  EXPECT_EQ(thought_language(prompt, PromptStyle::kMobileUse), ThoughtLanguage::kEnglish);
  prompt.language = "chinese";
  EXPECT_EQ(thought_language(prompt, PromptStyle::kMobileUse), ThoughtLanguage::kChinese);
  prompt.language = "english";
  EXPECT_EQ(thought_language(prompt, PromptStyle::kCompact), ThoughtLanguage::kEnglish);
}

TEST(Training, SmokeRecipeRunsAllFourStagesAndLeavesARunFolder) {
  const fs::path out = fresh_folder("smoke");
  const TrainResult result = train(smoke(), {.out = out});
  EXPECT_TRUE(result.finished);
  for (const char* stage : {"stage0", "stage1", "stage2", "stage3"})
    EXPECT_TRUE(fs::exists(out / stage / "config.json")) << stage;
  EXPECT_TRUE(fs::exists(out / "eval" / "stage3.json"));
  EXPECT_TRUE(fs::exists(out / "recipe.yaml"));
  const auto run = nlohmann::json::parse(read_file(out / "run.json"));
  EXPECT_EQ(run["weights_hash"], result.weights_hash);

  auto metrics = metrics_of(out);
  // The loss of imitation falls, visibly.
  const auto& sft = metrics["stage1"];
  ASSERT_GE(sft.size(), 4u);
  EXPECT_LT(sft[sft.size() - 2]["loss"].get<double>(),
            0.9 * sft[0]["loss"].get<double>());
  EXPECT_GT(sft[0]["tokens_per_s"].get<double>(), 0);
  EXPECT_TRUE(metrics["stage2"][0].contains("checkpoint_seconds")) << "of stage 1's end";
  const auto& judged = metrics["stage3"].back();
  for (const char* name :
       {"eval_success_rate", "eval_success_rate_settings", "eval_seconds"})
    EXPECT_TRUE(judged.contains(name)) << name << " in " << judged;
  // Before the first step of every update the ratio is exactly 1.
  int updates = 0;
  for (const char* stage : {"stage2", "stage3"})
    for (const auto& line : metrics[stage]) {
      if (!line.contains("first_ratio_max_diff")) continue;
      ++updates;
      EXPECT_EQ(line["first_ratio_max_diff"], 0.0);
      EXPECT_EQ(line["first_clip_fraction"], 0.0);
      EXPECT_LT(line["rollout_logprob_diff_max"].get<double>(), 0.05);
    }
  RecordProperty("grpo_updates", updates);
}

// Trains whole, and again in pieces of one update; the folder of the latter.
fs::path train_in_pieces(Recipe recipe, const std::string& name) {
  for (StageRecipe& stage : recipe.stages) {
    stage.steps = 2;
    stage.evaluate = false;
  }
  const TrainResult whole = train(recipe, {.out = fresh_folder(name + "_whole")});
  const fs::path out = fresh_folder(name + "_pieces");
  const std::atomic<bool> stop = true;  // after every single update
  TrainResult pieces = train(recipe, {.out = out, .stop = &stop});
  EXPECT_FALSE(pieces.finished);
  int runs = 1;
  while (!pieces.finished && runs < 30) {
    pieces = train(recipe, {.out = out, .resume = true, .stop = &stop});
    ++runs;
  }
  EXPECT_GT(runs, 4);
  EXPECT_EQ(pieces.weights_hash, whole.weights_hash);
  // And the log has every update once.
  for (const auto& [stage, lines] : metrics_of(out)) EXPECT_EQ(lines.size(), 2u) << stage;
  return out;
}

TEST(Training, InterruptedAndResumedEndsWithTheSameWeights) {
  train_in_pieces(smoke(), "plain");
}

TEST(Training, AdaptersLearnAloneAndExactRolloutsAreTheTrainersOwn) {
  Recipe recipe = smoke();
  recipe.exact = true;
  recipe.model.freeze_vision = true;
  recipe.model.gradient_checkpointing = true;
  recipe.model.lora.rank = 2;
  recipe.stages.erase(recipe.stages.begin());  // perception trains the tower
  const fs::path out = train_in_pieces(recipe, "adapters");
  auto tensors = load_tensors(out / "stage1" / "model.safetensors");
  for (const auto& [name, tensor] : load_tensors(out / "stage3" / "model.safetensors"))
    EXPECT_TRUE(torch::equal(tensor, tensors.at(name))) << name;
  EXPECT_TRUE(fs::exists(out / "stage3" / "adapter_model.safetensors"));
  int updates = 0;
  auto metrics = metrics_of(out);
  for (const char* stage : {"stage2", "stage3"})
    for (const auto& line : metrics[stage])
      if (line.contains("rollout_logprob_diff_max")) {
        EXPECT_EQ(line["rollout_logprob_diff_max"], 0.0);
        ++updates;
      }
  RecordProperty("grpo_updates", updates);
}

TEST(Training, OnAnotherDeviceIsTheSameTraining) {
  std::map<std::string, std::vector<nlohmann::json>> metrics[2];
  const std::string devices[2] = {"cpu", agent::testing::other_device()};
  for (int i = 0; i < 2; ++i) {
    Recipe recipe = smoke();
    recipe.device = devices[i];
    for (StageRecipe& stage : recipe.stages) {
      stage.steps = 2;
      stage.evaluate = false;
      stage.grpo.kl_coef = 0.01;  // and its reference
    }
    const fs::path out = fresh_folder("device" + std::to_string(i));
    EXPECT_TRUE(train(recipe, {.out = out}).finished);
    metrics[i] = metrics_of(out);
  }
  // Before bits that differ have changed what is sampled.
  for (const char* stage : {"stage0", "stage1"})
    for (const char* name : {"loss", "grad_norm"}) {
      const double here = metrics[0][stage][0][name], there = metrics[1][stage][0][name];
      EXPECT_NEAR(here, there, 1e-2 * std::abs(here)) << stage << " " << name;
    }
  for (const char* stage : {"stage2", "stage3"})
    EXPECT_EQ(metrics[1][stage].size(), 2u) << stage;
}

std::string message_of(auto&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "(no error)";
}

TEST(Training, RefusesToOverwriteARunOrToResumeNothing) {
  const fs::path out = fresh_folder("refuse");
  EXPECT_EQ(message_of([&] { train(smoke(), {.out = out, .resume = true}); }),
            out.string() +
                ": holds no run to resume, leave --resume out");
  RunFolder::create(out, smoke());
  EXPECT_EQ(message_of([&] { train(smoke(), {.out = out}); }),
            out.string() +
                ": already holds a run, continue it with --resume or choose another "
                "folder");
}

TEST(Training, RefusesToResumeWithAnotherRecipe) {
  const fs::path out = fresh_folder("other_recipe");
  Recipe recipe = smoke();
  recipe.threads = 2;
  RunFolder::create(out, recipe);
  recipe.seed += 1;
  EXPECT_NE(message_of([&] { RunFolder::open(out, recipe); }).find("differs"),
            std::string::npos);
}

TEST(Training, ResumesWithItsOwnRecipeAndNamesWhatChanged) {
  const fs::path out = fresh_folder("own_recipe");
  Recipe recipe = smoke();
  recipe.threads = 2;
  RunFolder::create(out, recipe).write_state({{"threads", 2}, {"binary", "x"}});
  const RunFolder run = RunFolder::open(out, load_recipe(out / "recipe.yaml"));
  EXPECT_EQ(run.changes({{"threads", 3}, {"binary", "x"}}),
            "changed since the run began: threads (2 then, 3 now); its bits may differ");
  EXPECT_EQ(run.changes({{"threads", 2}, {"binary", "x"}}), "");
  EXPECT_NE(message_of([&] { RunFolder::open(out, recipe); }).find("is training there"),
            std::string::npos);
}

// One update at a time, one stage.
Recipe short_recipe(int updates) {
  Recipe recipe = smoke();
  recipe.stages = {recipe.stages[1]};
  recipe.stages[0].steps = updates;
  recipe.stages[0].checkpoint_every = 1;
  recipe.stages[0].sft.batch_size = recipe.stages[0].sft.demonstrations = 1;
  return recipe;
}

void copy_folder(const fs::path& from, const fs::path& to) {
  fs::copy(from, to, fs::copy_options::recursive);
}

std::string mark_of(const fs::path& folder) { return read_file(folder / kMarkFile); }

TEST(Training, AnotherRunsPartsAreNeitherTakenNorReplacedNorRemoved) {
  const fs::path other = fresh_folder("foreign_other"), out = fresh_folder("foreign");
  train(short_recipe(2), {.out = other});
  // Copied there before a run begins: in its way.
  for (const char* part : {"checkpoint-001-000000", "stage1"}) {
    fs::remove_all(out);
    fs::create_directories(out);
    copy_folder(other / part, out / part);
    const std::string mark = mark_of(out / part);
    EXPECT_NE(
        message_of([&] { train(short_recipe(2), {.out = out}); }).find("is in the way"),
        std::string::npos)
        << part;
    EXPECT_EQ(mark_of(out / part), mark);
  }
  fs::remove_all(out);
  std::atomic<bool> stop = true;
  train(short_recipe(4), {.out = out, .stop = &stop});
  train(short_recipe(4), {.out = out, .resume = true, .stop = &stop});
  // Copied to where the run has been: it stays.
  const fs::path old = out / "checkpoint-000-000000";
  copy_folder(out / "checkpoint-000-000001", old);
  const std::string own = mark_of(old);
  std::string mark = own;
  mark.replace(mark.find(" of run ") + 8, 8, "01234567");
  mark.replace(mark.find("000001"), 6, "000000");
  write_file(old / kMarkFile, mark);
  // Where it goes: refused before work begins.
  const fs::path next = out / "checkpoint-000-000003";
  copy_folder(old, next);
  const std::string refused =
      message_of([&] { train(short_recipe(4), {.out = out, .resume = true}); });
  EXPECT_NE(refused.find("checkpoint-000-000003: is in the way"), std::string::npos)
      << refused;
  EXPECT_EQ(mark_of(next), mark);
  fs::remove_all(next);
  EXPECT_TRUE(train(short_recipe(4), {.out = out, .resume = true}).finished);
  EXPECT_EQ(mark_of(old), mark);
}

TEST(Training, ARunsOwnCheckpointServesWhenItComesBackFromACopy) {
  const fs::path out = fresh_folder("restored"), aside = fresh_folder("restored_aside");
  const TrainResult whole = train(short_recipe(3), {.out = fresh_folder("restored_whole")});
  std::atomic<bool> stop = true;
  train(short_recipe(3), {.out = out, .stop = &stop});
  copy_folder(out / "checkpoint-000-000001", aside);
  train(short_recipe(3), {.out = out, .resume = true, .stop = &stop});
  for (const char* name : {"checkpoint-000-000001", "checkpoint-000-000002"})
    fs::remove_all(out / name);
  copy_folder(aside, out / "checkpoint-000-000001");
  EXPECT_EQ(train(short_recipe(3), {.out = out, .resume = true}).weights_hash,
            whole.weights_hash);
}

// As marks were before runs had ids.
TEST(Training, ARunOfBeforeGoesOn) {
  const fs::path out = fresh_folder("of_before");
  std::atomic<bool> stop = true;
  train(short_recipe(2), {.out = out, .stop = &stop});
  for (const fs::path& folder : {out, out / "checkpoint-000-000001"}) {
    std::string mark = mark_of(folder);
    const std::size_t line = mark.find('\n'), at = mark.find("run ");
    ASSERT_LT(at, line);
    const std::size_t end = folder == out ? at + 3 : mark.find(" of run ");
    write_file(folder / kMarkFile, mark.erase(end, line - end));
  }
  // And before there were events.
  std::string mark = mark_of(out);
  const std::size_t events = mark.find(kEventsFile), line = mark.rfind('\n', events);
  ASSERT_NE(events, std::string::npos);
  write_file(out / kMarkFile, mark.erase(line, mark.find('\n', events) - line));
  fs::remove_all(out / "tensorboard");
  train(short_recipe(2), {.out = out, .resume = true, .stop = &stop});
  EXPECT_TRUE(fs::exists(out / kEventsFile));
  EXPECT_TRUE(train(short_recipe(2), {.out = out, .resume = true}).finished);
  EXPECT_EQ(mark_of(out / "stage1").substr(0, 33), "made by paperphone: stage stage1\n");
}

TEST(Training, RefusesWhatCanNeverBeCarriedOutAndLeavesNothing) {
  const fs::path out = fresh_folder("impossible");
  Recipe recipe = smoke();
  recipe.eval.split = "validaton";
  EXPECT_EQ(message_of([&] { train(recipe, {.out = out}); }).substr(0, 40),
            "eval.split: unknown split 'validaton' (k");
  recipe = smoke();
  recipe.model.lora.rank = 2;
  recipe.model.lora.targets = {"nothing"};
  EXPECT_NE(message_of([&] { train(recipe, {.out = out}); }), "(no error)");
  EXPECT_FALSE(fs::exists(out));
}

TEST(Training, NamesAnUnknownAppAndAMissingCheckpoint) {
  Recipe recipe = smoke();
  recipe.phone.apps = {"setings"};
  EXPECT_TRUE(message_of([&] {
                train(recipe, {.out = fresh_folder("unknown_app")});
              }).starts_with("unknown app 'setings' in phone.apps (known: "));
  recipe = smoke();
  recipe.model.init_from = "/nowhere/agent";
  EXPECT_NE(message_of([&] {
              train(recipe, {.out = fresh_folder("no_checkpoint")});
            }).find("/nowhere/agent"),
            std::string::npos);
}

}  // namespace
}  // namespace paperphone::rl

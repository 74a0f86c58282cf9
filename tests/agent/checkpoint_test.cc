#include "agent/checkpoint.h"

#include <gtest/gtest.h>

#include <fstream>

#include "agent/json_fields.h"
#include "env/error.h"
#include "tests/agent/parity_case.h"
#include "tests/agent/tiny_agent.h"

namespace paperphone {
namespace {

namespace fs = std::filesystem;
using testing::ScratchFolder;

std::string load_error(const fs::path& directory) {
  try {
    load_agent(directory);
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

TEST(Checkpoint, SavedAndLoadedAgentsAreEqual) {
  const ScratchFolder folder("checkpoint");
  const Agent agent = testing::tiny_agent();
  save_agent(agent, folder.path() / "a");
  const Agent again = load_agent(folder.path() / "a");
  EXPECT_EQ(again.model->weights_hash(), agent.model->weights_hash());
  EXPECT_EQ(again.tokenizer.size(), agent.tokenizer.size());
  EXPECT_EQ(again.prompt.style, PromptStyle::kCompact);
  EXPECT_EQ(again.generation.stop_ids, agent.generation.stop_ids);
  EXPECT_FALSE(fs::exists(folder.path() / "a.new"));
}

TEST(Checkpoint, ShardsStayBelowTheirLimit) {
  const ScratchFolder folder("shards");
  const Agent agent = testing::tiny_agent();
  save_agent(agent, folder.path() / "a",
             {.bfloat16 = true, .max_shard_bytes = 2'000'000});
  int shards = 0;
  for (const auto& entry : fs::directory_iterator(folder.path() / "a"))
    if (entry.path().extension() == ".safetensors") {
      ++shards;
      EXPECT_LT(entry.file_size(), 2'100'000u);
    }
  EXPECT_GT(shards, 2);
  const Agent again = load_agent(folder.path() / "a");
  torch::NoGradGuard no_grad;
  const auto a = agent.model->named_parameters(), b = again.model->named_parameters();
  for (const auto& item : a)
    EXPECT_TRUE(torch::equal(item.value().to(torch::kBFloat16).to(torch::kFloat32),
                             b[item.key()]));
}

TEST(Checkpoint, ReplacesAnExistingDirectoryAsAWhole) {
  const ScratchFolder folder("replace");
  save_agent(testing::tiny_agent(1), folder.path() / "a");
  std::ofstream(folder.path() / "a" / "leftover.txt") << "x";
  const Agent second = testing::tiny_agent(2);
  save_agent(second, folder.path() / "a");
  EXPECT_FALSE(fs::exists(folder.path() / "a" / "leftover.txt"));
  EXPECT_EQ(load_agent(folder.path() / "a").model->weights_hash(),
            second.model->weights_hash());
}

TEST(Checkpoint, WeightsDependOnTheSeedOnly) {
  EXPECT_EQ(testing::tiny_agent(3).model->weights_hash(),
            testing::tiny_agent(3).model->weights_hash());
  EXPECT_NE(testing::tiny_agent(3).model->weights_hash(),
            testing::tiny_agent(4).model->weights_hash());
  const std::int64_t parameters = testing::tiny_agent().model->num_parameters();
  EXPECT_GT(parameters, 3'000'000);
  EXPECT_LT(parameters, 6'000'000);
}

TEST(Checkpoint, LoadsNewerTensorNames) {
  const ScratchFolder folder("names");
  auto tensors = load_tensors(testing::kFixtures / "tinyA/model.safetensors");
  std::map<std::string, torch::Tensor> renamed;
  for (const auto& [name, tensor] : tensors)
    renamed[name.starts_with("visual.") ? "model." + name
                                        : "model.language_model." + name.substr(6)] =
        tensor.to(torch::kBFloat16);
  save_tensors(folder.path() / "model.safetensors", renamed);
  Qwen25Vl model(read_model_config(testing::kFixtures / "new_layout/config.json"));
  load_weights(model, folder.path());
  EXPECT_TRUE(torch::equal(
      model->named_parameters()["model.norm.weight"],
      tensors["model.norm.weight"].to(torch::kBFloat16).to(torch::kFloat32)));
}

TEST(Checkpoint, ListsEveryMismatchAtOnce) {
  const ScratchFolder folder("mismatch");
  const Agent agent = testing::tiny_agent();
  save_agent(agent, folder.path() / "a");
  const fs::path file = folder.path() / "a" / "model.safetensors";
  auto tensors = load_tensors(file);
  tensors.erase("model.norm.weight");
  tensors["model.extra"] = torch::zeros({1});
  tensors["visual.merger.ln_q.weight"] = torch::zeros({5});
  save_tensors(file, tensors);
  const std::string error = load_error(folder.path() / "a");
  EXPECT_NE(error.find("missing tensor 'model.norm.weight'"), std::string::npos);
  EXPECT_NE(error.find("unknown tensor 'model.extra'"), std::string::npos);
  EXPECT_NE(error.find("'visual.merger.ln_q.weight' has shape [5], expected [128]"),
            std::string::npos);
}

TEST(Checkpoint, SaysWhichFileIsMissingOrCut) {
  const ScratchFolder folder("missing");
  EXPECT_NE(load_error(folder.path() / "none").find("no such checkpoint directory"),
            std::string::npos);
  const fs::path a = folder.path() / "a";
  save_agent(testing::tiny_agent(), a);
  fs::resize_file(a / "model.safetensors", 5000);
  EXPECT_NE(load_error(a).find("model.safetensors"), std::string::npos);
  fs::remove(a / "model.safetensors");
  EXPECT_NE(load_error(a).find("no model.safetensors"), std::string::npos);
  fs::remove(a / "config.json");
  EXPECT_NE(load_error(a).find("config.json: cannot be read"), std::string::npos);
}

TEST(Checkpoint, RefusesAProcessorThatDoesNotFit) {
  const ScratchFolder folder("processor");
  Agent agent = testing::tiny_agent();
  agent.images.patch_size = 14;
  save_agent(agent, folder.path() / "a");
  EXPECT_NE(load_error(folder.path() / "a")
                .find("'patch_size' is 14 in preprocessor_config.json and 20"),
            std::string::npos);
}

TEST(Checkpoint, AFullDiskLeavesTheOldCheckpoint) {
  if (!fs::exists("/dev/full")) GTEST_SKIP();
  const ScratchFolder folder("full");
  EXPECT_THROW(save_agent(testing::tiny_agent(), "/proc/paperphone/a"), DataError);
  // A directory that cannot be renamed over: the target is a file's child.
  std::ofstream(folder.path() / "file") << "x";
  EXPECT_THROW(save_agent(testing::tiny_agent(), folder.path() / "file" / "a"),
               DataError);
  EXPECT_EQ(read_file(folder.path() / "file"), "x");
}

TEST(Checkpoint, TensorsKeepTypeAndMetadata) {
  const ScratchFolder folder("tensors");
  const fs::path file = folder.path() / "state.safetensors";
  save_tensors(
      file, {{"step", torch::tensor(std::int64_t(7))}, {"m", torch::randn({3, 4}).t()}},
      {{"version", "1"}});
  std::map<std::string, std::string> metadata;
  const auto tensors = load_tensors(file, &metadata);
  EXPECT_EQ(tensors.at("step").item<std::int64_t>(), 7);
  EXPECT_EQ(tensors.at("m").sizes().vec(), (std::vector<std::int64_t>{4, 3}));
  EXPECT_EQ(metadata.at("version"), "1");
}

}  // namespace
}  // namespace paperphone

#include "agent/checkpoint/checkpoint.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "agent/checkpoint/tensor_file.h"
#include "agent/text/json_fields.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "tests/agent/parity_case.h"
#include "tests/agent/tiny_agent.h"

namespace paperphone::agent {
namespace {

namespace fs = std::filesystem;

std::string load_error(const fs::path& directory) {
  try {
    load_agent(directory);
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

TEST(Checkpoint, SavedAndLoadedAgentsAreEqual) {
  const ScratchFolder folder;
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
  const ScratchFolder folder;
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
  const ScratchFolder folder;
  save_agent(testing::tiny_agent(1), folder.path() / "a");
  const Agent second = testing::tiny_agent(2);
  const fs::path notes = folder.path() / "a" / "notes.txt";
  std::ofstream(notes) << "x";
  EXPECT_THROW(save_agent(second, folder.path() / "a"), DataError);
  EXPECT_EQ(read_file(notes), "x");
  fs::remove(notes);
  save_agent(second, folder.path() / "a");
  EXPECT_EQ(load_agent(folder.path() / "a").model->weights_hash(),
            second.model->weights_hash());
}

TEST(Checkpoint, WeightsThatAreNoNumbersAreNotLoaded) {
  const ScratchFolder folder;
  const Agent agent = testing::tiny_agent();
  const std::string name = agent.model->named_parameters()[3].key();
  {
    const torch::NoGradGuard no_grad;
    agent.model->named_parameters()[3].value().view(-1)[0] = std::nan("");
  }
  save_agent(agent, folder.path() / "a");
  EXPECT_NE(load_error(folder.path() / "a").find("'" + name + "' holds something that is"),
            std::string::npos)
      << load_error(folder.path() / "a");
}

TEST(Checkpoint, WeightsAreTheSameHoweverTheyAreSpread) {
  const ScratchFolder folder;
  const Agent agent = testing::tiny_agent();
  save_agent(agent, folder.path() / "a");
  save_agent(agent, folder.path() / "b", {.max_shard_bytes = 2'000'000});
  save_agent(testing::tiny_agent(2), folder.path() / "c");
  EXPECT_EQ(stored_weights_hash(folder.path() / "a"),
            stored_weights_hash(folder.path() / "b"));
  EXPECT_NE(stored_weights_hash(folder.path() / "a"),
            stored_weights_hash(folder.path() / "c"));
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
  const ScratchFolder folder;
  auto tensors = load_tensors(testing::kFixtures / "tinyA/model.safetensors");
  std::map<std::string, torch::Tensor> renamed;
  for (const auto& [name, tensor] : tensors)
    renamed[name.starts_with("visual.") ? "model." + name
                                        : "model.language_model." + name.substr(6)] =
        tensor.to(torch::kBFloat16);
  save_tensors(folder.path() / "model.safetensors", renamed);
  Qwen25Vl model(read_model_config(testing::kFixtures / "tinyA_bf16_newnames/config.json"));
  load_weights(model, folder.path());
  EXPECT_TRUE(torch::equal(
      model->named_parameters()["model.norm.weight"],
      tensors["model.norm.weight"].to(torch::kBFloat16).to(torch::kFloat32)));
}

TEST(Checkpoint, LoadsHalfPrecisionAndAStoredCopyOfATiedHead) {
  const ScratchFolder folder;
  auto tensors = load_tensors(testing::kFixtures / "tinyA/model.safetensors");
  auto stored = tensors;
  for (auto& [name, tensor] : stored) tensor = tensor.to(torch::kFloat16);
  stored["lm_head.weight"] = stored["model.embed_tokens.weight"];
  save_tensors(folder.path() / "model.safetensors", stored);
  Qwen25Vl model(read_model_config(testing::kFixtures / "tinyA/config.json"));
  load_weights(model, folder.path());
  EXPECT_TRUE(torch::equal(
      model->named_parameters()["model.embed_tokens.weight"],
      tensors["model.embed_tokens.weight"].to(torch::kFloat16).to(torch::kFloat32)));
}

TEST(Checkpoint, AnUntiedHeadIsItsOwn) {
  const ScratchFolder folder;
  auto tensors = load_tensors(testing::kFixtures / "tinyA/model.safetensors");
  ModelConfig config = read_model_config(testing::kFixtures / "tinyA/config.json");
  config.tie_word_embeddings = false;
  save_tensors(folder.path() / "model.safetensors", tensors);
  Qwen25Vl model(config);
  try {
    load_weights(model, folder.path());
    FAIL();
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find("missing tensor 'lm_head.weight'"),
              std::string::npos);
  }
  tensors["lm_head.weight"] = torch::randn({config.vocab_size, config.hidden_size});
  save_tensors(folder.path() / "model.safetensors", tensors);
  load_weights(model, folder.path());
  torch::NoGradGuard no_grad;
  const auto states = torch::randn({2, config.hidden_size});
  EXPECT_LT(testing::largest_difference(
                model->logits(states),
                torch::linear(states, tensors["lm_head.weight"])),
            1e-4);
}

// Peak and present memory of this process, bytes.
std::int64_t memory(const std::string& key) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key)) return std::stoll(line.substr(key.size() + 1)) * 1024;
  return 0;
}

TEST(Checkpoint, ALargeCheckpointIsNeverInMemoryTwice) {
  if (!fs::exists("/proc/self/clear_refs")) GTEST_SKIP();
  const ScratchFolder folder;
  std::int64_t bytes = 0;
  {
    Agent agent = testing::tiny_agent();
    ModelConfig config = agent.model->config();
    config.hidden_size = config.vision.out_hidden_size = 1024;
    config.num_heads = config.num_kv_heads = 32;
    config.intermediate_size = 8192;  // about 240 MB in bfloat16
    agent.model = Qwen25Vl(config);
    torch::NoGradGuard no_grad;
    for (auto& parameter : agent.model->parameters()) parameter.fill_(0.5);
    bytes = agent.model->num_parameters() * 2;
    save_agent(agent, folder.path() / "a",
               {.bfloat16 = true, .max_shard_bytes = bytes / 3});
  }
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts anew
  const std::int64_t before = memory("VmRSS:");
  const Agent loaded = load_agent(folder.path() / "a", {.float32_weights = false});
  EXPECT_EQ(loaded.model->parameters()[0].scalar_type(), torch::kBFloat16);
  const std::int64_t grown = memory("VmHWM:") - before;
  EXPECT_LT(grown, bytes * 14 / 10) << bytes;
}

TEST(Checkpoint, AConfigThatAsksForTooMuchAllocatesNothing) {
  const ScratchFolder folder;
  save_agent(testing::tiny_agent(), folder.path() / "a");
  auto json = testing::read_json(folder.path() / "a" / "config.json");
  json["num_hidden_layers"] = 1000;
  json["intermediate_size"] = 1 << 24;
  std::ofstream(folder.path() / "a" / "config.json") << json;
  EXPECT_NE(load_error(folder.path() / "a").find("config.json describes a model of"),
            std::string::npos);
}

// Any bytes in any file: loaded or refused, never a crash.
TEST(Checkpoint, DamagedFilesAreRefusedOrHarmless) {
  const ScratchFolder folder;
  const fs::path good = folder.path() / "good", bad = folder.path() / "bad";
  Agent agent = testing::tiny_agent();
  agent.lora = LoraConfig{.rank = 1, .alpha = 1, .targets = {"q_proj"}};
  add_lora(agent.model, *agent.lora, Rng(1));
  save_agent(agent, good, {.max_shard_bytes = 8'000'000});
  Rng rng(11);
  constexpr std::string_view kBytes = "0123456789{}[]\",:-e\xff";
  int refused = 0, tried = 0;
  for (const auto& entry : fs::directory_iterator(good)) {
    if (entry.path().extension() != ".json") continue;
    const std::string whole = read_file(entry.path());
    for (int i = 0; i < 12; ++i, ++tried) {
      std::string damaged = whole;
      if (i % 3 == 0) {
        damaged.resize(rng.below(whole.size()));
      } else {
        for (std::uint64_t n = 1 + rng.below(4); n > 0; --n)
          damaged[rng.below(damaged.size())] = kBytes[rng.below(kBytes.size())];
      }
      fs::remove_all(bad);
      fs::create_directories(bad);
      for (const auto& file : fs::directory_iterator(good))
        if (file.path() != entry.path())
          fs::create_symlink(file.path(), bad / file.path().filename());
      std::ofstream(bad / entry.path().filename(), std::ios::binary) << damaged;
      refused += !load_error(bad).empty();
    }
  }
  EXPECT_GE(tried, 8 * 12);
  EXPECT_GT(refused, tried / 4);
}

TEST(Checkpoint, ListsEveryMismatchAtOnce) {
  const ScratchFolder folder;
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
  const ScratchFolder folder;
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
  const ScratchFolder folder;
  Agent agent = testing::tiny_agent();
  agent.images.patch_size = 14;
  save_agent(agent, folder.path() / "a");
  EXPECT_NE(load_error(folder.path() / "a")
                .find("'patch_size' is 14 in preprocessor_config.json and 20"),
            std::string::npos);
}

TEST(Checkpoint, RefusesATokenizerOfAnotherCheckpoint) {
  const ScratchFolder folder;
  const fs::path a = folder.path() / "a";
  save_agent(testing::tiny_agent(), a);
  std::string config = read_file(a / "config.json");
  const std::string key = "\"image_token_id\": ";
  const std::size_t at = config.find(key);
  ASSERT_NE(at, std::string::npos);
  config.insert(at + key.size(), "1");
  write_file(a / "config.json", config);
  EXPECT_NE(load_error(a).find("in config.json, but <|image_pad|> is"), std::string::npos)
      << load_error(a);
}

TEST(Checkpoint, AFullDiskLeavesTheOldCheckpoint) {
  if (!fs::exists("/dev/full")) GTEST_SKIP();
  const ScratchFolder folder;
  EXPECT_THROW(save_agent(testing::tiny_agent(), "/proc/paperphone/a"), DataError);
  // A directory that cannot be renamed over: the target is a file's child.
  std::ofstream(folder.path() / "file") << "x";
  EXPECT_THROW(save_agent(testing::tiny_agent(), folder.path() / "file" / "a"),
               DataError);
  EXPECT_EQ(read_file(folder.path() / "file"), "x");
}

TEST(Checkpoint, TensorsKeepTypeAndMetadata) {
  const ScratchFolder folder;
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
}  // namespace paperphone::agent

#include "agent/checkpoint/lora.h"

#include <gtest/gtest.h>

#include "agent/checkpoint/tensor_file.h"
#include "env/base/error.h"
#include "tests/agent/parity_case.h"
#include "tests/agent/tiny_agent.h"

namespace paperphone::agent {
namespace {

using testing::load_parity_case;
using testing::load_tiny_a;

torch::Tensor logits_of(Qwen25Vl model, const testing::ParityCase& c) {
  torch::NoGradGuard no_grad;
  return model->forward(c.batch);
}

// Adapters that do something.
Qwen25Vl adapted(const LoraConfig& config) {
  Qwen25Vl model = load_tiny_a();
  add_lora(model, config, Rng(3));
  torch::NoGradGuard no_grad;
  int i = 0;
  for (auto& item : model->named_parameters())
    if (item.key().ends_with("lora_B"))
      item.value().copy_(torch::sin(torch::arange(item.value().numel(), torch::kFloat32) +
                                    ++i)
                             .view(item.value().sizes())
                             .mul(0.05));
  return model;
}

TEST(Lora, ChangesNothingAtFirstAndAloneLearns) {
  Qwen25Vl model = load_tiny_a();
  const auto c = load_parity_case("a1_single_image", model->config());
  const auto before = logits_of(model, c);
  add_lora(model, {.rank = 4, .alpha = 8}, Rng(1));
  EXPECT_TRUE(torch::equal(before, logits_of(model, c)));
  (-model->target_logprobs(c.batch).mean()).backward();
  for (const auto& item : model->named_parameters())
    EXPECT_EQ(item.value().grad().defined(), is_adapter_parameter(item.key()))
        << item.key();
}

TEST(Lora, BareNamesMeanTheDecoderAndDottedOnesAnything) {
  Qwen25Vl model = load_tiny_a();
  for (const std::string& name : lora_modules(model, {}))
    EXPECT_TRUE(name.starts_with("model.layers.")) << name;
  EXPECT_EQ(lora_modules(model, {}).size(), 7u * 3u);
  EXPECT_EQ(lora_modules(model, {.targets = {"visual.merger.mlp.2"}}),
            (std::vector<std::string>{"visual.merger.mlp.2"}));
  EXPECT_EQ(lora_modules(model, {.targets = {"attn.qkv"}}).size(), 4u);
  try {
    lora_modules(model, {.targets = {"query"}});
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("no projection is called 'query'"),
              std::string::npos);
  }
}

TEST(Lora, IsWPlusScaledBA) {
  Qwen25Vl model = adapted({.rank = 4, .alpha = 6, .targets = {"q_proj"}});
  auto& q = *model->named_modules()["model.layers.0.self_attn.q_proj"]
                 ->as<ProjectionImpl>();
  torch::NoGradGuard no_grad;
  const auto x = torch::randn({5, 96});
  const auto weight = q.weight + 1.5 * torch::matmul(q.lora_B, q.lora_A);
  EXPECT_LT(testing::largest_difference(q.forward(x), torch::linear(x, weight, q.bias)),
            1e-5);
}

TEST(Lora, MergesAndComesBackBitForBit) {
  Qwen25Vl model = adapted({.rank = 4, .alpha = 8});
  const auto c = load_parity_case("a2_two_images", model->config());
  const std::string hash = model->weights_hash();
  const auto apart = logits_of(model, c);
  merge_lora(model);
  EXPECT_NE(model->weights_hash(), hash);
  EXPECT_LT(testing::largest_difference(logits_of(model, c), apart), 3e-4);
  unmerge_lora(model);
  EXPECT_EQ(model->weights_hash(), hash);
  EXPECT_TRUE(torch::equal(logits_of(model, c), apart));
}

TEST(Lora, SurvivesSavingInPeftsLayout) {
  const ScratchFolder folder;
  const LoraConfig config{.rank = 3, .alpha = 5, .targets = {"q_proj", "down_proj"}};
  Qwen25Vl model = adapted(config);
  save_lora(model, config, folder.path());
  const auto stored = load_tensors(folder.path() / "adapter_model.safetensors");
  EXPECT_EQ(stored.size(), 2u * 2u * 3u);
  EXPECT_EQ(stored
                .at("base_model.model.model.layers.1.self_attn.q_proj.lora_A.weight")
                .sizes()
                .vec(),
            (std::vector<std::int64_t>{3, 96}));
  const auto json = testing::read_json(folder.path() / "adapter_config.json");
  EXPECT_EQ(json["peft_type"], "LORA");
  EXPECT_EQ(json["r"], 3);
  EXPECT_EQ(json["target_modules"][0], "layers.0.self_attn.q_proj");

  Qwen25Vl again = load_tiny_a();
  const LoraConfig loaded = load_lora(again, folder.path());
  EXPECT_EQ(loaded.alpha, 5);
  EXPECT_EQ(again->weights_hash(), model->weights_hash());
}

TEST(Lora, ReadsTheNamesOfNewerVersions) {
  const ScratchFolder folder;
  const LoraConfig config{.rank = 3, .alpha = 5};
  Qwen25Vl model = adapted(config);
  save_lora(model, config, folder.path());
  std::map<std::string, torch::Tensor> renamed;
  for (const auto& [name, tensor] :
       load_tensors(folder.path() / "adapter_model.safetensors"))
    renamed["base_model.model.model.language_model." + name.substr(23)] = tensor;
  save_tensors(folder.path() / "adapter_model.safetensors", renamed);
  Qwen25Vl again = load_tiny_a();
  load_lora(again, folder.path());
  EXPECT_EQ(again->weights_hash(), model->weights_hash());
}

TEST(Lora, ListsWhatDoesNotFit) {
  const ScratchFolder folder;
  const LoraConfig config{.rank = 3, .alpha = 5, .targets = {"q_proj"}};
  save_lora(adapted(config), config, folder.path());
  auto tensors = load_tensors(folder.path() / "adapter_model.safetensors");
  const std::string first = "base_model.model.model.layers.0.self_attn.q_proj.";
  tensors[first + "lora_A.weight"] = torch::zeros({3, 7});
  tensors.erase(first + "lora_B.weight");
  save_tensors(folder.path() / "adapter_model.safetensors", tensors);
  try {
    load_lora(load_tiny_a(), folder.path());
    FAIL();
  } catch (const DataError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("q_proj.lora_A' has shape [3, 7], expected [3, 96]"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("missing tensor 'model.layers.0.self_attn.q_proj.lora_B'"),
              std::string::npos)
        << text;
  }
}

TEST(Lora, BelongsToItsAgentOnDisk) {
  const ScratchFolder folder;
  Agent agent = testing::tiny_agent();
  agent.lora = LoraConfig{.rank = 2, .alpha = 4, .targets = {"o_proj"}};
  add_lora(agent.model, *agent.lora, Rng(1));
  save_agent(agent, folder.path() / "a");
  const Agent again = load_agent(folder.path() / "a");
  ASSERT_TRUE(again.lora.has_value());
  EXPECT_EQ(again.lora->rank, 2);
  EXPECT_EQ(again.model->weights_hash(), agent.model->weights_hash());
}

}  // namespace
}  // namespace paperphone::agent

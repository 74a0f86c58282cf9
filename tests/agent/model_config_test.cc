#include "agent/model/model_config.h"

#include <gtest/gtest.h>

#include "env/base/error.h"
#include "tests/agent/fixtures.h"

namespace paperphone::agent {
namespace {

using testing::kFixtures;

TEST(ModelConfig, ReadsBothLayoutsAlike) {
  const ModelConfig old = read_model_config(kFixtures / "tinyA/config.json");
  const ModelConfig nested = read_model_config(kFixtures / "tinyA_bf16_newnames/config.json");
  EXPECT_EQ(old.hidden_size, 96);
  EXPECT_EQ(old.mrope_section, (std::vector<int>{2, 3, 3}));
  EXPECT_EQ(old.vision.full_attention_blocks, (std::vector<int>{1, 3}));
  EXPECT_TRUE(old.tie_word_embeddings);
  EXPECT_EQ(nested.dtype, "bfloat16");
  ModelConfig same = nested;
  same.dtype = old.dtype;
  EXPECT_EQ(model_config_to_json(old), model_config_to_json(same));
}

TEST(ModelConfig, ReadsAFileWithTheTextPartNestedOnly) {
  auto json = testing::read_json(kFixtures / "tinyA_bf16_newnames/config.json");
  for (const auto& [key, value] : json["text_config"].items())
    if (key != "model_type") json.erase(key);
  const ModelConfig nested = parse_model_config(json.dump(), "nested");
  EXPECT_EQ(nested.num_layers, 3);
  EXPECT_EQ(nested.rope_theta, 1e6);
}

TEST(ModelConfig, TakesTheClassDefaultsOfTheLibrary) {
  auto json = testing::read_json(kFixtures / "tinyA/config.json");
  json.erase("rms_norm_eps");
  json.erase("tie_word_embeddings");
  json["vision_config"].erase("tokens_per_second");
  const ModelConfig config = parse_model_config(json.dump(), "x");
  EXPECT_EQ(config.rms_norm_eps, 1e-5);
  EXPECT_FALSE(config.tie_word_embeddings);
  EXPECT_EQ(config.vision.tokens_per_second, 4);
}

TEST(ModelConfig, SurvivesWritingAndReading) {
  const ModelConfig tiny = tiny_model_config(4096);
  const std::string text = model_config_to_json(tiny);
  EXPECT_EQ(model_config_to_json(parse_model_config(text, "tiny")), text);
}

std::string error_of(const nlohmann::json& json) {
  try {
    parse_model_config(json.dump(), "config.json");
  } catch (const DataError& error) {
    return error.what();
  }
  return "";
}

TEST(ModelConfig, SaysWhatDoesNotFit) {
  const auto good = testing::read_json(kFixtures / "tinyA/config.json");
  auto json = good;
  json.erase("hidden_size");
  EXPECT_EQ(error_of(json), "config.json: text_config: 'hidden_size' is missing");
  json = good;
  json["num_attention_heads"] = 5;
  EXPECT_NE(error_of(json).find("multiple of num_attention_heads"), std::string::npos);
  json = good;
  json["rope_scaling"]["mrope_section"] = {1, 1, 1};
  EXPECT_NE(error_of(json).find("mrope_section must sum"), std::string::npos);
  json = good;
  json["vision_config"]["out_hidden_size"] = 64;
  EXPECT_NE(error_of(json).find("out_hidden_size (64)"), std::string::npos);
  json = good;
  json["model_type"] = "llama";
  EXPECT_NE(error_of(json).find("must be qwen2_5_vl, found llama"), std::string::npos);
  json = good;
  json["num_hidden_layers"] = -1;
  EXPECT_NE(error_of(json).find("'num_hidden_layers' must be between"),
            std::string::npos);
}

}  // namespace
}  // namespace paperphone::agent

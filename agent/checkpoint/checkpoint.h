// An agent on disk: a directory that transformers reads too.
//
//   config.json  model.safetensors (or shards + model.safetensors.index.json)
//   tokenizer.json vocab.json merges.txt added_tokens.json tokenizer_config.json
//   preprocessor_config.json  generation_config.json  paperphone_prompt.json (ours)
//   adapter_config.json  adapter_model.safetensors (if it has adapters; agent/checkpoint/lora.h)
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "agent/checkpoint/lora.h"
#include "agent/generation/generation_options.h"
#include "agent/image/image_processor.h"
#include "agent/model/qwen2_5_vl.h"
#include "agent/text/prompt.h"
#include "agent/text/tokenizer.h"
#include "env/base/host/owned_folder.h"

namespace paperphone::agent {

// Everything needed to turn screenshots into responses. The model is a handle:
// copies of an Agent share its weights.
struct Agent {
  Tokenizer tokenizer;
  ImageProcessorConfig images;
  GenerationOptions generation;
  PromptOptions prompt;
  Qwen25Vl model{nullptr};
  std::optional<LoraConfig> lora = {};  // if the model has adapters
};

struct LoadOptions {
  ComputeType compute_type = ComputeType::kFloat32;
  // Type of the parameters in memory. Float32 for training.
  bool float32_weights = true;
  // Where the weights go: "cpu", "cuda", "cuda:1".
  std::string device = "cpu";
};

// A device by its name in LoadOptions. Throws ConfigError if it is not there.
torch::Device device_named(const std::string& name);

// Throws DataError: file missing or damaged, tensors missing, unknown or of another
// shape (all of them in one message), weights that are no finite numbers.
Agent load_agent(const std::filesystem::path& directory,
                 const LoadOptions& options = {});

// What the marks of saved agents say they are (env/base/host/owned_folder.h).
inline constexpr std::string_view kAgentKind = "agent";

struct SaveOptions {
  bool bfloat16 = false;             // else float32
  std::int64_t max_shard_bytes = 0;  // 0: one file
  std::string kind = std::string(kAgentKind);
  NewFolder::Others others = NewFolder::Others::kRefuse;
};

// Appears whole, as a NewFolder of that kind does, in place of an earlier one. Throws
// DataError (disk full, no access, something else is in the way).
void save_agent(const Agent& agent, const std::filesystem::path& directory,
                const SaveOptions& options = {});

// Of the weights in the directory, adapters included, however they are spread over
// files. Throws DataError.
std::string stored_weights_hash(const std::filesystem::path& directory);

// The first tensor that holds something else than finite numbers; empty: none does.
std::string first_not_finite(
    const std::vector<std::pair<std::string, torch::Tensor>>& tensors);

// Only the weights, into an existing model of the same config.
void load_weights(Qwen25Vl model, const std::filesystem::path& directory);

// A new, untrained agent of the tiny size: tokenizer learned from `corpus`, weights
// from `seed`.
Agent make_tiny_agent(std::span<const std::string> corpus, std::uint64_t seed);
// The same, saved to `directory`.
void create_tiny_agent(const std::filesystem::path& directory,
                       std::span<const std::string> corpus, std::uint64_t seed);

}  // namespace paperphone::agent

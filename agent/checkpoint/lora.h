// Low-rank adapters: W x + (alpha / rank) B (A x), with W standing still. On disk in the
// layout of the PEFT library (adapter_config.json, adapter_model.safetensors).
// Source: LoRA, arXiv:2106.09685; file layout: PEFT 0.1x.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "agent/model/qwen2_5_vl.h"
#include "env/base/rng.h"

namespace paperphone::agent {

struct LoraConfig {
  int rank = 16;
  double alpha = 32;
  // Projections by the end of their names. A bare name means those of the decoder's
  // layers only: the vision tower's MLP has the same ones. With a dot, anything:
  // "visual.merger.mlp.2", "blocks.0.attn.qkv".
  std::vector<std::string> targets = {"q_proj",    "k_proj",  "v_proj",   "o_proj",
                                      "gate_proj", "up_proj", "down_proj"};
};

// Full names of the projections that `config` means, in order. Throws ConfigError for a
// target that names none, with those there are.
std::vector<std::string> lora_modules(Qwen25Vl model, const LoraConfig& config);

// Adds adapters that change nothing yet (B is zero); A comes from `rng`, forked by the
// projection's name. From then on only adapters want gradients.
// REQUIRES: no adapters yet. Throws ConfigError.
void add_lora(Qwen25Vl model, const LoraConfig& config, const Rng& rng);
bool has_lora(Qwen25Vl model);
bool is_adapter_parameter(std::string_view parameter_name);

// Into the weights, for speed; and out again, bit for bit.
void merge_lora(Qwen25Vl model);
void unmerge_lora(Qwen25Vl model);

// Atomic, DataError. REQUIRES: has_lora(model).
void save_lora(Qwen25Vl model, const LoraConfig& config,
               const std::filesystem::path& directory);
// Adds adapters and loads them. Names of older and newer versions of transformers.
// Throws DataError: missing, unknown and mis-shaped tensors in one message.
LoraConfig load_lora(Qwen25Vl model, const std::filesystem::path& directory);

}  // namespace paperphone::agent

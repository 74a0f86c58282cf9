// The numbers that shape a Qwen2.5-VL model: config.json, in both layouts that
// transformers writes (flat, and nested under text_config).
//
// Source: https://huggingface.co/Qwen/Qwen2.5-VL-3B-Instruct (config.json).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paperphone::agent {

struct VisionConfig {
  int depth = 32;
  int hidden_size = 3584;
  int num_heads = 16;
  int intermediate_size = 3420;
  int out_hidden_size = 3584;
  int in_channels = 3;
  int patch_size = 14;          // pixels
  int temporal_patch_size = 2;  // frames
  int spatial_merge_size = 2;   // patches per side of a merged token
  int window_size = 112;        // pixels
  std::vector<int> full_attention_blocks = {7, 15, 23, 31};
  double tokens_per_second = 4;

  // Deviations from the published architecture, off in real checkpoints.
  //
  // "paperphone_vision_position": [rows, columns]. Learned row and column
  // embeddings are added to the merger's output, for grids of merged tokens up to
  // that size (0: off). A tiny model has no time to learn absolute position from
  // relative rotary angles.
  int position_rows = 0;
  int position_columns = 0;
  // "paperphone_vision_stem": channels of a convolutional stem (0: off). The patch
  // projection then sees stride-4 features instead of raw pixels; the patch size
  // must be a multiple of 4 and temporal_patch_size 1.
  int stem_channels = 0;

  int merge_group() const { return spatial_merge_size * spatial_merge_size; }
  // Numbers in one row of pixel values: channels, frames, rows, columns.
  int patch_values() const {
    return in_channels * temporal_patch_size * patch_size * patch_size;
  }
};

struct ModelConfig {
  int hidden_size = 0;
  int num_layers = 0;
  int num_heads = 0;
  int num_kv_heads = 0;
  int intermediate_size = 0;
  int vocab_size = 0;
  bool tie_word_embeddings = false;
  double rms_norm_eps = 1e-6;
  double rope_theta = 1e6;
  std::vector<int> mrope_section;  // sums to head_dim() / 2
  std::int64_t bos_token_id = 0;
  std::int64_t eos_token_id = 0;
  std::int64_t vision_start_token_id = 0;
  std::int64_t vision_end_token_id = 0;
  std::int64_t vision_token_id = 0;
  std::int64_t image_token_id = 0;
  std::int64_t video_token_id = 0;
  std::string dtype = "float32";  // of the tensors on disk: float32, bfloat16
  VisionConfig vision;

  int head_dim() const { return hidden_size / num_heads; }
};

// `name` is for messages. Unknown keys are ignored (every library version adds its
// own), missing ones take the library's class default, and those without a default
// throw. Throws DataError for wrong types and for numbers that do not fit together
// (heads that do not divide the width, sections that do not add up, ...).
ModelConfig parse_model_config(std::string_view json, std::string_view name);
ModelConfig read_model_config(const std::filesystem::path& file);

// Numbers that such a model has, about (norms, biases and learned positions left out).
double parameter_estimate(const ModelConfig& config);

// config.json in the flat layout, which every version of the library reads.
std::string model_config_to_json(const ModelConfig& config);

// The size that learns on two CPU cores: 4 to 5 million parameters, 40-pixel merged
// tokens (360x800 gives 9x20 = 180 of them without resizing). Special token ids are
// left at 0: they come from the tokenizer.
ModelConfig tiny_model_config(int vocab_size);

}  // namespace paperphone::agent

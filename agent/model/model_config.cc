#include "agent/model/model_config.h"

#include <numeric>

#include "agent/text/json_fields.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/json_text.h"

namespace paperphone::agent {
namespace {

VisionConfig parse_vision(const JsonFields& fields) {
  VisionConfig c;
  c.depth = fields.get("depth", c.depth);
  c.hidden_size = fields.get("hidden_size", c.hidden_size);
  c.num_heads = fields.get("num_heads", c.num_heads);
  c.intermediate_size = fields.get("intermediate_size", c.intermediate_size);
  c.out_hidden_size = fields.get("out_hidden_size", c.out_hidden_size);
  // The class reads in_channels, the published file says in_chans.
  c.in_channels = fields.get("in_channels", fields.get("in_chans", c.in_channels));
  c.patch_size = fields.get("patch_size", c.patch_size);
  c.temporal_patch_size = fields.get("temporal_patch_size", c.temporal_patch_size);
  c.spatial_merge_size = fields.get("spatial_merge_size", c.spatial_merge_size);
  c.window_size = fields.get("window_size", c.window_size);
  c.full_attention_blocks =
      fields.get("fullatt_block_indexes", c.full_attention_blocks);
  c.tokens_per_second = fields.get("tokens_per_second", c.tokens_per_second);
  const auto act = fields.get<std::string>("hidden_act", "silu");
  if (act != "silu") fields.fail("hidden_act", "must be silu, found " + act);
  const auto position = fields.get<std::vector<int>>("paperphone_vision_position", {});
  if (position.size() == 2) {
    c.position_rows = position[0];
    c.position_columns = position[1];
  } else if (!position.empty()) {
    fields.fail("paperphone_vision_position", "must be [rows, columns]");
  }
  c.stem_channels = fields.get("paperphone_vision_stem", c.stem_channels);
  return c;
}

void check(bool holds, std::string_view name, const std::string& problem) {
  if (!holds) throw DataError(fmt::format("{}: {}", name, problem));
}

void check_positive(std::string_view name, const char* key, std::int64_t value,
                    std::int64_t limit = 1 << 24) {
  check(value >= 1 && value <= limit, name,
        fmt::format("'{}' must be between 1 and {}, found {}", key, limit, value));
}

void check_vision(const VisionConfig& v, const ModelConfig& c, std::string_view name) {
  check_positive(name, "vision_config.depth", v.depth, 1024);
  check_positive(name, "vision_config.hidden_size", v.hidden_size);
  check_positive(name, "vision_config.num_heads", v.num_heads);
  check_positive(name, "vision_config.intermediate_size", v.intermediate_size);
  check_positive(name, "vision_config.patch_size", v.patch_size, 1024);
  check_positive(name, "vision_config.temporal_patch_size", v.temporal_patch_size, 64);
  check_positive(name, "vision_config.spatial_merge_size", v.spatial_merge_size, 64);
  check(v.in_channels == 3, name, "'in_channels' must be 3");
  check(v.hidden_size % v.num_heads == 0, name,
        "vision_config.hidden_size must be a multiple of num_heads");
  check(v.hidden_size / v.num_heads % 4 == 0, name,
        "values per vision head must be a multiple of 4 (rows and columns rotate)");
  check(v.window_size >= v.patch_size * v.spatial_merge_size, name,
        "vision_config.window_size must hold at least one merged patch");
  check(v.out_hidden_size == c.hidden_size, name,
        fmt::format("vision_config.out_hidden_size ({}) must equal hidden_size ({})",
                    v.out_hidden_size, c.hidden_size));
  for (int block : v.full_attention_blocks)
    check(block >= 0 && block < v.depth, name,
          fmt::format("fullatt_block_indexes: there is no block {}", block));
  check((v.position_rows == 0) == (v.position_columns == 0) && v.position_rows >= 0 &&
            v.position_columns >= 0,
        name, "paperphone_vision_position must be two positive numbers");
  check(v.stem_channels >= 0 && v.stem_channels <= 4096, name,
        "paperphone_vision_stem must be between 0 and 4096");
  check(v.stem_channels == 0 || (v.patch_size % 4 == 0 && v.temporal_patch_size == 1),
        name,
        "paperphone_vision_stem needs a patch_size that is a multiple of 4 and "
        "temporal_patch_size 1");
}

void check_config(const ModelConfig& c, std::string_view name) {
  check_positive(name, "hidden_size", c.hidden_size);
  check_positive(name, "num_hidden_layers", c.num_layers, 1024);
  check_positive(name, "num_attention_heads", c.num_heads);
  check_positive(name, "num_key_value_heads", c.num_kv_heads);
  check_positive(name, "intermediate_size", c.intermediate_size);
  check_positive(name, "vocab_size", c.vocab_size);
  check(c.hidden_size % c.num_heads == 0, name,
        "hidden_size must be a multiple of num_attention_heads");
  check(c.num_heads % c.num_kv_heads == 0, name,
        "num_attention_heads must be a multiple of num_key_value_heads");
  check(c.mrope_section.size() == 3, name, "mrope_section must have three numbers");
  const int sum = std::accumulate(c.mrope_section.begin(), c.mrope_section.end(), 0);
  check(sum * 2 == c.head_dim(), name,
        fmt::format("mrope_section must sum to half of the head's {} values, found {}",
                    c.head_dim(), sum));
  check_vision(c.vision, c, name);
}

}  // namespace

ModelConfig parse_model_config(std::string_view json, std::string_view name) {
  const JsonFields outer = JsonFields::parse(json, name);
  const JsonFields text = outer.child("text_config");
  const auto type = outer.get<std::string>("model_type", "qwen2_5_vl");
  if (type != "qwen2_5_vl")
    outer.fail("model_type", "must be qwen2_5_vl, found " + type);
  // The flat layout, or the nested one of newer versions, or both at once.
  const auto where = [&](const char* key) -> const JsonFields& {
    return outer.has(key) ? outer : text;
  };

  ModelConfig c;
  c.hidden_size = where("hidden_size").get<int>("hidden_size");
  c.num_layers = where("num_hidden_layers").get<int>("num_hidden_layers");
  c.num_heads = where("num_attention_heads").get<int>("num_attention_heads");
  c.num_kv_heads = where("num_key_value_heads").get("num_key_value_heads", c.num_heads);
  c.intermediate_size = where("intermediate_size").get<int>("intermediate_size");
  c.vocab_size = where("vocab_size").get<int>("vocab_size");
  c.tie_word_embeddings =
      where("tie_word_embeddings").get("tie_word_embeddings", false);
  c.rms_norm_eps = where("rms_norm_eps").get("rms_norm_eps", 1e-5);
  const auto act = where("hidden_act").get<std::string>("hidden_act", "silu");
  if (act != "silu") outer.fail("hidden_act", "must be silu, found " + act);

  const JsonFields parameters = where("rope_parameters").child("rope_parameters");
  c.rope_theta =
      where("rope_theta").get("rope_theta", parameters.get("rope_theta", 1e6));
  const JsonFields scaling = where("rope_scaling").has("rope_scaling")
                                 ? where("rope_scaling").child("rope_scaling")
                                 : parameters;
  const auto rope =
      scaling.get<std::string>("rope_type", scaling.get<std::string>("type", "mrope"));
  if (rope != "mrope" && rope != "default")
    scaling.fail("rope_type", "must be mrope or default, found " + rope);
  if (c.num_heads < 1 || c.hidden_size < c.num_heads)
    outer.fail("num_attention_heads", "must be positive and at most hidden_size");
  c.mrope_section = scaling.get<std::vector<int>>("mrope_section", {16, 24, 24});

  const auto id = [&](const char* key, std::int64_t fallback) {
    return where(key).get<std::int64_t>(key, fallback);
  };
  c.bos_token_id = id("bos_token_id", 151643);
  c.eos_token_id = id("eos_token_id", 151645);
  c.vision_start_token_id = id("vision_start_token_id", 151652);
  c.vision_end_token_id = id("vision_end_token_id", 151653);
  c.vision_token_id = id("vision_token_id", 151654);
  c.image_token_id = id("image_token_id", 151655);
  c.video_token_id = id("video_token_id", 151656);
  c.dtype =
      outer.get<std::string>("torch_dtype", outer.get<std::string>("dtype", "float32"));
  c.vision = parse_vision(outer.child("vision_config"));
  check_config(c, name);
  return c;
}

ModelConfig read_model_config(const std::filesystem::path& file) {
  return parse_model_config(read_file(file), file.string());
}

double parameter_estimate(const ModelConfig& c) {
  const double D = c.hidden_size, kv = double(c.num_kv_heads) * c.head_dim();
  const double V = c.vision.hidden_size, group = c.vision.merge_group() * V;
  return double(c.vocab_size) * D * (c.tie_word_embeddings ? 1 : 2) +
         c.num_layers * (2 * D * D + 2 * D * kv + 3 * D * c.intermediate_size) +
         c.vision.depth * (4 * V * V + 3 * V * c.vision.intermediate_size) +
         group * (group + c.vision.out_hidden_size);
}

std::string model_config_to_json(const ModelConfig& c) {
  nlohmann::ordered_json vision = {
      {"model_type", "qwen2_5_vl"},
      {"depth", c.vision.depth},
      {"hidden_act", "silu"},
      {"hidden_size", c.vision.hidden_size},
      {"intermediate_size", c.vision.intermediate_size},
      {"num_heads", c.vision.num_heads},
      {"in_chans", c.vision.in_channels},
      {"in_channels", c.vision.in_channels},
      {"out_hidden_size", c.vision.out_hidden_size},
      {"patch_size", c.vision.patch_size},
      {"spatial_patch_size", c.vision.patch_size},
      {"temporal_patch_size", c.vision.temporal_patch_size},
      {"spatial_merge_size", c.vision.spatial_merge_size},
      {"window_size", c.vision.window_size},
      {"fullatt_block_indexes", c.vision.full_attention_blocks},
      {"tokens_per_second", c.vision.tokens_per_second}};
  if (c.vision.position_rows > 0)
    vision["paperphone_vision_position"] = {c.vision.position_rows,
                                            c.vision.position_columns};
  if (c.vision.stem_channels > 0)
    vision["paperphone_vision_stem"] = c.vision.stem_channels;
  const nlohmann::ordered_json json = {
      {"architectures", {"Qwen2_5_VLForConditionalGeneration"}},
      {"model_type", "qwen2_5_vl"},
      {"attention_dropout", 0.0},
      {"bos_token_id", c.bos_token_id},
      {"eos_token_id", c.eos_token_id},
      {"vision_start_token_id", c.vision_start_token_id},
      {"vision_end_token_id", c.vision_end_token_id},
      {"vision_token_id", c.vision_token_id},
      {"image_token_id", c.image_token_id},
      {"video_token_id", c.video_token_id},
      {"hidden_act", "silu"},
      {"hidden_size", c.hidden_size},
      {"initializer_range", 0.02},
      {"intermediate_size", c.intermediate_size},
      {"max_position_embeddings", 128000},
      {"model_type", "qwen2_5_vl"},
      {"num_attention_heads", c.num_heads},
      {"num_hidden_layers", c.num_layers},
      {"num_key_value_heads", c.num_kv_heads},
      {"rms_norm_eps", c.rms_norm_eps},
      {"rope_theta", c.rope_theta},
      {"tie_word_embeddings", c.tie_word_embeddings},
      {"torch_dtype", c.dtype},
      {"use_cache", true},
      {"use_sliding_window", false},
      {"vision_config", vision},
      {"rope_scaling", {{"type", "mrope"}, {"mrope_section", c.mrope_section}}},
      {"vocab_size", c.vocab_size}};
  return json_text(json, 1) + "\n";
}

ModelConfig tiny_model_config(int vocab_size) {
  ModelConfig c;
  c.hidden_size = 256;
  c.num_layers = 4;
  c.num_heads = 8;  // of 32 values: a multiple of the matrix unit's 32
  c.num_kv_heads = 4;
  c.intermediate_size = 704;
  c.vocab_size = vocab_size;
  c.tie_word_embeddings = true;
  c.rope_theta = 1e4;
  c.mrope_section = {4, 6, 6};
  c.vision.depth = 4;
  c.vision.hidden_size = 128;
  c.vision.num_heads = 4;
  c.vision.intermediate_size = 352;
  c.vision.out_hidden_size = 256;
  c.vision.patch_size = 20;
  c.vision.temporal_patch_size = 1;  // screenshots do not move
  c.vision.window_size = 160;
  c.vision.full_attention_blocks = {1, 3};
  c.vision.tokens_per_second = 2;
  c.vision.position_rows = 64;  // enough for 1080x2400
  c.vision.position_columns = 32;
  c.vision.stem_channels = 32;
  return c;
}

}  // namespace paperphone::agent

#include "agent/checkpoint/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "agent/checkpoint/lora.h"
#include "agent/checkpoint/safetensors.h"
#include "agent/checkpoint/tensor_file.h"
#include "agent/checkpoint/weight_names.h"
#include "agent/text/json_fields.h"
#include "agent/text/tokenizer_trainer.h"
#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/hash.h"
#include "env/base/host/file.h"
#include "env/base/json_text.h"

namespace paperphone::agent {
namespace {

namespace fs = std::filesystem;
constexpr const char* kIndexFile = "model.safetensors.index.json";

std::string shape_text(const std::vector<std::int64_t>& shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

std::vector<fs::path> weight_files(const fs::path& directory) {
  if (fs::exists(directory / "model.safetensors"))
    return {directory / "model.safetensors"};
  const fs::path index = directory / kIndexFile;
  if (!fs::exists(index))
    throw DataError(fmt::format("{}: no model.safetensors and no {}",
                                directory.string(), kIndexFile));
  const auto fields = JsonFields::parse(read_file(index), index.string());
  const JsonFields map = fields.child("weight_map");
  std::set<std::string> names;
  for (const auto& [tensor, file] : map.json().items()) {
    if (!file.is_string()) map.fail(tensor.c_str(), "must name a file");
    const auto name = file.get<std::string>();
    if (name.find('/') != std::string::npos)
      map.fail(tensor.c_str(), "must name a file of this directory");
    names.insert(name);
  }
  std::vector<fs::path> files;
  for (const std::string& name : names) files.push_back(directory / name);
  return files;
}

// Missing, unknown and mis-shaped tensors, told together.
class Mismatches {
 public:
  void add(std::string what) { list_.push_back(std::move(what)); }
  void throw_if_any(const fs::path& directory) const {
    if (list_.empty()) return;
    constexpr std::size_t kShown = 12;
    std::string text =
        fmt::format("{}: the weights do not fit config.json: ", directory.string());
    for (std::size_t i = 0; i < std::min(kShown, list_.size()); ++i)
      text += (i == 0 ? "" : "; ") + list_[i];
    if (list_.size() > kShown)
      text += fmt::format("; and {} more", list_.size() - kShown);
    throw DataError(text);
  }

 private:
  std::vector<std::string> list_;
};

void save_weights(Qwen25Vl model, const fs::path& directory,
                  const SaveOptions& options) {
  std::map<std::string, torch::Tensor> tensors;
  for (const auto& item : model->named_parameters()) {
    if (is_adapter_parameter(item.key())) continue;  // in files of their own
    auto value = item.value().detach().cpu();
    if (options.bfloat16) value = value.to(torch::kBFloat16);
    tensors[item.key()] = value.contiguous();
  }
  const std::map<std::string, std::string> metadata = {{"format", "pt"}};
  std::vector<std::map<std::string, TensorBytes>> shards(1);
  std::int64_t room = options.max_shard_bytes, total = 0;
  for (const auto& [name, tensor] : tensors) {
    const TensorBytes bytes = bytes_of(tensor);
    const auto size = std::int64_t(bytes.bytes.size());
    if (options.max_shard_bytes > 0 && size > room && !shards.back().empty()) {
      shards.emplace_back();
      room = options.max_shard_bytes;
    }
    shards.back()[name] = bytes;
    room -= size;
    total += size;
  }
  if (shards.size() == 1) {
    write_safetensors(directory / "model.safetensors", shards[0], metadata);
    return;
  }
  nlohmann::ordered_json map = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const std::string name =
        fmt::format("model-{:05}-of-{:05}.safetensors", i + 1, shards.size());
    write_safetensors(directory / name, shards[i], metadata);
    for (const auto& [tensor, bytes] : shards[i]) map[tensor] = name;
  }
  const nlohmann::ordered_json index = {{"metadata", {{"total_size", total}}},
                                        {"weight_map", map}};
  write_file(directory / kIndexFile, json_text(index, 1) + "\n");
}

// Before anything is allocated: a damaged config.json may ask for any amount.
void check_size(const ModelConfig& config, const fs::path& directory) {
  double stored = 0;
  for (const fs::path& file : weight_files(directory)) {
    const SafetensorsFile mapped(file);
    for (const auto& [name, tensor] : mapped.tensors())
      stored += double(tensor.bytes.size()) / tensor_type_size(tensor.type);
  }
  const double asked = parameter_estimate(config);
  if (asked > 2 * stored + 1e6)
    throw DataError(fmt::format("{}: config.json describes a model of {:.3g} parameters, "
                                "but the files hold {:.3g}",
                                directory.string(), asked, stored));
}

// Parameters are made in their final type: converting them later would need both.
Qwen25Vl make_model(const ModelConfig& config, torch::ScalarType type) {
  const auto usual = torch::get_default_dtype();
  torch::set_default_dtype(torch::scalarTypeToTypeMeta(type));
  Qwen25Vl model{nullptr};
  try {
    model = Qwen25Vl(config);
  } catch (...) {
    torch::set_default_dtype(usual);
    throw;
  }
  torch::set_default_dtype(usual);
  return model;
}

}  // namespace

torch::Device device_named(const std::string& name) {
  try {
    const torch::Device device(name);
    torch::empty({1}, device);
    return device;
  } catch (const c10::Error&) {
    throw ConfigError(fmt::format(
        "device '{}' is not there (known: cpu, cuda, cuda:N with a LibTorch and a card "
        "for it)",
        name));
  }
}

void load_weights(Qwen25Vl model, const fs::path& directory) {
  torch::NoGradGuard no_grad;
  std::map<std::string, torch::Tensor> wanted;
  for (auto& item : model->named_parameters())
    if (!is_adapter_parameter(item.key())) wanted[item.key()] = item.value();
  Mismatches mismatches;
  std::set<std::string> found;
  std::vector<SafetensorsFile> files;
  for (const fs::path& file : weight_files(directory)) files.emplace_back(file);
  // First everything is compared, then copied: a failed load changes nothing.
  std::vector<std::pair<torch::Tensor, const TensorBytes*>> copies;
  for (const SafetensorsFile& file : files)
    for (const auto& [stored, bytes] : file.tensors()) {
      const std::string name = published_weight_name(stored);
      const auto it = wanted.find(name);
      if (it == wanted.end()) {
        const bool tied_copy =
            name == "lm_head.weight" && model->config().tie_word_embeddings;
        if (!tied_copy) mismatches.add(fmt::format("unknown tensor '{}'", stored));
        continue;
      }
      if (!found.insert(name).second) {
        mismatches.add(fmt::format("tensor '{}' occurs twice", name));
      } else if (it->second.sizes() != c10::IntArrayRef(bytes.shape)) {
        mismatches.add(fmt::format("tensor '{}' has shape {}, expected {}", name,
                                   shape_text(bytes.shape),
                                   shape_text(it->second.sizes().vec())));
      } else {
        copies.emplace_back(it->second, &bytes);
      }
    }
  for (const auto& [name, parameter] : wanted)
    if (!found.contains(name)) mismatches.add(fmt::format("missing tensor '{}'", name));
  mismatches.throw_if_any(directory);
  // What was copied is given back to the file at once: a large checkpoint is never in
  // memory twice.
  for (auto& [parameter, bytes] : copies) {
    if (bytes->bytes.empty()) continue;
    parameter.copy_(view_of(*bytes));
    forget_pages(bytes->bytes);
  }
}

Agent load_agent(const fs::path& directory, const LoadOptions& options) {
  if (!fs::is_directory(directory))
    throw DataError(
        fmt::format("{}: no such checkpoint directory", directory.string()));
  const ModelConfig config = read_model_config(directory / "config.json");
  Agent agent{
      .tokenizer = Tokenizer::load(directory),
      .images = read_image_processor_config(directory / "preprocessor_config.json"),
      .generation = {},
      .prompt = {}};
  if (agent.tokenizer.size() > config.vocab_size)
    throw DataError(
        fmt::format("{}: the tokenizer has {} ids, config.json a vocab_size "
                    "of {}",
                    directory.string(), agent.tokenizer.size(), config.vocab_size));
  const auto agree = [&](const char* key, int image, int vision) {
    if (image != vision)
      throw DataError(fmt::format(
          "{}: '{}' is {} in preprocessor_config.json and {} in config.json",
          directory.string(), key, image, vision));
  };
  agree("patch_size", agent.images.patch_size, config.vision.patch_size);
  agree("temporal_patch_size", agent.images.temporal_patch_size,
        config.vision.temporal_patch_size);
  agree("merge_size", agent.images.merge_size, config.vision.spatial_merge_size);
  const auto same_id = [&](const char* key, std::int64_t id, std::string_view token) {
    const auto found = agent.tokenizer.find_added(token);
    if (found && *found != id)
      throw DataError(fmt::format("{}: '{}' is {} in config.json, but {} is {} in the "
                                  "tokenizer's files: they belong to another checkpoint",
                                  directory.string(), key, id, token, *found));
  };
  same_id("image_token_id", config.image_token_id, "<|image_pad|>");
  same_id("video_token_id", config.video_token_id, "<|video_pad|>");
  same_id("vision_start_token_id", config.vision_start_token_id, "<|vision_start|>");

  if (const auto file = directory / "generation_config.json"; fs::exists(file))
    agent.generation = parse_generation_options(read_file(file), file.string());
  if (agent.generation.stop_ids.empty())
    agent.generation.stop_ids = {config.eos_token_id};
  agent.generation.banned_ids = {config.image_token_id, config.video_token_id};
  if (const auto file = directory / "paperphone_prompt.json"; fs::exists(file))
    agent.prompt = parse_prompt_options(read_file(file), file.string());

  check_size(config, directory);
  const bool small = !options.float32_weights && config.dtype == "bfloat16";
  agent.model = make_model(config, small ? torch::kBFloat16 : torch::kFloat32);
  agent.model->set_compute_type(options.compute_type);
  agent.model->to(device_named(options.device));
  load_weights(agent.model, directory);
  if (fs::exists(directory / "adapter_config.json"))
    agent.lora = load_lora(agent.model, directory);
  std::vector<std::pair<std::string, torch::Tensor>> weights;
  for (const auto& item : agent.model->named_parameters())
    weights.emplace_back(item.key(), item.value());
  if (const std::string bad = first_not_finite(weights); !bad.empty())
    throw DataError(fmt::format(
        "{}: '{}' holds something that is not a finite number; choose other weights, an "
        "earlier checkpoint for one",
        directory.string(), bad));
  return agent;
}

void save_agent(const Agent& agent, const fs::path& directory,
                const SaveOptions& options) {
  NewFolder folder(directory, options.kind, options.others);
  const fs::path& path = folder.path();
  ModelConfig config = agent.model->config();
  config.dtype = options.bfloat16 ? "bfloat16" : "float32";
  write_file(path / "config.json", model_config_to_json(config));
  write_file(path / "preprocessor_config.json",
             image_processor_config_to_json(agent.images));
  write_file(path / "generation_config.json",
             generation_options_to_json(agent.generation));
  write_file(path / "paperphone_prompt.json", prompt_options_to_json(agent.prompt));
  agent.tokenizer.save(path);
  save_weights(agent.model, path, options);
  if (agent.lora) save_lora(agent.model, *agent.lora, path);
  folder.commit();
}

std::string stored_weights_hash(const fs::path& directory) {
  std::vector<fs::path> paths = weight_files(directory);
  if (const fs::path adapters = directory / "adapter_model.safetensors";
      fs::exists(adapters))
    paths.push_back(adapters);
  std::map<std::string, Hash128> hashes;
  for (const fs::path& path : paths) {
    const SafetensorsFile file(path);
    for (const auto& [name, tensor] : file.tensors()) {
      Hasher hasher;
      hasher.add(tensor_type_name(tensor.type));
      for (const std::int64_t side : tensor.shape) hasher.add(side);
      hashes[name] = hasher.add(hash_bytes(tensor.bytes)).finish();
    }
  }
  Hasher hasher;
  for (const auto& [name, hash] : hashes) hasher.add(name).add(hash);
  return hasher.finish().hex();
}

std::string first_not_finite(
    const std::vector<std::pair<std::string, torch::Tensor>>& tensors) {
  const torch::NoGradGuard no_grad;
  for (const auto& [name, tensor] : tensors) {
    if (!tensor.is_floating_point() || tensor.numel() == 0) continue;
    // What is no number is smallest and largest at once.
    const auto [low, high] = torch::aminmax(tensor.detach());
    if (!std::isfinite(low.item<double>()) || !std::isfinite(high.item<double>()))
      return name;
  }
  return "";
}

Agent make_tiny_agent(std::span<const std::string> corpus, std::uint64_t seed) {
  TokenizerTrainingOptions training;
  training.added_tokens = tiny_added_tokens();
  Agent agent{.tokenizer = train_tokenizer(corpus, training),
              .images = {},
              .generation = {},
              .prompt = {.style = PromptStyle::kCompact,
                         .thought = ThoughtStyle::kFull,
                         .history_steps = 4}};
  const Tokenizer& tokenizer = agent.tokenizer;
  ModelConfig config = tiny_model_config((tokenizer.size() + 63) / 64 * 64);
  config.bos_token_id = tokenizer.id_of("<|endoftext|>");
  config.eos_token_id = tokenizer.id_of("<|im_end|>");
  config.vision_start_token_id = tokenizer.id_of("<|vision_start|>");
  config.vision_end_token_id = tokenizer.id_of("<|vision_end|>");
  config.vision_token_id = tokenizer.id_of("<|vision_pad|>");
  config.image_token_id = tokenizer.id_of("<|image_pad|>");
  config.video_token_id = tokenizer.id_of("<|video_pad|>");

  agent.images.patch_size = config.vision.patch_size;
  agent.images.temporal_patch_size = config.vision.temporal_patch_size;
  agent.images.merge_size = config.vision.spatial_merge_size;
  // Around 360x800 (288,000 pixels), which is a multiple of 40 already.
  agent.images.min_pixels = 200 * 400;
  agent.images.max_pixels = 300'000;

  agent.generation.max_new_tokens = 96;
  agent.generation.stop_ids = {config.eos_token_id, config.bos_token_id};
  agent.generation.banned_ids = {config.image_token_id, config.video_token_id};
  agent.model = Qwen25Vl(config);
  agent.model->initialize(Rng(seed).fork("weights"));
  return agent;
}

void create_tiny_agent(const fs::path& directory, std::span<const std::string> corpus,
                       std::uint64_t seed) {
  save_agent(make_tiny_agent(corpus, seed), directory);
}

}  // namespace paperphone::agent

#include "agent/checkpoint/lora.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "agent/checkpoint/tensor_file.h"
#include "agent/checkpoint/weight_names.h"
#include "agent/text/json_fields.h"
#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/json_text.h"

namespace paperphone::agent {
namespace {

constexpr const char* kConfigFile = "adapter_config.json";
constexpr const char* kTensorFile = "adapter_model.safetensors";
constexpr std::string_view kPeftPrefix = "base_model.model.";

using NamedProjections = std::vector<std::pair<std::string, ProjectionImpl*>>;

NamedProjections projections_of(Qwen25Vl& model) {
  NamedProjections list;
  for (const auto& item : model->named_modules())
    if (auto* projection = item.value()->as<ProjectionImpl>())
      list.emplace_back(item.key(), projection);
  return list;
}

bool means(const std::string& target, const std::string& name) {
  if (target.find('.') == std::string::npos && !name.starts_with("model.layers."))
    return false;
  return name == target || name.ends_with("." + target);
}

bool wanted(const LoraConfig& config, const std::string& name) {
  return std::any_of(config.targets.begin(), config.targets.end(),
                     [&](const std::string& target) { return means(target, name); });
}

}  // namespace

bool is_adapter_parameter(std::string_view name) {
  return name.ends_with(".lora_A") || name.ends_with(".lora_B");
}

std::vector<std::string> lora_modules(Qwen25Vl model, const LoraConfig& config) {
  std::vector<std::string> names;
  std::set<std::string> leaves;
  for (const auto& [name, projection] : projections_of(model)) {
    leaves.insert(name.substr(name.rfind('.') + 1));
    if (wanted(config, name)) names.push_back(name);
  }
  for (const std::string& target : config.targets)
    if (std::none_of(names.begin(), names.end(),
                     [&](const std::string& name) { return means(target, name); }))
      throw ConfigError(fmt::format("lora: no projection is called '{}' (there are {})",
                                    target, fmt::join(leaves, ", ")));
  return names;
}

void add_lora(Qwen25Vl model, const LoraConfig& config, const Rng& rng) {
  if (config.rank < 1 || config.rank > 4096)
    throw ConfigError(fmt::format("lora: rank must be between 1 and 4096, found {}",
                                  config.rank));
  const auto names = lora_modules(model, config);
  CHECK_TRUE(!has_lora(model));
  for (auto& parameter : model->parameters()) parameter.set_requires_grad(false);
  for (const auto& [name, projection] : projections_of(model))
    if (wanted(config, name))
      projection->add_adapter(config.rank, config.alpha / config.rank, rng.fork(name));
}

bool has_lora(Qwen25Vl model) {
  for (const auto& [name, projection] : projections_of(model))
    if (projection->has_adapter()) return true;
  return false;
}

void merge_lora(Qwen25Vl model) {
  for (const auto& [name, projection] : projections_of(model))
    projection->merge_adapter();
}

void unmerge_lora(Qwen25Vl model) {
  for (const auto& [name, projection] : projections_of(model))
    projection->unmerge_adapter();
}

void save_lora(Qwen25Vl model, const LoraConfig& config,
               const std::filesystem::path& directory) {
  CHECK_TRUE(has_lora(model));
  std::map<std::string, torch::Tensor> tensors;
  std::vector<std::string> modules;
  for (const auto& [name, projection] : projections_of(model)) {
    if (!projection->has_adapter()) continue;
    // Without the first word: newer versions nest the decoder one level deeper, and PEFT
    // looks for modules whose names end like this.
    modules.push_back(name.starts_with("model.") ? name.substr(6) : name);
    const std::string key = std::string(kPeftPrefix) + name;
    tensors[key + ".lora_A.weight"] = projection->lora_A;
    tensors[key + ".lora_B.weight"] = projection->lora_B;
  }
  save_tensors(directory / kTensorFile, tensors, {{"format", "pt"}});
  const nlohmann::ordered_json json = {{"peft_type", "LORA"},
                                       {"task_type", "CAUSAL_LM"},
                                       {"base_model_name_or_path", nullptr},
                                       {"r", config.rank},
                                       {"lora_alpha", config.alpha},
                                       {"lora_dropout", 0.0},
                                       {"bias", "none"},
                                       {"fan_in_fan_out", false},
                                       {"inference_mode", true},
                                       {"init_lora_weights", true},
                                       {"modules_to_save", nullptr},
                                       {"target_modules", modules}};
  write_file(directory / kConfigFile, json_text(json, 1) + "\n");
}

LoraConfig load_lora(Qwen25Vl model, const std::filesystem::path& directory) {
  const auto file = directory / kConfigFile;
  const JsonFields fields = JsonFields::parse(read_file(file), file.string());
  if (const auto type = fields.get<std::string>("peft_type", "LORA"); type != "LORA")
    fields.fail("peft_type", "must be LORA, found " + type);
  LoraConfig config;
  config.rank = fields.get<int>("r");
  config.alpha = fields.get<double>("lora_alpha", config.rank);
  if (fields.get("use_rslora", false) || fields.get("use_dora", false))
    fields.fail("use_rslora", "and use_dora are not supported");

  // The tensors themselves say which projections have adapters: target_modules may be a
  // pattern, and its meaning depends on the library's version.
  std::map<std::string, std::string> metadata;
  auto stored = load_tensors(directory / kTensorFile, &metadata);
  std::map<std::string, torch::Tensor> tensors;  // "<projection>.lora_A"
  std::set<std::string> names;
  std::vector<std::string> problems;
  for (auto& [key, tensor] : stored) {
    std::string name = key;
    if (name.starts_with(kPeftPrefix)) name = name.substr(kPeftPrefix.size());
    name = published_weight_name(name);
    for (const char* middle : {".default", ""})
      if (const std::string tail = fmt::format("{}.weight", middle); name.ends_with(tail)) {
        name.resize(name.size() - tail.size());
        break;
      }
    if (!is_adapter_parameter(name)) {
      problems.push_back(fmt::format("unknown tensor '{}'", key));
      continue;
    }
    names.insert(name.substr(0, name.size() - 7));
    tensors[name] = tensor;
  }
  config.targets.clear();
  for (const auto& [name, projection] : projections_of(model))
    if (names.erase(name) > 0) config.targets.push_back(name);
  for (const std::string& name : names)
    problems.push_back(fmt::format("no projection '{}'", name));
  if (problems.empty() && config.targets.empty()) problems.push_back("no adapter");
  if (problems.empty()) {
    add_lora(model, config, Rng(0));
    const torch::NoGradGuard no_grad;
    auto parameters = model->named_parameters();
    for (auto& item : parameters) {
      if (!is_adapter_parameter(item.key())) continue;
      const auto it = tensors.find(item.key());
      if (it == tensors.end())
        problems.push_back(fmt::format("missing tensor '{}'", item.key()));
      else if (it->second.sizes() != item.value().sizes())
        problems.push_back(fmt::format("tensor '{}' has shape [{}], expected [{}]",
                                       item.key(), fmt::join(it->second.sizes(), ", "),
                                       fmt::join(item.value().sizes(), ", ")));
    }
    if (problems.empty())
      for (auto& item : parameters)
        if (is_adapter_parameter(item.key())) item.value().copy_(tensors.at(item.key()));
  }
  if (!problems.empty())
    throw DataError(fmt::format("{}: the adapter does not fit the model: {}",
                                directory.string(), fmt::join(problems, "; ")));
  return config;
}

}  // namespace paperphone::agent

#include "rl/run/run_folder.h"

#include <fmt/format.h>

#include <cstdio>
#include <sstream>

#include "agent/checkpoint/tensor_file.h"
#include "env/base/error.h"
#include "env/base/host/file.h"

namespace paperphone::rl {
namespace fs = std::filesystem;

bool RunFolder::holds_run(const fs::path& path) {
  return fs::exists(path / "recipe.yaml");
}

RunFolder RunFolder::create(const fs::path& path, const Recipe& recipe) {
  if (holds_run(path))
    throw ConfigError(fmt::format(
        "{}: already holds a run, continue it with --resume or choose another folder",
        path.string()));
  make_folder(path);
  write_file(path / "recipe.yaml", recipe_to_yaml(recipe));
  return RunFolder(path);
}

RunFolder RunFolder::open(const fs::path& path, const Recipe& recipe) {
  if (!holds_run(path))
    throw DataError(fmt::format(
        "{}: holds no run to resume (recipe.yaml is missing), leave --resume out",
        path.string()));
  std::istringstream before(read_file(path / "recipe.yaml"));
  std::istringstream now(recipe_to_yaml(recipe));
  std::string line_before, line_now;
  while (true) {
    const bool more_before = bool(std::getline(before, line_before));
    const bool more_now = bool(std::getline(now, line_now));
    if (!more_before && !more_now) break;
    if (more_before != more_now || line_before != line_now)
      throw ConfigError(fmt::format(
          "{}: the recipe differs from the one the run began with ('{}' there, '{}' "
          "now), start a new run instead",
          (path / "recipe.yaml").string(), more_before ? line_before : "",
          more_now ? line_now : ""));
  }
  return RunFolder(path);
}

fs::path RunFolder::checkpoint_folder(RunPosition position) const {
  return path_ / fmt::format("checkpoint-{:03}-{:06}", position.stage, position.step);
}

std::optional<RunPosition> RunFolder::newest_checkpoint() const {
  std::optional<RunPosition> newest;
  for (const auto& entry : fs::directory_iterator(path_)) {
    RunPosition position;
    char rest = 0;
    const std::string name = entry.path().filename().string();
    if (std::sscanf(name.c_str(), "checkpoint-%d-%d%c", &position.stage, &position.step,
                    &rest) != 2)
      continue;  // a temporary one has a suffix
    if (!newest || *newest < position) newest = position;
  }
  return newest;
}

void RunFolder::save_checkpoint(RunPosition position, const agent::Agent& agent,
                                const Optimizer* optimizer,
                                const Optimizer::NamedParameters& heads) const {
  const fs::path target = checkpoint_folder(position);
  const fs::path temporary = target.string() + ".tmp";
  std::error_code error;
  fs::remove_all(temporary, error);
  make_folder(temporary);
  agent::save_agent(agent, temporary / "agent");
  if (optimizer) optimizer->save(temporary / "optimizer.safetensors");
  if (!heads.empty()) {
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& [name, tensor] : heads) tensors[name] = tensor.detach();
    agent::save_tensors(temporary / "heads.safetensors", tensors);
  }
  replace_folder(temporary, target);  // saved twice at one position: the same content
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(path_)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("checkpoint-") && entry.path() != target)
      old.push_back(entry.path());
  }
  for (const fs::path& path : old) fs::remove_all(path, error);
}

void RunFolder::load_heads(RunPosition position,
                           const Optimizer::NamedParameters& heads) const {
  if (heads.empty()) return;
  const fs::path file = checkpoint_folder(position) / "heads.safetensors";
  const auto tensors = agent::load_tensors(file);
  const torch::NoGradGuard no_grad;
  for (const auto& [name, tensor] : heads) {
    const auto found = tensors.find(name);
    if (found == tensors.end() || found->second.sizes() != tensor.sizes())
      throw DataError(fmt::format("{}: '{}' is missing or of another shape",
                                  file.string(), name));
    torch::Tensor target = tensor;
    target.copy_(found->second);
  }
}

}  // namespace paperphone::rl

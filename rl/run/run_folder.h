// A run on disk.
//
//   recipe.yaml            resolved: every default filled in
//   run.json               versions, hashes, the position of the last checkpoint
//   metrics.jsonl, .db     rl/run/metrics.h
//   checkpoint-000-00050/  the newest one: agent/ (HF layout, float32),
//                          optimizer.safetensors, heads.safetensors
//   stage0/, stage1/ ...   the agent after each stage
//   eval/stage1.json, .db  its evaluation and trajectories
//
// A checkpoint is a folder made under a temporary name and renamed when complete, so
// whatever is there is whole; older ones go after the new one stands.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agent/checkpoint/checkpoint.h"
#include "rl/optimizer/optimizer.h"
#include "rl/recipe/recipe.h"

namespace paperphone::rl {

// The update that comes next.
struct RunPosition {
  int stage = 0;
  int step = 0;
  auto operator<=>(const RunPosition&) const = default;
};

class RunFolder {
 public:
  // A new run: refuses a folder that already holds one. Throws DataError.
  static RunFolder create(const std::filesystem::path& path, const Recipe& recipe);
  // An existing one. Throws DataError if there is none, ConfigError if `recipe` says
  // something else than the run did (naming the first differing line).
  static RunFolder open(const std::filesystem::path& path, const Recipe& recipe);
  static bool holds_run(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path stage_folder(const std::string& stage) const {
    return path_ / stage;
  }

  // nullopt: no checkpoint yet.
  std::optional<RunPosition> newest_checkpoint() const;
  std::filesystem::path checkpoint_folder(RunPosition position) const;
  void save_checkpoint(RunPosition position, const agent::Agent& agent, const Optimizer* optimizer,
                       const Optimizer::NamedParameters& heads) const;
  void load_heads(RunPosition position, const Optimizer::NamedParameters& heads) const;

 private:
  explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

}  // namespace paperphone::rl

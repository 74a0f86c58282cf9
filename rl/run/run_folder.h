// A run on disk.
//
//   made_by_paperphone     the mark: what of this the run may replace and remove
//   run.json               versions, hashes, the process, the position of the last
//                          checkpoint; there from the first second
//   recipe.yaml            resolved: every default filled in
//   metrics.jsonl, .db     rl/run/metrics.h
//   tensorboard/           the same for TensorBoard: rl/run/tensorboard_log.h
//   checkpoint-000-00050/  the newest two: agent/ (HF layout, float32),
//                          optimizer.safetensors, heads.safetensors
//   stage0/, stage1/ ...   the agent after each stage
//   eval/stage1.json, .db  its evaluation and trajectories
//   not_finite-...         the batch that a run stopped at
//
// A checkpoint is a folder that appears whole (env/base/host/owned_folder.h), with the
// hashes of its files: one that was damaged later is known, and the one before serves.
// Marks name the run that made a part, by an id that each draws when it begins. A part
// of another run that was copied here is somebody's like any other file: it stays, and
// in the way it is refused; one of this run that comes back from a copy serves.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "agent/checkpoint/checkpoint.h"
#include "env/base/host/owned_folder.h"
#include "rl/optimizer/optimizer.h"
#include "rl/recipe/recipe.h"

namespace paperphone::rl {

// The update that comes next.
struct RunPosition {
  int stage = 0;
  int step = 0;
  auto operator<=>(const RunPosition&) const = default;
};

// As long as it lives no other process opens the same folder.
class RunFolder {
 public:
  // A new run: refuses a folder that already holds one, or anything in its way. Throws
  // ConfigError, DataError.
  static RunFolder create(const std::filesystem::path& path, const Recipe& recipe);
  // An existing one. Throws DataError if there is none or none of its checkpoints is
  // whole, ConfigError if `recipe` says
  // something else than the run did (naming the first differing line). Other weights in
  // init_from are something else, another path to the same ones is not; threads and
  // device may change (changes()).
  static RunFolder open(const std::filesystem::path& path, const Recipe& recipe);
  static bool holds_run(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path stage_folder(const std::string& stage) const {
    return path_ / stage;
  }

  // What the mark of a part says: a stage's folder, reference weights, a checkpoint.
  std::string kind_of(std::string_view part) const;

  // What `now` says otherwise than the run's state did when it was last written: of
  // threads, device, apps and binary. One line; empty: nothing.
  std::string changes(const nlohmann::ordered_json& now) const;
  // run.json. REQUIRES: an object.
  void write_state(nlohmann::ordered_json state) const;

  // The newest checkpoint that was whole when the run was opened. nullopt: none yet.
  std::optional<RunPosition> start() const { return start_; }
  std::filesystem::path checkpoint_folder(RunPosition position) const;
  void save_checkpoint(RunPosition position, const agent::Agent& agent,
                       const Optimizer* optimizer,
                       const Optimizer::NamedParameters& heads,
                       std::string_view stage_state) const;
  void load_heads(RunPosition position, const Optimizer::NamedParameters& heads) const;
  // Empty: the checkpoint has none.
  std::string load_stage_state(RunPosition position) const;

  // Of a new run that failed before its first record: nothing of it stays that could be
  // taken for a run.
  void forget_unless_begun(const Recipe& recipe) const;

  // The batch that update `position` could not learn from. Returns its file.
  std::filesystem::path save_batch(
      const std::string& stage, int step,
      const std::map<std::string, torch::Tensor>& batch) const;

 private:
  RunFolder(std::filesystem::path path, FolderLock lock, std::string id)
      : path_(std::move(path)), lock_(std::move(lock)), id_(std::move(id)) {}
  static FolderLock lock(const std::filesystem::path& path);
  std::vector<RunPosition> checkpoints() const;  // of our own making, oldest first
  // Damaged ones are reported. nullopt: there is none. Throws DataError if there are
  // some and none is whole.
  std::optional<RunPosition> newest_whole() const;

  std::filesystem::path path_;
  FolderLock lock_;
  std::string id_;
  std::optional<RunPosition> start_;
  nlohmann::json before_;  // the state when it was opened; null: none
};

// What a stage's folder is of a run.
std::string stage_part(const std::string& stage);
// Of the program that runs.
std::string binary_hash();

}  // namespace paperphone::rl

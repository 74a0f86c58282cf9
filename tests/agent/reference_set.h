// A set of the reference implementation's numbers, found by its layout alone:
//   <checkpoint>/config.json ...   models, in any storage that load_agent reads
//   cases/index.json               the cases; cases/<name>.safetensors their tensors
//   cases/*.json, images/*.ppm     positions, windows, resizing; pictures
// PAPERPHONE_QWEN_FIXTURES names another set than the tree's own.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "agent/checkpoint/safetensors.h"
#include "tests/agent/fixtures.h"

namespace paperphone::agent::testing {

inline std::filesystem::path reference_root() {
  const char* folder = std::getenv("PAPERPHONE_QWEN_FIXTURES");
  return folder != nullptr && *folder != '\0' ? std::filesystem::path(folder) : kFixtures;
}

// Names of the folders with a model, sorted.
inline std::vector<std::string> reference_checkpoints() {
  std::vector<std::string> names;
  if (!std::filesystem::is_directory(reference_root())) return names;
  for (const auto& entry : std::filesystem::directory_iterator(reference_root()))
    if (std::filesystem::exists(entry.path() / "config.json"))
      names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

inline nlohmann::ordered_json reference_index() {
  std::ifstream in(reference_root() / "cases/index.json");
  return in ? nlohmann::ordered_json::parse(in) : nlohmann::ordered_json::object();
}

// Weights that were rounded have expectations of their own.
inline bool stored_as_float32(const std::string& checkpoint) {
  for (const auto& entry :
       std::filesystem::directory_iterator(reference_root() / checkpoint)) {
    if (entry.path().extension() != ".safetensors") continue;
    const agent::SafetensorsFile file(entry.path());
    for (const auto& [name, tensor] : file.tensors())
      if (tensor.type != agent::TensorType::kF32) return false;
  }
  return true;
}

struct ReferenceRun {
  std::string checkpoint;
  std::string name;  // of the case
  std::string device = "cpu";
  friend void PrintTo(const ReferenceRun& run, std::ostream* out) {
    *out << run.checkpoint << "/" << run.name << " " << run.device;
  }
};

// Every case for every checkpoint that stores float32 (or, if not, a smaller type).
inline std::vector<ReferenceRun> reference_runs(bool float32,
                                                const std::string& device = "cpu") {
  std::vector<ReferenceRun> runs;
  const auto index = reference_index();
  for (const std::string& checkpoint : reference_checkpoints())
    if (stored_as_float32(checkpoint) == float32)
      for (const auto& [name, summary] : index.items())
        if (summary.is_object() && summary.contains("file"))
          runs.push_back({checkpoint, name, device});
  return runs;
}

inline std::string name_of_run(const ::testing::TestParamInfo<ReferenceRun>& info) {
  std::string name = info.param.checkpoint + "_" + info.param.name;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}

}  // namespace paperphone::agent::testing

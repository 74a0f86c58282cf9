// Trajectories in SQLite. Format: data/README.md. WAL, one transaction per
// trajectory: a crash or a full disk loses at most the one being written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "data/trajectory.h"

namespace paperphone::data {

// What a list shows of a trajectory, without reading its steps.
struct TrajectorySummary {
  std::int64_t id = 0;
  std::string task_id;
  std::string app_id;
  std::string split;
  std::string instruction;
  std::string policy;
  int num_steps = 0;
  EndReason end_reason = EndReason::kOngoing;
  bool success = false;
};

class TrajectoryStore {
 public:
  enum class Mode : std::uint8_t { kCreate, kAppend, kRead };
  // kCreate refuses an existing file; kRead and kAppend need one. Throws DataError
  // naming path and remedy: missing, not a database, truncated, written by a newer
  // version, disk full.
  TrajectoryStore(const std::filesystem::path& path, Mode mode);
  ~TrajectoryStore();

  std::int64_t append(const Trajectory& trajectory);  // returns its id
  std::int64_t size() const;
  std::vector<std::int64_t> ids() const;             // ascending
  std::vector<TrajectorySummary> summaries() const;  // by id
  Trajectory read(std::int64_t id) const;            // DataError if there is none

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperphone::data

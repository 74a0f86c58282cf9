// Trajectories in SQLite. Format: data/README.md. WAL, one transaction per
// trajectory: a crash or a full disk loses at most the one being written.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "data/trajectory.h"

namespace paperphone {

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
  std::vector<std::int64_t> ids() const;
  Trajectory read(std::int64_t id) const;  // DataError if there is none

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperphone

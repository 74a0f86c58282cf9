// The log of a run: one JSON object a line in metrics.jsonl for people and scripts, the
// same numbers in metrics.db (SQLite: table metrics(stage, step, name, value)) for
// queries and in tensorboard/ for TensorBoard. No log is worth a run: what cannot be
// written is reported, and waits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "rl/run/metric_record.h"
#include "rl/run/tensorboard_log.h"

namespace paperphone::rl {

class MetricsLog {
 public:
  // Appends to what the folder holds. Throws DataError naming the file.
  explicit MetricsLog(const std::filesystem::path& folder, StageStarts starts = {});
  ~MetricsLog();

  void add(const std::string& stage, std::int64_t step, const Metrics& metrics);

  // What was added lasts through a power cut. Waits for the disk: for checkpoints, not
  // for updates.
  void sync();

  // Forgets what a resumed run will log again: `stage`'s records from `step` on, and
  // all records of stages that are not in `finished_stages`. metrics.db and the events
  // are then what metrics.jsonl is. Returns what stays.
  std::vector<MetricRecord> rewind(const std::vector<std::string>& finished_stages,
                                   const std::string& stage, std::int64_t step);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperphone::rl

// What TensorBoard shows of a run: RUN/tensorboard holds the records of metrics.jsonl
// as one event file. Neither its name nor its bytes say where it was made: the files of
// two runs of one seed differ in when updates ended, and how long and what memory they
// took.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "rl/run/metric_record.h"
#include "rl/run/waiting_file.h"

namespace paperphone::rl {

// From a run's folder.
inline constexpr const char* kEventsFile =
    "tensorboard/events.out.tfevents.0000000000.paperphone";

// Stage -> which update of the whole run its first one is.
using StageStarts = std::map<std::string, std::int64_t>;

class TensorboardLog {
 public:
  // Goes on with the file that is there.
  TensorboardLog(const std::filesystem::path& run, StageStarts starts);

  void add(const MetricRecord& record);
  // From now on these and no others are in the file.
  void rewrite(const std::vector<MetricRecord>& records);
  // Tries again what could not be written; false: it still waits.
  bool flush() { return file_.flush(); }

 private:
  std::string bytes_of(const MetricRecord& record);

  WaitingFile file_;
  StageStarts starts_;
  bool begun_;  // the version stands in the file, or waits
};

}  // namespace paperphone::rl

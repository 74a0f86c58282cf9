// Reads metrics.jsonl while a run writes it: each time what is new.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "rl/run/metric_record.h"

namespace paperphone::rl {

class MetricsReader {
 public:
  explicit MetricsReader(std::filesystem::path path) : path_(std::move(path)) {}
  ~MetricsReader();
  MetricsReader(const MetricsReader&) = delete;
  MetricsReader& operator=(const MetricsReader&) = delete;

  struct News {
    // It is another file than before, cut by a run that was resumed: what was read of
    // the old one does not hold any more.
    bool is_anew = false;
    std::vector<MetricRecord> records;
  };
  // Lines that are whole by now. A file that is not there (yet) has none. Throws
  // DataError if it cannot be read.
  News read();

 private:
  void close();

  std::filesystem::path path_;
  int file_ = -1;  // held open, so that no other file gets its number
  std::int64_t offset_ = 0;
  std::string begun_;  // a line without its end
};

}  // namespace paperphone::rl

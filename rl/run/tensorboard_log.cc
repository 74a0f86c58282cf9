#include "rl/run/tensorboard_log.h"

#include <system_error>

#include "rl/run/tensorboard_events.h"

namespace paperphone::rl {

TensorboardLog::TensorboardLog(const std::filesystem::path& run, StageStarts starts)
    : file_(run / kEventsFile), starts_(std::move(starts)) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file_.path(), error);
  begun_ = !error && size > 0;
}

std::string TensorboardLog::bytes_of(const MetricRecord& record) {
  std::string out;
  if (!begun_) out = framed(version_event(wall_time_of(record)));
  begun_ = true;
  const auto start = starts_.find(record.stage);
  const std::int64_t before = start == starts_.end() ? 0 : start->second;
  return out + framed(scalars_event(record, before + record.step));
}

void TensorboardLog::add(const MetricRecord& record) { file_.append(bytes_of(record)); }

void TensorboardLog::rewrite(const std::vector<MetricRecord>& records) {
  begun_ = false;
  std::string all;
  for (const MetricRecord& record : records) all += bytes_of(record);
  file_.replace(std::move(all));
}

}  // namespace paperphone::rl

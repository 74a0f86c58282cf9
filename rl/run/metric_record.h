// A line of metrics.jsonl: what one update, or a stage's evaluation, came to.
//
//   {"stage":"stage1","step":0,"loss":1.5,"grad_norm":null,"unix_time":1.7e9}
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace paperphone::rl {

using Metrics = std::map<std::string, double>;

// When an update ended, in seconds since 1970, beside its other metrics.
inline constexpr const char* kUnixTime = "unix_time";

struct MetricRecord {
  std::string stage;
  std::int64_t step = 0;  // of the stage, from 0
  Metrics metrics;
};

// With its line break. What is not a number is null.
std::string line_of(const MetricRecord& record);
// Null is not a number. nullopt: a line that was cut, or none of ours.
std::optional<MetricRecord> record_of(std::string_view line);

}  // namespace paperphone::rl

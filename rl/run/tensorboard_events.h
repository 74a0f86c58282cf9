// TensorBoard's event files, as bytes. A file is a list of records:
//
//   8 bytes   length of the data, little endian
//   4         masked CRC-32C of these 8 (rl/run/crc32c.h)
//   length    data: an Event
//   4         masked CRC-32C of the data
//
// An Event is a protocol buffer; the fields that are used here stand in
// tests/rl/data/event.proto. The first one names the version of the format.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rl/run/metric_record.h"

namespace paperphone::rl {

// `data` as a record.
std::string framed(std::string_view data);

// The Event that a file begins with.
std::string version_event(double wall_time);

// One scalar for each metric but the time, tagged "stage/metric"; what is not finite is
// not a number. `update` counts over all stages of the run.
std::string scalars_event(const MetricRecord& record, std::int64_t update);

// When a record was made, in seconds since 1970; 0: it does not say.
double wall_time_of(const MetricRecord& record);

}  // namespace paperphone::rl

#include "rl/run/tensorboard_events.h"

#include <bit>
#include <cmath>
#include <limits>

#include "rl/run/crc32c.h"

namespace paperphone::rl {
namespace {

// Of protocol buffers: what follows a field's number.
enum class WireType : std::uint8_t { kVarint = 0, k64Bit = 1, kLength = 2, k32Bit = 5 };

// Fields of Event, Summary and Summary.Value.
constexpr int kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5;
constexpr int kValue = 1;
constexpr int kTag = 1, kSimpleValue = 2;

template <class T>
void append_little_endian(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) out += char(value >> (8 * i));
}

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += char(value | 0x80);
  out += char(value);
}

void append_key(std::string& out, int field, WireType type) {
  append_varint(out, std::uint64_t(field) << 3 | std::uint64_t(type));
}

// Fields that are zero are left out, as writers of proto3 do.
void append_double(std::string& out, int field, double value) {
  if (value == 0) return;
  append_key(out, field, WireType::k64Bit);
  append_little_endian(out, std::bit_cast<std::uint64_t>(value));
}

void append_int(std::string& out, int field, std::int64_t value) {
  if (value == 0) return;
  append_key(out, field, WireType::kVarint);
  append_varint(out, std::uint64_t(value));
}

// A text or a message.
void append_bytes(std::string& out, int field, std::string_view bytes) {
  append_key(out, field, WireType::kLength);
  append_varint(out, bytes.size());
  out += bytes;
}

// One of several that a value may hold, so a zero is written.
void append_float(std::string& out, int field, float value) {
  append_key(out, field, WireType::k32Bit);
  append_little_endian(out, std::bit_cast<std::uint32_t>(value));
}

// metrics.jsonl has one null for all of them.
float finite_or_nan(double value) {
  constexpr double kMost = std::numeric_limits<float>::max();
  if (!(std::abs(value) <= kMost)) return std::numeric_limits<float>::quiet_NaN();
  return float(value);
}

}  // namespace

std::string framed(std::string_view data) {
  std::string out;
  append_little_endian(out, std::uint64_t(data.size()));
  append_little_endian(out, masked_crc32c(out));
  out += data;
  append_little_endian(out, masked_crc32c(data));
  return out;
}

std::string version_event(double wall_time) {
  std::string event;
  append_double(event, kWallTime, wall_time);
  append_bytes(event, kFileVersion, "brain.Event:2");
  return event;
}

std::string scalars_event(const MetricRecord& record, std::int64_t update) {
  std::string summary;
  for (const auto& [name, value] : record.metrics) {
    if (name == kUnixTime) continue;
    std::string scalar;
    append_bytes(scalar, kTag, record.stage + "/" + name);
    append_float(scalar, kSimpleValue, finite_or_nan(value));
    append_bytes(summary, kValue, scalar);
  }
  std::string event;
  append_double(event, kWallTime, wall_time_of(record));
  append_int(event, kStep, update);
  append_bytes(event, kSummary, summary);
  return event;
}

double wall_time_of(const MetricRecord& record) {
  const auto found = record.metrics.find(kUnixTime);
  return found != record.metrics.end() && std::isfinite(found->second) ? found->second
                                                                       : 0;
}

}  // namespace paperphone::rl

// Snapshots of phones outside memory: exact bytes to keep, JSON and differences to
// read.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "env/phone/phone_env.h"
#include "env/sim/state/state_diff.h"

namespace paperphone {

// Raised by every change of the bytes; older ones are refused.
inline constexpr std::uint32_t kSnapshotVersion = 5;

// The whole episode: phone, task, what side effects are measured against, step count,
// return, generator. Layout, all integers little endian:
//   "paperphone snapshot\n"   20 bytes
//   version                   u32
//   hash of the apps          u128, AppSet::content_hash
//   size of the content       u64
//   hash of the content       u128
//   content                   env/phone/snapshot.cc, env/sim/state/state_bytes.cc,
//                             env/task/evidence/evidence_bytes.cc
// Throws ConfigError if it is empty or no phone's.
std::vector<std::uint8_t> snapshot_to_bytes(const Snapshot& snapshot);

// The inverse, for environments of the same apps. Throws DataError, in one line, for
// anything else: no snapshot, another version, other apps, cut short, damaged.
Snapshot snapshot_from_bytes(std::span<const std::uint8_t> bytes,
                             std::shared_ptr<const PhoneShared> shared);

// The content alone, without the envelope that protects it: whatever its bytes are, it
// is refused, or it is an episode that can be continued.
Snapshot snapshot_from_content(std::span<const std::uint8_t> content,
                               std::shared_ptr<const PhoneShared> shared);

// One object: apps, task, variation, step, progress, return, state, and what has
// changed in the world since the beginning.
std::string snapshot_to_json(const Snapshot& snapshot);

// What differs between two snapshots of phones with the same apps, by address; see
// diff_states. Throws ConfigError if the apps differ.
std::vector<sim::StateChange> diff_snapshots(const Snapshot& before,
                                             const Snapshot& after);

}  // namespace paperphone

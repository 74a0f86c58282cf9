// How fast screens are drawn, at one size.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "env/phone/phone_env.h"
#include "env/sim/state/phone_state.h"

namespace paperphone::tools {

// What a benchmark's walk does next: mostly something inside apps, as agents do (every
// seventh action opens one, the others are random).
Action walk_action(const ActionSpace& space, Rng& rng);

// Consecutive states of such a walk over all apps, each after one action.
std::vector<sim::PhoneState> walk_states(const std::shared_ptr<const PhoneShared>& shared,
                                    int count, std::uint64_t seed);

// Frames per second into a buffer of the caller's, and beside them the machine's own
// limit, the bare copy of as many bytes:
// memcpy, all of it in the cache; memcpy_to_batch, to another place of 256 MB each time;
// fresh: the walk's states that show something else than the one before; walk:
// all of them; jumps: screens of a shuffled walk, so that nothing of the last one
// stays; cached: states that look like the one before; handles: the same as
// immutable pictures, without a copy. Ratios: copies in the time of one such frame.
// With `baseline` also naive: fresh states, laid out and drawn from nothing.
nlohmann::ordered_json frame_rates(const PhoneShared& shared,
                                   const std::vector<sim::PhoneState>& walk, int width,
                                   double seconds, bool baseline);

// What a fresh frame's microseconds go to: layout, text (with icons), pictures, fills
// (with shadows and outlines), damage (finding out what differs), copy. Told apart by
// leaving one kind of shape out and timing the rest.
nlohmann::ordered_json time_shares(const PhoneShared& shared,
                                   const std::vector<sim::PhoneState>& walk, int width,
                                   double seconds);

}  // namespace paperphone::tools

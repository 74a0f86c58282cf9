// What an action does to the phone. Private to env/phone.
#pragma once

#include "env/phone/episode.h"
#include "env/phone/screen.h"

namespace paperphone {

// Carries out the action on what the screen shows of the episode's state. Time stands
// still meanwhile.
ActionOutcome act(const PhoneShared& shared, Screen& screen, PhoneEpisode& episode,
                  const Action& action);

// Virtual time that the action takes.
std::int64_t duration_ms(const Action& action);

}  // namespace paperphone

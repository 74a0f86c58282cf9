// Screens as a person comes to them: an app gone through by taps from the phone that
// has just been switched on, so that each screen stands where it stands in use, over
// the page that opened it and with what was chosen there.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "env/layout/layout.h"
#include "env/sim/machine.h"

namespace paperphone::tools {

struct ScreenWalk {
  // By AppSpec::screens: the phone that shows it best among those that came by;
  // nullopt: none did.
  std::vector<std::optional<sim::PhoneState>> shown;
  std::int64_t events = 0;  // tried in all
};

// Over taps, long presses, swipes, words and amounts typed, waiting. Every page is gone
// on from several times, the one that was left least often first, and of the phones
// that show a screen the one is kept on which least is empty; at the same the earliest.
// The same start gives the same phones.
ScreenWalk walk_screens(const sim::Machine& machine, const layout::Layout& layout,
                        const sim::PhoneState& start, int app);

}  // namespace paperphone::tools

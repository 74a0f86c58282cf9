// The cards of the latest apps.
#pragma once

#include <vector>

#include "env/layout/painter.h"
#include "env/sim/machine.h"

namespace paperphone::layout {

inline constexpr int kRecentsCards = 6;
// screens[i]: what the i-th latest app shows, for its card.
void paint_recents(Painter& painter, const sim::Machine& machine,
                   const sim::PhoneState& state, const std::vector<Frame>& screens);

}  // namespace paperphone::layout

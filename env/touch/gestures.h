// Fingers to events: what a touch at these points (dp) means on this frame.
#pragma once

#include <variant>

#include "env/layout/frame.h"

namespace paperphone {

// What to apply, or why nothing is.
using Gesture = std::variant<Event, ActionOutcome>;

Gesture tap_gesture(const Frame& frame, Point at);
Gesture hold_gesture(const Frame& frame, Point at);
// In a straight line, at one speed.
Gesture swipe_gesture(const Frame& frame, const PhoneState& state, Point from, Point to,
                      int duration_ms);

}  // namespace paperphone

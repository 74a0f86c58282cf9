// Fingers to events: what a touch at these points (dp) means on this frame.
#pragma once

#include <variant>

#include "env/layout/frame.h"

namespace paperphone::touch {

// What to apply, or why nothing is.
using Gesture = std::variant<sim::Event, ActionOutcome>;

Gesture tap_gesture(const layout::Frame& frame, Point at);
Gesture hold_gesture(const layout::Frame& frame, Point at);
// In a straight line, at one speed.
Gesture swipe_gesture(const layout::Frame& frame, const sim::PhoneState& state, Point from, Point to,
                      int duration_ms);

}  // namespace paperphone::touch

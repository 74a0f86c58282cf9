// What a widget does on a tap that no transition is about.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

enum class Default : std::uint8_t {
  kNone,
  kFocus,
  kFlip,
  kChoose,
  kStep,
  kTrack,
  kDay,
  kDigit,
  kTurn,
  kStar,
  kWheel,
  kEmpty,
  kSend,
  kTab,
  kLeave,
};
Default default_of(const app::Widget& widget, int part);
// Choosing widgets: a tap on a part writes `bind`, then a transition for the whole
// widget runs (`tap: calendar, go: back`).
bool is_choice(app::WidgetKind kind);
// Would the default change nothing because its end is reached?
bool default_is_disabled(const Machine& machine, const PhoneState& state,
                         const app::Widget& widget, int part, app::Ref row);
void run_default(Run& run, const app::Widget& widget, const event::Tap& tap);

}  // namespace paperphone::sim

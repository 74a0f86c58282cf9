// What somebody who wants to see all of an app would do on a screen.
#pragma once

#include <vector>

#include "env/base/hash.h"
#include "env/sim/machine.h"

namespace paperphone::tools {

// Events one after the other: a tap; a word typed and sent; a form filled in.
using Move = std::vector<sim::Event>;

struct Moves {
  std::vector<Move> all;
  // Of what answers and how, whatever the rows and words are: phones that differ in it
  // are at different points of what the screen is for.
  Hash128 offer;
};

// Taps, long presses, swipes, waiting, Back; of a long list the first rows and those
// where taps do other things; names of the app's things in search boxes, passwords from
// the variables that hold them. REQUIRES: an app is in front.
Moves moves_on(const sim::Machine& machine, const sim::PhoneState& state);

}  // namespace paperphone::tools

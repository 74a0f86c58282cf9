// Observation and action spaces: membership, sampling, description.
#pragma once

#include <string>

#include "env/base/rng.h"
#include "env/types.h"

namespace paperphone {

struct BoxSpace {  // uint8 HWC image
  int height = 0;
  int width = 0;
  int channels = 3;
  bool contains(const ImageView& image) const;
  std::string describe() const;  // "Box(0, 255, (800, 360, 3), uint8)"
};

// All mobile_use actions whose points lie on a width x height screen.
struct ActionSpace {
  int width = 0;
  int height = 0;
  std::vector<std::string> apps;  // titles that open() may name
  bool contains(const Action& action) const;
  // A random action, mostly clicks; every kind has a positive probability.
  Action sample(Rng& rng) const;
  std::string describe() const;
};

}  // namespace paperphone

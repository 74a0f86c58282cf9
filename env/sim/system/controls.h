// The switches of the control centre: each is one of the phone's own variables.
#pragma once

#include <span>
#include <string_view>

#include "env/app/spec.h"

namespace paperphone::sim {

struct Control {
  std::string_view id;  // of its address: phone.shade.bluetooth
  std::string_view icon;
  std::string_view label;
  std::string_view english;
  int app::PhoneVars::*var;  // a bool; a phone without it has no such switch
};
std::span<const Control> controls();

}  // namespace paperphone::sim

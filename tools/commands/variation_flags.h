// Flags that say which phone: --device, --theme, --folders, --nav-buttons, --locked,
// --suite.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "env/env.h"

namespace paperphone::tools {

struct VariationFlags {
  std::string device = "360x800";
  std::string theme = "light";
  std::string suite = "clean";
  bool folders = false;
  bool nav_buttons = false;
  bool locked = false;
  Variation variation() const;
};

void add_size_flag(CLI::App& command, VariationFlags& flags);  // device
void add_launcher_flags(CLI::App& command, VariationFlags& flags);  // folders, ...
void add_device_flags(CLI::App& command, VariationFlags& flags);  // all but --suite
void add_suite_flag(CLI::App& command, VariationFlags& flags);

}  // namespace paperphone::tools

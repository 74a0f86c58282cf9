// Flags that say which phone: --device, --theme, --suite.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "env/env.h"

namespace paperphone::tools {

struct VariationFlags {
  std::string device = "360x800";
  std::string theme = "light";
  std::string suite = "clean";
  Variation variation() const;
};

void add_size_flag(CLI::App& command, VariationFlags& flags);     // device
void add_device_flags(CLI::App& command, VariationFlags& flags);  // device, theme
void add_suite_flag(CLI::App& command, VariationFlags& flags);

}  // namespace paperphone::tools

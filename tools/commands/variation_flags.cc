#include "tools/commands/variation_flags.h"

#include <cstdlib>

namespace paperphone::tools {

Variation VariationFlags::variation() const {
  Variation variation;
  variation.width = std::atoi(device.c_str());
  variation.height = std::atoi(device.c_str() + device.find('x') + 1);
  variation.dark = theme == "dark";
  variation.suite = suite;
  variation.folders = folders;
  variation.nav_buttons = nav_buttons;
  variation.locked = locked;
  return variation;
}

void add_size_flag(CLI::App& command, VariationFlags& flags) {
  command.add_option("--device", flags.device, "screen size in pixels")
      ->check(CLI::IsMember({"360x800", "540x1200", "1080x2400"}))
      ->capture_default_str();
}

void add_launcher_flags(CLI::App& command, VariationFlags& flags) {
  command.add_flag("--folders", flags.folders, "apps in folders on the launcher");
  command.add_flag("--nav-buttons", flags.nav_buttons, "three buttons, no gestures");
  command.add_flag("--locked", flags.locked, "episodes begin on the lock screen");
}

void add_device_flags(CLI::App& command, VariationFlags& flags) {
  add_size_flag(command, flags);
  command.add_option("--theme", flags.theme, "light or dark")
      ->check(CLI::IsMember({"light", "dark"}))
      ->capture_default_str();
  add_launcher_flags(command, flags);
}

void add_suite_flag(CLI::App& command, VariationFlags& flags) {
  command.add_option("--suite", flags.suite, "nuisances")
      ->check(CLI::IsMember({"clean", "everyday", "hostile"}))
      ->capture_default_str();
}

}  // namespace paperphone::tools

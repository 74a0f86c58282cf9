#include "env/sim/state/phone_state.h"

#include <algorithm>

namespace paperphone::sim {

const ScreenEntry* PhoneState::top() const {
  if (shell != Shell::kApp || recents.empty()) return nullptr;
  return &recents.back().stack.back();
}

int PhoneState::front_app() const {
  return shell == Shell::kApp && !recents.empty() ? recents.back().app : -1;
}

int PhoneState::launcher_pages() const {
  const int icons = std::max(0, int(icon_order.size()) - kDockIcons);
  return std::max(1, (icons + kLauncherPageIcons - 1) / kLauncherPageIcons);
}

const Notification* PhoneState::heads_up() const {
  const bool shown = world.now_ms < heads_up_until_ms && !notifications.empty() &&
                     shade == Shade::kClosed && lock == Lock::kOpen;
  return shown ? &notifications.back() : nullptr;
}

}  // namespace paperphone::sim

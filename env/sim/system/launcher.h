// Home's folders, its search over all apps, the menu of an icon.
#pragma once

#include "env/sim/run.h"

namespace paperphone::sim {

// As its owner likes them: an order of their own for every number but 0.
void arrange_icons(PhoneState& state, std::int64_t order);
// The first half of the launcher's icons goes into folders of at most nine apps.
void put_into_folders(PhoneState& state);

ActionOutcome search_apps(PhoneState& state);
// A long press on an icon opens its menu.
ActionOutcome open_icon_menu(Run& run, int app);
bool icon_menu_answers(const Machine& machine, const PhoneState& state, int part);
ActionOutcome tap_icon_menu(Run& run, int part);
// Can this app's icon be touched: on the pages, in the open folder, in the results?
bool launcher_offers(const Machine& machine, const PhoneState& state, int app);

}  // namespace paperphone::sim

// Screens: widgets, bars, tabs, and what can be touched on them.
#pragma once

#include <optional>

#include "env/app/load/loading.h"

namespace paperphone::app {

Scope screen_scope(Loading& loading, int app, const ScreenSpec& screen);

void load_screens(Loading& loading, int app);  // widgets, bars, tabs
void link_screens(AppSpec& app);               // indices and ScreenSpec::widgets
void check_widget_ids(Loading& loading, int app);

// What `tap: <text>` names on a screen.
struct TouchName {
  int widget = -1;
  int part = -1;
  Type row;  // of the list it stands in; kNone outside
};
std::optional<TouchName> find_touch(Loading& loading, const YamlNode& node,
                                    const ScreenSpec& screen);

}  // namespace paperphone::app

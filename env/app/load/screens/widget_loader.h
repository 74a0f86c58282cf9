// Widgets, checked against the component table.
#pragma once

#include <string_view>
#include <vector>

#include "env/app/load/loading.h"

namespace paperphone::app {

std::vector<Widget> load_widgets(Loading& loading, const YamlNode& node,
                                 const Scope& scope, std::string_view what);

}  // namespace paperphone::app

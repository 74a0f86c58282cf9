// Permissions, and screens that take shared texts.
#pragma once

#include <optional>

#include "env/app/load/loading.h"

namespace paperphone::app {

std::optional<Permission> load_permission(Loading& loading, const YamlNode& node);
void load_receives(Loading& loading, int app);

}  // namespace paperphone::app

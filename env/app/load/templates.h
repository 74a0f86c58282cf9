// Parts of screens with $(holes), written once.
#pragma once

#include <string>

#include "env/app/load/loading.h"

namespace paperphone::app {

// Takes a parsed file of apps/_common/templates in.
void add_template(Loading& loading, std::string name, YamlFile file);
// Puts the templates' nodes where screens name them.
void expand_templates(Loading& loading);

}  // namespace paperphone::app

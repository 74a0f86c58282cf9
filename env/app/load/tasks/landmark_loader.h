// `expert:` of a task.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

// scope: that of the task, with its parameters.
void load_expert(Loading& loading, const YamlNode& node, const Scope& scope,
                 TaskSpec& task);

}  // namespace paperphone::app

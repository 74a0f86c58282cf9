// Tasks of an app, and those over several.
#pragma once

#include "env/app/load/loading.h"

namespace paperphone::app {

void load_tasks(Loading& loading, int app);  // -1: those over several apps

}  // namespace paperphone::app

// Things on screens that nobody could name: an icon alone, a field without a label, a page
// without a title.
#pragma once

#include <vector>

#include "env/app/loader.h"

namespace paperphone::tools {

std::vector<app::Finding> lint_spoken_names(const app::AppSet& apps);

}  // namespace paperphone::tools

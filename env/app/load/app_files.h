// Files of a folder of apps into drafts.
#pragma once

#include <filesystem>

#include "env/app/load/loading.h"

namespace paperphone::app {

// Finds and parses everything below apps_dir.
void read_app_files(const std::filesystem::path& apps_dir, Loading& loading);

}  // namespace paperphone::app

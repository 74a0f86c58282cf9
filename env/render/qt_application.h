// The one Qt application object that rasterising needs.
#pragma once

#include <filesystem>

namespace paperphone {

// Creates an offscreen QGuiApplication unless there is one already (the viewer has
// its own). `fontconfig_file`: an empty configuration, so that no font of the machine
// is ever looked at. Thread-safe.
void ensure_qt_application(const std::filesystem::path& fontconfig_file);

}  // namespace paperphone

// The one Qt application object that rasterising needs.
#pragma once

#include <filesystem>
#include <functional>

namespace paperphone::render {

// Creates an offscreen QGuiApplication unless there is one already (the viewer has
// its own). `fontconfig_file`: an empty configuration, so that no font of the machine
// is ever looked at. Thread-safe.
void ensure_qt_application(const std::filesystem::path& fontconfig_file);

// Runs `work`, which paints, and waits for it. On a thread of Qt's own pool, because
// from there Qt does not hand parts of every larger fill to the others of that pool
// (QT_NO_GUI_THREADPOOL, which newer versions know, says the same).
void paint_on_one_thread(const std::function<void()>& work);

}  // namespace paperphone::render

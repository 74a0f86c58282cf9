#include "env/render/qt_application.h"

#include <QGuiApplication>
#include <QThread>
#include <QThreadPool>
#include <cstdlib>
#include <future>
#include <memory>
#include <mutex>

namespace paperphone::render {

void ensure_qt_application(const std::filesystem::path& fontconfig_file) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  if (QCoreApplication::instance()) return;
  setenv("QT_QPA_PLATFORM", "offscreen", 1);
  // Qt would split spans over a hidden thread pool and burn twice the CPU.
  setenv("QT_NO_GUI_THREADPOOL", "1", 1);
  setenv("FONTCONFIG_FILE", fontconfig_file.c_str(), 1);
  for (const char* name : {"QT_MAX_CACHED_GLYPH_SIZE", "QT_FONT_DPI", "QT_SCALE_FACTOR",
                           "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_PLATFORMTHEME"}) {
    unsetenv(name);
  }
  // Qt keeps references to both for the life of the process, and wants its object
  // to outlive everything drawn; so it is never deleted.
  static int argc = 1;
  static char name[] = "paperphone";
  static char* argv[] = {name, nullptr};
  // It would remark on a missing run-time folder, which nothing here needs.
  const QtMessageHandler old_handler = qInstallMessageHandler(
      [](QtMsgType, const QMessageLogContext&, const QString&) {});
  static QGuiApplication* application = new QGuiApplication(argc, argv);
  (void)application;
  qInstallMessageHandler(old_handler);
}

void paint_on_one_thread(const std::function<void()>& work) {
  QThreadPool* pool = QThreadPool::globalInstance();
  if (pool->contains(QThread::currentThread())) return work();
  const auto task = std::make_shared<std::packaged_task<void()>>(work);
  std::future<void> done = task->get_future();
  pool->start([task] { (*task)(); });
  done.get();
}

}  // namespace paperphone::render

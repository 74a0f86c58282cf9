// paperphone-viewer F.db: looks at stored trajectories.
#include <fmt/format.h>

#include <QApplication>
#include <QFontDatabase>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "env/app/loader.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/report.h"
#include "tools/viewer/window.h"

namespace {

constexpr std::string_view kUsage =
    "usage: paperphone-viewer F.db\n"
    "  F.db  trajectories of 'paperphone generate' or 'eval --out'\n"
    "  left, right: screens; up, down: episodes\n";

// While Qt looks for a display it has no other way to fail than to abort.
void on_message(QtMsgType type, const QMessageLogContext&, const QString&) {
  if (type != QtFatalMsg) return;
  paperphone::report(
      "error: there is no display to open a window on; 'paperphone replay F.db 1 "
      "--frames DIR' writes an episode as pictures\n");
  std::_Exit(2);
}

int run(int argc, char** argv) {
  using namespace paperphone;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument != "--help" && argument != "-h") continue;
    print_result_text(kUsage);
    return 0;
  }
  const auto handler = qInstallMessageHandler(on_message);
  QApplication application(argc, argv);
  qInstallMessageHandler(handler);
  if (application.arguments().size() != 2) {
    report("{}", kUsage);
    return 2;
  }
  // The machine may have no Chinese font.
  const auto font_file = app::default_apps_dir() / "_common" / "fonts" / "regular.otf";
  const int font =
      QFontDatabase::addApplicationFontFromData(
          QByteArray::fromStdString(read_file(font_file)));
  if (font >= 0) {
    QFont family(QFontDatabase::applicationFontFamilies(font).front());
    family.setPixelSize(14);
    application.setFont(family);
  }
  const data::TrajectoryStore store(argv[1],
                                    data::TrajectoryStore::Mode::kRead);
  viewer::ViewerWindow window(
      load_phone_shared(app::default_apps_dir(), /*pixels=*/true), store);
  window.show();
  return application.exec();
}

}  // namespace

int main(int argc, char** argv) {
  paperphone::secure_streams();
  setenv("QT_NO_GUI_THREADPOOL", "1", 1);
  try {
    return run(argc, argv);
  } catch (const paperphone::Error& error) {
    paperphone::report("error: {}\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    paperphone::report("error: {}\n", error.what());
    return 1;
  }
}

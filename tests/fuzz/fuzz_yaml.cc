// The app loader: broken apps are findings, never anything else.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "env/app/loader.h"
#include "env/app/world/generator.h"
#include "tests/fuzz/fuzz.h"
#include "tests/scratch_folder.h"

using namespace paperphone;
namespace fs = std::filesystem;

namespace {

const fs::path kSmallApps = "tests/app/apps_small";
constexpr char kTasksBegin = '\f';  // separates app.yaml from tasks.yaml in an input

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A copy of the small apps, of which one is written anew for each input.
class Folder {
 public:
  Folder() {
    fs::copy(kSmallApps, apps(), fs::copy_options::recursive);
  }
  fs::path apps() const { return scratch_ / "apps"; }

 private:
  ScratchFolder scratch_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = std::min(text.find(kTasksBegin), text.size());
  std::ofstream(folder.apps() / "memo" / "app.yaml", std::ios::binary)
      << text.substr(0, cut);
  std::ofstream(folder.apps() / "memo" / "tasks.yaml", std::ios::binary)
      << (cut < text.size() ? text.substr(cut + 1) : "");
  const app::LoadResult result = app::lint_apps(folder.apps());
  if (!result.findings.empty()) return 0;
  const app::World world = app::make_world(result.apps, Rng(1));
  for (const auto& app : world.apps)
    for (const auto& table : app->tables) (void)table->rows.size();  // made when read
  return 0;
}

std::vector<std::string> paperphone::fuzz::seeds() {
  std::vector<std::string> all;
  const fs::path memo = kSmallApps / "memo";
  all.push_back(text_of(memo / "app.yaml") + kTasksBegin + text_of(memo / "tasks.yaml"));
  for (const char* app : {"shop", "train", "messenger"}) {
    const fs::path path = fs::path("apps") / app / "app.yaml";
    if (fs::exists(path)) all.push_back(text_of(path));
  }
  return all;
}

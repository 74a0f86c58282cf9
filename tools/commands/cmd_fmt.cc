#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "env/app/loader.h"
#include "env/app/yaml/yaml_format.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/report.h"
#include "tools/commands/command.h"

namespace paperphone::tools {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> paths;
  bool check = false;
};

// Files as they are named, folders with all YAML files below them.
std::vector<fs::path> files_of(const std::vector<std::string>& paths) {
  std::vector<fs::path> out;
  for (const std::string& path : paths) {
    if (fs::is_directory(path)) {
      for (const auto& entry : fs::recursive_directory_iterator(path))
        if (entry.is_regular_file() && entry.path().extension() == ".yaml")
          out.push_back(entry.path());
    } else if (fs::exists(path)) {
      out.emplace_back(path);
    } else {
      throw ConfigError(fmt::format("{}: no such file or folder", path));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

int run(const Options& options) {
  const bool bundled = options.paths.empty();
  const std::vector<fs::path> files =
      files_of(bundled ? std::vector{app::default_apps_dir().string()} : options.paths);
  // Nothing is written if one of them is broken.
  std::vector<std::pair<fs::path, std::string>> changed;
  for (const fs::path& path : files) {
    const std::string text = read_file(path);
    std::string formatted = app::format_yaml(path.string(), text);
    if (formatted != text) changed.emplace_back(path, std::move(formatted));
  }
  if (options.check) {
    for (const auto& [path, text] : changed) print_result("{}\n", path.string());
    report("{} of {} files would change\n", changed.size(), files.size());
    return changed.empty() ? 0 : 1;
  }
  for (const auto& [path, text] : changed) write_file(path, text);
  print_result("{} of {} files changed\n", changed.size(), files.size());
  return 0;
}

}  // namespace

void add_fmt_command(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("fmt", "give app files their one look; what they say stays");
  command->add_option("PATH", options->paths,
                      "YAML files, folders of them (default: the bundled apps)");
  command->add_flag("--check", options->check,
                    "write nothing, list what would change; exit code 1 if anything");
  command->callback([options, &invocation] { invocation.exit_code = run(*options); });
}

}  // namespace paperphone::tools

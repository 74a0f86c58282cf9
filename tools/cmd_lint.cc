#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "env/app/loader.h"
#include "env/error.h"
#include "tools/command.h"

namespace paperphone::tools {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string dir;
  bool json = false;
};

int run(const Options& options) {
  const std::filesystem::path dir =
      options.dir.empty() ? default_apps_dir() : std::filesystem::path(options.dir);
  if (!std::filesystem::is_directory(dir))
    throw ConfigError(fmt::format("{}: no such folder of apps", dir.string()));
  const LoadResult result = lint_apps(dir);
  if (options.json) {
    Json findings = Json::array();
    for (const Finding& finding : result.findings)
      findings.push_back({{"file", finding.pos.file},
                          {"line", finding.pos.line},
                          {"column", finding.pos.column},
                          {"message", finding.message}});
    Json root;
    root["findings"] = std::move(findings);
    fmt::print("{}\n", root.dump());
  } else {
    for (const Finding& finding : result.findings) fmt::print("{}\n", finding.str());
    fmt::print(stderr, "{}: {} findings\n", dir.string(), result.findings.size());
  }
  return result.findings.empty() ? 0 : 1;
}

}  // namespace

void add_lint_command(CLI::App& app, Invocation& invocation) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("lint", "check app files; exit code 1 if there are findings");
  command->add_option("DIR", options->dir, "folder of apps (default: the bundled one)");
  command->add_flag("--json", options->json, "one JSON object on stdout");
  command->callback([options, &invocation] { invocation.exit_code = run(*options); });
}

}  // namespace paperphone::tools

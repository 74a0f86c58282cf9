#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>

#include "env/app/loader.h"
#include "env/base/error.h"
#include "env/base/host/report.h"
#include "env/base/json_text.h"
#include "env/base/utf8.h"
#include "env/layout/font_metrics.h"
#include "tools/commands/command.h"
#include "tools/screens/deep_lint.h"
#include "tools/screens/name_lint.h"

namespace paperphone::tools {

using app::Finding;

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  std::string dir;
  bool json = false;
  int worlds = 0;  // of the proof that experts act on what was shown
};

// Everything there is to say about the folder: the files, and, if they are well, the
// screens and tasks that they make.
std::vector<Finding> lint_all(const std::filesystem::path& dir, int worlds) {
  std::optional<layout::Fonts> fonts;
  std::error_code error;
  if (std::filesystem::exists(dir / "_common" / "fonts" / "regular.otf", error))
    fonts = layout::load_fonts(dir);
  app::LintOptions options;
  if (fonts)
    options.has_glyph = [&](char32_t c) { return fonts->regular.has_glyph(c); };
  app::LoadResult result = app::lint_apps(dir, options);
  if (!result.findings.empty()) return std::move(result.findings);
  std::vector<Finding> findings = lint_tasks(result.apps);
  for (const auto lint : {lint_names, lint_spoken_names})
    for (Finding& finding : lint(result.apps)) findings.push_back(std::move(finding));
  if (fonts)
    for (Finding& finding : lint_screens(result.apps, *fonts))
      findings.push_back(std::move(finding));
  if (fonts && std::filesystem::exists(dir / "_common" / "pinyin.txt", error))
    for (const auto lint : {lint_checks, lint_experts})
      for (Finding& finding : lint(dir)) findings.push_back(std::move(finding));
  if (worlds > 0 && fonts && findings.empty()) findings = lint_evidence(dir, worlds);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) {
                     return std::tie(a.pos.file, a.pos.line, a.pos.column) <
                            std::tie(b.pos.file, b.pos.line, b.pos.column);
                   });
  return findings;
}

int run(const Options& options) {
  const std::filesystem::path dir = options.dir.empty()
                                        ? app::default_apps_dir()
                                        : std::filesystem::path(options.dir);
  if (!std::filesystem::is_directory(dir))
    throw ConfigError(fmt::format("{}: no such folder of apps", dir.string()));
  const std::vector<Finding> all = lint_all(dir, options.worlds);
  if (options.json) {
    Json findings = Json::array();
    for (const Finding& finding : all) {
      Json one = {{"file", escape_bytes(finding.pos.file)},
                  {"line", finding.pos.line},
                  {"column", finding.pos.column},
                  {"message", escape_bytes(finding.message)}};
      if (!finding.pos.used_at.empty()) one["used_at"] = finding.pos.used_at;
      findings.push_back(std::move(one));
    }
    Json root;
    root["findings"] = std::move(findings);
    print_result("{}\n", json_text(root));
  } else {
    for (const Finding& finding : all) print_result("{}\n", finding.str());
    report("{}: {} findings\n", dir.string(), all.size());
  }
  return all.empty() ? 0 : 1;
}

}  // namespace

void add_lint_command(CLI::App& app, Invocation& invocation) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("lint", "check app files; exit code 1 if there are findings");
  command->add_option("DIR", options->dir, "folder of apps (default: the bundled one)");
  command->add_option("--deep", options->worlds,
                      "prove in so many worlds that experts act on what was shown")
      ->check(CLI::Range(1, 100));
  command->add_flag("--json", options->json, "one JSON object on stdout");
  command->callback([options, &invocation] { invocation.exit_code = run(*options); });
}

}  // namespace paperphone::tools

// YAML in, AppSet out. Strict: unknown and duplicate keys, unresolved names,
// wrong types are findings with a position and a suggestion.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "env/app/spec.h"

namespace paperphone::app {

struct Finding {
  SourcePos pos;
  std::string message;  // "unknown key 'wher' in list (did you mean 'where'?)"
  std::string str() const;
};

struct LoadResult {
  AppSet apps;                    // usable only if it runs
  std::vector<Finding> findings;  // all of them, ordered by file, line, column
  bool runs = false;  // what was found is only that something is unused or out of reach
};

struct LintOptions {
  // Can this code point be drawn? If given, every text that cannot is a finding.
  std::function<bool(char32_t)> has_glyph;
};

// Reads apps_dir/*/app.yaml (+ screens_*.yaml, templates.yaml, tasks*.yaml, *.csv), _phone,
// _common and _cross/tasks*.yaml of that folder. Never throws on what it reads.
LoadResult lint_apps(const std::filesystem::path& apps_dir,
                     const LintOptions& options = {});

// The same, but throws ConfigError with all findings, one a line. With `warnings` an
// unfinished app that runs is good enough; what was found goes there.
AppSet load_apps(const std::filesystem::path& apps_dir,
                 std::vector<Finding>* warnings = nullptr);

// The folder `apps` of the installed package or of the source tree; PAPERPHONE_APPS
// overrides. Throws ConfigError if it is nowhere.
std::filesystem::path default_apps_dir();

// The grammar of app.yaml as a JSON Schema (draft-07), for editors.
std::string app_schema_json();

}  // namespace paperphone::app

// YAML in, AppSet out. Strict: unknown and duplicate keys, unresolved names,
// wrong types are findings with a position and a suggestion.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "env/app/spec.h"

namespace paperphone {

struct Finding {
  SourcePos pos;
  std::string message;  // "unknown key 'wher' in list (did you mean 'where'?)"
  std::string str() const;
};

struct LoadResult {
  AppSet apps;                    // usable only if findings is empty
  std::vector<Finding> findings;  // all of them, ordered by file, line, column
};

struct LintOptions {
  // Can this code point be drawn? If given, every text that cannot is a finding.
  std::function<bool(char32_t)> has_glyph;
};

// Reads apps_dir/*/app.yaml (+ screens_*.yaml, tasks.yaml, *.csv), apps_dir/_phone,
// apps_dir/_common and apps_dir/_cross/tasks.yaml. Never throws on what it reads.
LoadResult lint_apps(const std::filesystem::path& apps_dir,
                     const LintOptions& options = {});

// The same, but throws ConfigError with all findings, one a line.
AppSet load_apps(const std::filesystem::path& apps_dir);

// The folder `apps` of the installed package or of the source tree; PAPERPHONE_APPS
// overrides. Throws ConfigError if it is nowhere.
std::filesystem::path default_apps_dir();

// The grammar of app.yaml as a JSON Schema (draft-07), for editors.
std::string app_schema_json();

}  // namespace paperphone

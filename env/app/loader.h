// YAML in, AppSet out. Strict: unknown and duplicate keys, unresolved names,
// wrong types are findings with a position and a suggestion.
#pragma once

#include <filesystem>
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

// Reads apps_dir/*/app.yaml (+ tasks.yaml, *.csv), apps_dir/_phone, apps_dir/_common
// and apps_dir/_cross/tasks.yaml.
LoadResult lint_apps(const std::filesystem::path& apps_dir);

// The same, but throws ConfigError with all findings, one a line.
AppSet load_apps(const std::filesystem::path& apps_dir);

// The folder `apps` beside the installation or the source tree; PAPERPHONE_APPS
// overrides. Throws ConfigError if it is nowhere.
std::filesystem::path default_apps_dir();

// A fresh world: fixtures plus generated rows, under rng.fork(app).fork(table).
World make_world(const AppSet& apps, const Rng& rng);

}  // namespace paperphone

// lint_apps [DIR]: prints every finding. Exit status 0: none, 1: some, 2: misuse.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "env/app/loader.h"
#include "env/app/world/generator.h"

int main(int argc, char** argv) {
  using namespace paperphone;
  try {
    if (argc > 2) {
      fmt::print(stderr, "usage: lint_apps [DIR]\n");
      return 2;
    }
    const app::LoadResult result =
        app::lint_apps(argc == 2 ? std::filesystem::path(argv[1])
                                 : app::default_apps_dir());
    for (const app::Finding& finding : result.findings) fmt::print("{}\n", finding.str());
    fmt::print(stderr, "{} apps, {} tasks, {} findings\n", result.apps.apps.size(),
               result.apps.tasks().size(), result.findings.size());
    if (result.findings.empty()) app::make_world(result.apps, Rng(0));
    return result.findings.empty() ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "lint_apps: {}\n", error.what());
    return 2;
  }
}

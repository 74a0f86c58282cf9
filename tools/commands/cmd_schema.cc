#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "env/app/loader.h"
#include "env/base/host/file.h"
#include "env/base/host/owned_folder.h"
#include "env/base/host/report.h"
#include "tools/commands/command.h"

namespace paperphone::tools {
namespace {

void run(const std::string& out) {
  const std::string schema = app::app_schema_json();
  if (out.empty()) {
    print_result("{}", schema);
    return;
  }
  constexpr std::size_t kFirstWords = 60;  // no other file begins like this
  check_replaceable_file(out, std::string_view(schema).substr(0, kFirstWords));
  write_file(out, schema);
}

}  // namespace

void add_schema_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto out = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("schema", "the grammar of app files as a JSON Schema");
  command->add_option("--out", *out, "file (default: stdout)");
  command->callback([out] { run(*out); });
}

}  // namespace paperphone::tools

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "env/app/loader.h"
#include "env/base/error.h"
#include "tools/commands/command.h"
#include "tools/playthrough.h"

namespace paperphone::tools {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string task;
  std::uint64_t seed = kPlaythroughSeed;
  std::string out;
};

void write_all(PhoneEnv& env, std::uint64_t seed, const fs::path& folder) {
  fs::create_directories(folder);
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".txt") fs::remove(entry.path());
  const auto tasks = playthrough_tasks(env.apps());
  for (const std::string& task : tasks) {
    const fs::path path = folder / playthrough_file(task);
    std::ofstream file(path, std::ios::binary);
    file << playthrough(env, task, seed);
    if (!file.flush()) throw DataError(fmt::format("cannot write {}", path.string()));
  }
  fmt::print("{} playthroughs in {}\n", tasks.size(), folder.string());
}

void run(const Options& options) {
  PhoneEnv env(load_phone_shared({}, /*pixels=*/false),
               {.apps_dir = {}, .app_ids = {}, .variation = {}, .pixels = false});
  if (!options.out.empty()) {
    write_all(env, options.seed, options.out);
  } else if (!options.task.empty()) {
    fmt::print("{}", playthrough(env, options.task, options.seed));
  } else {
    throw ConfigError("playthrough needs --task ID or --out DIR");
  }
}

}  // namespace

void add_playthrough_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "playthrough", "an expert's episode as text, or one of each app as files");
  command->add_option("--task", options->task, "printed on stdout");
  command->add_option("--seed", options->seed)->capture_default_str();
  command->add_option("--out", options->out,
                      "a folder: one task of each app; replaces its *.txt");
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools

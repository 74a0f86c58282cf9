#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "env/app/loader.h"
#include "env/base/error.h"
#include "env/base/host/file.h"
#include "env/base/host/owned_folder.h"
#include "env/base/host/report.h"
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

// Its first line names the task that its own name is made of.
bool is_playthrough(const fs::path& path) {
  std::error_code error;
  if (path.extension() != ".txt" || !fs::is_regular_file(path, error)) return false;
  const std::string text = read_file(path);
  constexpr std::string_view kBegin = "task ";
  const std::size_t end = text.find(", seed ");
  return text.starts_with(kBegin) && end != std::string::npos &&
         path.filename() ==
             playthrough_file(text.substr(kBegin.size(), end - kBegin.size()));
}

void write_all(PhoneEnv& env, std::uint64_t seed, const fs::path& folder) {
  check_folder_to_write(folder);
  const auto tasks = playthrough_tasks(env.apps());
  for (const std::string& task : tasks) {
    const fs::path path = folder / playthrough_file(task);
    std::error_code error;
    if (fs::exists(fs::symlink_status(path, error)) && !is_playthrough(path))
      in_the_way(path, "paperphone did not make this file");
  }
  make_folder(folder);
  std::vector<fs::path> old;
  for (const auto& entry : fs::directory_iterator(folder))
    if (is_playthrough(entry.path())) old.push_back(entry.path());
  for (const fs::path& path : old) fs::remove(path);
  for (const std::string& task : tasks)
    write_file(folder / playthrough_file(task), playthrough(env, task, seed));
  print_result("{} playthroughs in {}\n", tasks.size(), folder.string());
}

void run(const Options& options) {
  PhoneEnv env(load_phone_shared({}, /*pixels=*/false),
               {.apps_dir = {}, .app_ids = {}, .variation = {}, .pixels = false});
  if (!options.out.empty()) {
    write_all(env, options.seed, options.out);
  } else if (!options.task.empty()) {
    print_result("{}", playthrough(env, options.task, options.seed));
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
  command->add_option("--seed", options->seed)->check(is_seed())->capture_default_str();
  command->add_option("--out", options->out,
                      "a folder: one task of each app; replaces its *.txt");
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools

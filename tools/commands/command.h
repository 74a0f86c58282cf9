// One subcommand of `paperphone` each: cmd_<name>.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace paperphone::tools {

// What a subcommand may need of the whole command line, and what it says back.
struct Invocation {
  std::vector<std::string> argv;
  int exit_code = 0;  // 0 fine, 1 findings or a failed verification
};

void add_apps_command(CLI::App& app, Invocation& invocation);
void add_lint_command(CLI::App& app, Invocation& invocation);
void add_fmt_command(CLI::App& app, Invocation& invocation);
void add_schema_command(CLI::App& app, Invocation& invocation);
void add_render_command(CLI::App& app, Invocation& invocation);
void add_walk_command(CLI::App& app, Invocation& invocation);
void add_generate_command(CLI::App& app, Invocation& invocation);
void add_train_command(CLI::App& app, Invocation& invocation);
void add_export_command(CLI::App& app, Invocation& invocation);
void add_eval_command(CLI::App& app, Invocation& invocation);
void add_act_command(CLI::App& app, Invocation& invocation);
void add_exam_command(CLI::App& app, Invocation& invocation);
void add_replay_command(CLI::App& app, Invocation& invocation);
void add_playthrough_command(CLI::App& app, Invocation& invocation);
void add_watch_command(CLI::App& app, Invocation& invocation);
void add_bench_command(CLI::App& app, Invocation& invocation);

// Parses, runs, and turns every error into one line on stderr: exit code 2 for the
// user's fault, 3 for ours and for a result that could not be written, 1 for findings,
// 0 otherwise.
int run_command_line(CLI::App& app, Invocation& invocation, int argc, char** argv);

// For options that take a seed: all 64 bits, and nothing that would be read as another.
CLI::Validator is_seed();
// For options that take a number: within these, and a number ("nan" is none).
CLI::Validator is_within(double least, double most);
// For --threads: 0 stands for all cores.
CLI::Validator is_thread_count();

// n, or the number of cores for 0.
int thread_count(int asked);

}  // namespace paperphone::tools

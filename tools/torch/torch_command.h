// One subcommand of paperphone-torch each: cmd_torch_<name>.cc.
#pragma once

#include "tools/commands/command.h"

namespace paperphone::tools {

void add_torch_train_command(CLI::App& app, Invocation& invocation);
void add_torch_export_command(CLI::App& app, Invocation& invocation);
void add_torch_act_command(CLI::App& app, Invocation& invocation);
void add_torch_exam_command(CLI::App& app, Invocation& invocation);
void add_torch_eval_command(CLI::App& app, Invocation& invocation);
void add_torch_bench_command(CLI::App& app, Invocation& invocation);

}  // namespace paperphone::tools

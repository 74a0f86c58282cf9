// paperphone-torch: the subcommands that need LibTorch. `paperphone` becomes this
// executable for them, so nobody has to call it by name.
#include <cstdlib>

#include "env/base/host/version.h"
#include "tools/commands/command.h"
#include "tools/torch/torch_command.h"

int main(int argc, char** argv) {
  using namespace paperphone::tools;
  CLI::App app{"The half of paperphone that needs LibTorch."};
  app.name("paperphone");
  app.set_version_flag("--version", paperphone::version());
  app.require_subcommand(1);
  Invocation invocation;
  add_torch_train_command(app, invocation);
  add_torch_export_command(app, invocation);
  add_torch_act_command(app, invocation);
  add_torch_exam_command(app, invocation);
  add_torch_eval_command(app, invocation);
  add_torch_bench_command(app, invocation);
  return run_command_line(app, invocation, argc, argv);
}

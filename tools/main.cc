// The `paperphone` command, without LibTorch; what needs it is handed on to
// paperphone-torch beside it.
#include "env/base/host/version.h"
#include "tools/commands/command.h"

int main(int argc, char** argv) {
  using namespace paperphone::tools;
  CLI::App app{"A simulated phone for training and judging agents that see and tap."};
  app.name("paperphone");
  app.set_version_flag("--version", paperphone::version());
  app.require_subcommand(1);
  Invocation invocation;
  add_apps_command(app, invocation);
  add_lint_command(app, invocation);
  add_fmt_command(app, invocation);
  add_schema_command(app, invocation);
  add_render_command(app, invocation);
  add_walk_command(app, invocation);
  add_generate_command(app, invocation);
  add_train_command(app, invocation);
  add_watch_command(app, invocation);
  add_export_command(app, invocation);
  add_eval_command(app, invocation);
  add_act_command(app, invocation);
  add_exam_command(app, invocation);
  add_replay_command(app, invocation);
  add_playthrough_command(app, invocation);
  add_bench_command(app, invocation);
  return run_command_line(app, invocation, argc, argv);
}

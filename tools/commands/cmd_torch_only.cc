// The subcommands that are paperphone-torch's alone: handed on as they are.
#include "tools/commands/command.h"
#include "tools/commands/torch_sibling.h"

namespace paperphone::tools {
namespace {

void hand_on(CLI::App& app, Invocation& invocation, const std::string& name,
             const std::string& description) {
  CLI::App* command = app.add_subcommand(name, description);
  // Its arguments are paperphone-torch's to judge, --help among them.
  command->set_help_flag();
  command->prefix_command();
  command->callback([name, &invocation] { become_torch(invocation.argv, name); });
}

}  // namespace

void add_train_command(CLI::App& app, Invocation& invocation) {
  hand_on(app, invocation, "train",
          "train an agent: RECIPE.yaml --out DIR [--resume] [--seed N]");
}

void add_export_command(CLI::App& app, Invocation& invocation) {
  hand_on(app, invocation, "export",
          "copy an agent: DIR --out DIR [--bfloat16] [--shard-mb N] [--merge]");
}

void add_act_command(CLI::App& app, Invocation& invocation) {
  hand_on(app, invocation, "act",
          "one decision of a model: --policy DIR --image F.png --instruction TEXT "
          "[--out F.png]");
}

void add_exam_command(CLI::App& app, Invocation& invocation) {
  hand_on(app, invocation, "exam",
          "how well a model reads: --policy DIR [--screens N] [--out ERRORS.json]");
}

}  // namespace paperphone::tools

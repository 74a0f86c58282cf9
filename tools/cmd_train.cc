#include "tools/command.h"
#include "tools/torch_sibling.h"

namespace paperphone::tools {

void add_train_command(CLI::App& app, Invocation& invocation) {
  CLI::App* command = app.add_subcommand(
      "train", "train an agent: RECIPE.yaml --out DIR [--resume] [--seed N]");
  // Its arguments are paperphone-torch's to judge, --help among them.
  command->set_help_flag();
  command->prefix_command();
  command->callback([&invocation] { become_torch(invocation.argv, "train"); });
}

}  // namespace paperphone::tools

#include "tools/playthrough.h"

#include <fmt/format.h>

#include <algorithm>

#include "env/base/error.h"
#include "env/sim/state/state_diff.h"
#include "env/task/task.h"

namespace paperphone::tools {

using app::AppSet;
using app::TaskSpec;
using sim::PhoneState;

namespace {

// Keys would be forty lines of every screen with a keyboard.
bool is_worth_a_line(const UiNode& node) {
  return node.role != Role::kKey && (!node.text.empty() || node.touchable);
}

void add_screen(std::string& out, const std::string& screen_id,
                std::span<const UiNode> tree) {
  out += fmt::format("  screen {}\n", screen_id);
  bool keyboard = false;
  for (const UiNode& node : tree) {
    keyboard = keyboard || node.role == Role::kKey;
    if (!is_worth_a_line(node)) continue;
    out += fmt::format("    {}", role_name(node.role));
    if (!node.text.empty()) out += fmt::format(" \"{}\"", node.text);
    if (!node.hint.empty()) out += fmt::format(" (hint \"{}\")", node.hint);
    if (!node.address.empty()) out += " " + node.address;
    if (!node.enabled) out += " (disabled)";
    if (node.checked) out += " (checked)";
    if (node.focused) out += " (focused)";
    if (node.partly_hidden) out += " (partly hidden)";
    out += '\n';
  }
  if (keyboard) out += "    keyboard\n";
}

void add_changes(std::string& out, const PhoneState& before, const PhoneState& after,
                 const AppSet& apps) {
  const auto changes = sim::diff_states(before, after, apps);
  if (changes.empty()) {
    out += "  nothing changed\n";
    return;
  }
  out += "  changed\n";
  for (const sim::StateChange& change : changes)
    out += fmt::format("    {}\n", change.str());
}

}  // namespace

std::string playthrough(PhoneEnv& env, const std::string& task_id, std::uint64_t seed) {
  const AppSet& apps = env.apps();
  env.observe(Modality::kTree);
  const ResetResult start = env.reset(seed, {.task_id = task_id});
  std::string out = fmt::format("task {}, seed {}\n{}\n{}\n", task_id, seed,
                                env.task().instruction, env.task().instruction_en);
  out += "\nstart\n";
  add_screen(out, start.info.screen_id, start.observation.tree);
  out += fmt::format("  state {}\n", start.info.state_hash.hex());
  while (env.running()) {
    const Advice advice = env.advice();
    if (advice.actions.empty()) {
      throw DataError(fmt::format("task {}: the expert is at a loss", task_id));
    }
    const AcceptableAction& choice = advice.actions.front();
    const PhoneState before = env.state();
    const StepResult result = env.step(choice.action);
    const Info& info = result.info;
    out += fmt::format("\nstep {}: {}", result.observation.step,
                       action_to_json(choice.action));
    if (!choice.address.empty()) out += " on " + choice.address;
    out += fmt::format("\n  {}\n  {}, reward {}, progress {:.2f}, {}\n", advice.sentence,
                       outcome_name(info.outcome), result.reward, info.progress,
                       end_reason_name(info.end_reason));
    for (const std::string& address : info.side_effects)
      out += fmt::format("  side effect: {}\n", address);
    add_changes(out, before, env.state(), apps);
    add_screen(out, info.screen_id, result.observation.tree);
    out += fmt::format("  state {}\n", info.state_hash.hex());
  }
  return out;
}

std::vector<std::string> playthrough_tasks(const AppSet& apps) {
  std::vector<std::string> ids;
  const auto add_hardest = [&](const std::vector<TaskSpec>& tasks) {
    const auto hardest = std::max_element(
        tasks.begin(), tasks.end(), [](const TaskSpec& a, const TaskSpec& b) {
          return a.max_steps < b.max_steps;  // the first of the longest
        });
    if (hardest != tasks.end()) ids.push_back(hardest->id);
  };
  for (const app::AppSpec& app : apps.apps) add_hardest(app.tasks);
  add_hardest(apps.cross_app_tasks);
  return ids;
}

std::string playthrough_file(const std::string& task_id) {
  std::string name = task_id;
  std::replace(name.begin(), name.end(), '/', '_');
  return name + ".txt";
}

}  // namespace paperphone::tools

#include "tools/screens/deep_lint.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "env/app/checks.h"
#include "env/app/world/generator.h"
#include "env/base/check.h"
#include "env/base/error.h"
#include "env/base/host/progress.h"
#include "env/layout/frame_lint.h"
#include "env/layout/layout.h"
#include "env/phone/phone_env.h"
#include "env/phone/twins.h"
#include "env/sim/machine.h"
#include "env/task/task.h"
#include "tools/screens/screens.h"

namespace paperphone::tools {

using app::AppSet;
using app::Finding;
using app::Item;
using app::ScreenSpec;
using app::Template;
using app::Widget;
using layout::Frame;
using layout::FrameFinding;
using sim::Machine;
using sim::PhoneState;

namespace {

constexpr int kFontPercents[] = {100, 130, 85};
constexpr int kTallDp = 4000;  // so that a page is seen whole
constexpr int kWorlds = 4;
constexpr int kWorldsOfNames = 64;  // equal names may be rare
constexpr int kWorldsOfChecks = 20;
constexpr int kStepsOfChecks = 60;

// What the app itself says in a widget: its texts without holes.
std::vector<std::string> own_words(const Widget& widget) {
  std::vector<std::string> words;
  const auto add = [&](const Template& text) {
    if (!text.empty() && text.constant()) words.push_back(text.pieces()[0].literal);
  };
  for (const auto& [prop, value] : widget.props) {
    if (const auto* text = std::get_if<Template>(&value)) add(*text);
    if (const auto* items = std::get_if<std::vector<Item>>(&value))
      for (const Item& item : *items) add(item.label);
  }
  return words;
}

bool is_own(const Widget& widget, std::string shown) {
  if (shown.ends_with("…")) shown.resize(shown.size() - std::string("…").size());
  const auto words = own_words(widget);
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return word.find(shown) != std::string::npos;
  });
}

// The widget of the screen that an address of its frame belongs to.
const Widget* widget_at(const Frame& frame, const ScreenSpec& screen,
                        const std::string& address) {
  for (const layout::Node& node : frame.nodes) {
    if (node.address != address || node.target.where != sim::Target::Where::kWidget) continue;
    const auto index = std::size_t(node.target.widget);
    return index < screen.widgets.size() ? screen.widgets[index] : nullptr;
  }
  return nullptr;
}

// One episode as the expert advises, to its end.
Info play_expert(PhoneEnv& env) {
  StepResult result;
  do {
    const Advice advice = env.advice();
    CHECK_TRUE(!advice.actions.empty());
    result = env.step(advice.actions.front().action);
  } while (!result.terminated && !result.truncated);
  return std::move(result.info);
}

// What is wrong with how the expert's episode ended; empty: nothing.
std::vector<std::string> faults_of_end(const app::TaskSpec& task, const Info& info) {
  std::vector<std::string> faults;
  const auto say = [&](const std::string& fault) {
    faults.push_back(fmt::format("task {}: {}", task.id, fault));
  };
  switch (info.end_reason) {
    case EndReason::kGoalReached:
      break;
    case EndReason::kSideEffect:
      for (const std::string& what : info.side_effects)
        say(what.starts_with("forbid[") ? what + " holds when the expert is done"
            : what.ends_with(']')
                ? fmt::format("the expert adds or deletes {}, which 'may_add' and "
                              "'may_delete' do not allow",
                              what)
                : fmt::format("the expert changes {}, which 'only_changes' does not list",
                              what));
      break;
    case EndReason::kStepLimit:
      say(fmt::format("the expert is not done after {} steps, on {}", task.max_steps,
                      info.screen_id));
      break;
    default:
      say(fmt::format("when the expert is done, the {} is not right",
                      !task.infeasible.empty() ? "fact that forbids it"
                      : task.goal.empty()      ? "answer"
                                               : "goal"));
  }
  return faults;
}

// What is wrong with the names of a table's rows; empty: nothing.
std::string fault_of_names(const app::Table& table, int named_by) {
  std::set<std::string_view> names;
  for (const auto& row : table.rows) {
    const std::string_view name = row->cells[std::size_t(named_by)].as_text();
    if (name.empty()) return fmt::format("row {} has no name", row->id);
    if (!names.insert(name).second) return fmt::format("'{}' names two rows", name);
  }
  return {};
}

}  // namespace

std::vector<Finding> lint_screens(const AppSet& apps, const layout::Fonts& fonts) {
  if (apps.phone.font_percent < 0 || apps.phone.dark_mode < 0) return {};
  const Machine machine(apps);
  const layout::Layout layout(machine, fonts, kTallDp);
  std::vector<Finding> findings;
  for (const app::AppSpec& app : apps.apps) {
    if (app.hidden) continue;
    for (const ScreenSpec& screen : app.screens) {
      std::set<std::pair<const Widget*, FrameFinding::What>> said;
      for (const int percent : kFontPercents) {
        PhoneState state = fresh_phone(machine, 1, false);
        state.world.apps[0].edit().vars[std::size_t(apps.phone.font_percent)] =
            app::Value::of_int(percent);
        show_screen(machine, state, app.id, screen.id);
        const sim::ScreenEntry* top = state.top();
        if (top == nullptr || state.front_app() != apps.find(app.id)) continue;
        // Screens may send one on at once; those are laid out under their own name.
        const ScreenSpec& shown = app.screens[std::size_t(top->screen)];
        if (&shown != &screen) continue;
        const Frame frame = layout.run(state);
        for (const FrameFinding& found : layout::lint_frame(frame, fonts)) {
          const Widget* widget = widget_at(frame, screen, found.address);
          if (widget == nullptr) continue;
          if (found.what == FrameFinding::What::kCutText && !is_own(*widget, found.text))
            continue;
          if (!said.insert({widget, found.what}).second) continue;
          findings.push_back(
              {widget->pos, fmt::format("{} (font size {} %)", found.str(), percent)});
        }
      }
    }
  }
  return findings;
}

std::vector<Finding> lint_tasks(const AppSet& apps) {
  const Machine machine(apps);
  std::vector<PhoneState> worlds;
  for (std::uint64_t seed = 0; seed < kWorlds; ++seed)
    worlds.push_back(fresh_phone(machine, seed, false));
  std::vector<Finding> findings;
  for (const app::TaskSpec* task : apps.tasks()) {
    int failed = 0;
    std::string why;
    for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
      try {
        task::sample_task(apps, *task, worlds[seed], Rng(seed).fork("lint"));
      } catch (const DataError& error) {
        ++failed;
        why = error.what();
      }
    }
    if (failed == kWorlds)
      findings.push_back({task->pos, fmt::format("in none of {} worlds can it be drawn: {}",
                                                 kWorlds, why)});
  }
  return findings;
}

std::vector<Finding> lint_experts(const std::filesystem::path& apps_dir) {
  const auto shared = load_phone_shared(apps_dir, false);
  PhoneEnv env(shared, {.pixels = false, .hashes = false, .distance = false});
  std::vector<Finding> findings;
  for (const app::TaskSpec* task : shared_apps(*shared).tasks()) {
    for (std::uint64_t seed = 0; seed < kWorlds; ++seed) {
      try {
        env.reset(seed, {.task_id = task->id});
      } catch (const DataError&) {
        continue;  // of no world: lint_tasks says so
      }
      for (std::string& fault : faults_of_end(*task, play_expert(env)))
        findings.push_back({task->pos, std::move(fault)});
      break;
    }
  }
  return findings;
}

std::vector<Finding> lint_checks(const std::filesystem::path& apps_dir) {
  const auto shared = load_phone_shared(apps_dir, false);
  PhoneEnv env(shared, {.pixels = false, .hashes = false, .advice = false});
  std::vector<Finding> findings;
  std::set<const app::CheckSpec*> said;
  const auto look = [&](const app::World& world, std::uint64_t seed, int actions) {
    for (const app::CheckSpec* check : app::broken_checks(env.apps(), world))
      if (said.insert(check).second)
        findings.push_back(
            {check->pos, fmt::format("'{}' does not hold in the world of seed {}{}",
                                     check->name, seed,
                                     actions == 0 ? std::string()
                                                  : fmt::format(" after {} actions", actions))});
  };
  const auto is_end = [](const Action& action) {
    return std::holds_alternative<Terminate>(action) || std::holds_alternative<Answer>(action);
  };
  for (std::uint64_t seed = 0; seed < kWorldsOfChecks; ++seed) {
    look(app::make_world(env.apps(), Rng(seed).fork("world")), seed, 0);
    Rng choices = Rng(seed).fork("checks");
    try {
      env.reset(seed);
    } catch (const DataError&) {
      continue;  // no task: lint_tasks says so
    }
    StepResult result;
    for (int step = 1; step <= kStepsOfChecks && !result.terminated && !result.truncated;
         ++step) {
      Action action = env.action_space().sample(choices);
      while (is_end(action)) action = env.action_space().sample(choices);
      result = env.step(action);
      look(env.state().world, seed, step);
    }
  }
  return findings;
}

std::vector<Finding> lint_evidence(const std::filesystem::path& apps_dir, int worlds) {
  const auto shared = load_phone_shared(apps_dir, false);
  std::vector<const app::TaskSpec*> tasks = shared_apps(*shared).tasks();
  Progress progress("twins", int(tasks.size()), "tasks");
  std::vector<Finding> findings;
  int done = 0;
  for (const app::TaskSpec* task : tasks) {
    for (int seed = 0; seed < worlds; ++seed) {
      TwinProof proof;
      try {
        proof = prove_by_twins(shared, task->id, std::uint64_t(seed));
      } catch (const DataError&) {
        continue;  // not in this world
      }
      for (const TwinFinding& found : proof.findings)
        findings.push_back(
            {task->pos,
             fmt::format("task {}: in the world of seed {} the expert knows after {} steps "
                         "what no screen has shown ({}): it would do '{}', and '{}' were "
                         "that drawn anew",
                         task->id, seed, found.step,
                         found.cells.empty() ? "several cells together"
                                             : fmt::format("{}", fmt::join(found.cells, ", ")),
                         found.advice, found.twin_advice)});
      if (proof.blind_at >= 0)
        findings.push_back(
            {task->pos, fmt::format("task {}: in the world of seed {} the expert needs {} after "
                                    "{} steps, which no screen seems to show",
                                    task->id, seed, proof.unknown, proof.blind_at)});
      if (!proof.findings.empty() || proof.blind_at >= 0) break;
    }
    progress.update(++done);
  }
  return findings;
}

std::vector<Finding> lint_names(const AppSet& apps) {
  std::vector<Finding> findings;
  std::set<std::pair<std::size_t, std::size_t>> said;
  for (std::uint64_t seed = 0; seed < kWorldsOfNames; ++seed) {
    const app::World world = app::make_world(apps, Rng(seed));
    for (std::size_t a = 0; a < apps.apps.size(); ++a) {
      for (std::size_t t = 0; t < apps.apps[a].tables.size(); ++t) {
        const app::TableSpec& spec = apps.apps[a].tables[t];
        if (!spec.unique_names || said.contains({a, t})) continue;
        const std::string fault =
            fault_of_names(*world.apps[a]->tables[t], spec.display_column);
        if (fault.empty()) continue;
        said.insert({a, t});
        findings.push_back(
            {spec.pos,
             fmt::format(
                 "'unique_names' of '{}' does not hold: in the world of seed {} {}; "
                 "make them differ or leave it out",
                 spec.name, seed, fault)});
      }
    }
  }
  return findings;
}

}  // namespace paperphone::tools

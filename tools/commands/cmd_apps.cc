#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "env/app/kit/reference.h"
#include "env/app/loader.h"
#include "env/base/host/report.h"
#include "env/base/json_text.h"
#include "tools/commands/command.h"

namespace paperphone::tools {

using app::AppSet;
using app::AppSpec;
using app::Component;
using app::components;
using app::part_words;
using app::prop_name;
using app::PropRule;
using app::TaskSpec;
using app::type_word;

namespace {

using Json = nlohmann::ordered_json;

struct Options {
  bool json = false;
  bool components = false;
  bool markdown = false;
};

Json apps_json(const AppSet& set) {
  Json apps = Json::array();
  for (const AppSpec& app : set.apps) {
    if (app.hidden) continue;
    Json entry;
    entry["id"] = app.id;
    entry["title"] = app.title;
    entry["screens"] = Json::array();
    for (const app::ScreenSpec& screen : app.screens)
      entry["screens"].push_back(screen.id);
    entry["tasks"] = Json::array();
    for (const TaskSpec& task : app.tasks) entry["tasks"].push_back(task.id);
    apps.push_back(std::move(entry));
  }
  Json cross = Json::array();
  for (const TaskSpec& task : set.cross_app_tasks) cross.push_back(task.id);
  Json root;
  root["apps"] = std::move(apps);
  root["cross_app_tasks"] = std::move(cross);
  root["app_set_hash"] = set.content_hash.hex();
  return root;
}

void print_apps(const AppSet& set) {
  for (const AppSpec& app : set.apps) {
    if (app.hidden) continue;
    print_result("{} {}: {} screens, {} tasks\n", app.id, app.title, app.screens.size(),
                 app.tasks.size());
    for (const TaskSpec& task : app.tasks)
      print_result("  {:<36} {}\n", task.id,
                   task.instructions_zh.empty() ? "" : task.instructions_zh.front());
  }
  print_result("across apps: {} tasks\n", set.cross_app_tasks.size());
  for (const TaskSpec& task : set.cross_app_tasks)
    print_result("  {:<36} {}\n", task.id,
                 task.instructions_zh.empty() ? "" : task.instructions_zh.front());
}

Json components_json() {
  Json list = Json::array();
  for (const Component* component : components()) {
    Json props = Json::array();
    for (const PropRule& prop : component->props) {
      Json entry;
      entry["name"] = prop_name(prop.prop);
      entry["type"] = type_word(prop.type);
      entry["required"] = prop.need == app::Need::kMust;
      if (!prop.allowed.empty()) entry["allowed"] = prop.allowed;
      props.push_back(std::move(entry));
    }
    Json entry;
    entry["name"] = component->name;
    entry["help"] = component->help;
    entry["parts"] = part_words(*component);
    entry["props"] = std::move(props);
    list.push_back(std::move(entry));
  }
  Json root;
  root["components"] = std::move(list);
  return root;
}

void print_components() {
  for (const Component* component : components()) {
    print_result("{}: {}\n", component->name, component->help);
    for (const PropRule& prop : component->props)
      print_result("  {:<14} {}{}{}\n", prop_name(prop.prop), type_word(prop.type),
                   prop.need == app::Need::kMust ? ", required" : "",
                   prop.allowed.empty() ? "" : fmt::format(": {}", prop.allowed));
    if (!component->parts.empty())
      print_result("  parts: {}\n", part_words(*component));
  }
}

void run(const Options& options) {
  if (options.components) {
    if (options.json) {
      print_result("{}\n", json_text(components_json()));
    } else if (options.markdown) {
      print_result("{}", app::component_reference());
    } else {
      print_components();
    }
    return;
  }
  const AppSet set = app::load_apps(app::default_apps_dir());
  if (options.json) {
    print_result("{}\n", json_text(apps_json(set)));
  } else {
    print_apps(set);
  }
}

}  // namespace

void add_apps_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("apps", "list apps, their screens and tasks");
  command->add_flag("--json", options->json, "one JSON object on stdout");
  command->add_flag("--components", options->components,
                    "list the components that screens are made of instead");
  command->add_flag("--markdown", options->markdown,
                    "with --components: as the table in apps/README.md");
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <thread>

#include "env/app/loader.h"
#include "env/base/error.h"
#include "env/base/hash.h"
#include "env/base/host/file.h"
#include "env/base/host/owned_folder.h"
#include "env/base/host/progress.h"
#include "env/base/host/report.h"
#include "env/layout/layout.h"
#include "env/phone/nuisance.h"
#include "env/phone/phone_env.h"
#include "env/render/renderer.h"
#include "tools/commands/command.h"
#include "tools/commands/variation_flags.h"
#include "tools/screens/contact_sheet.h"
#include "tools/screens/screen_walk.h"
#include "tools/screens/screens.h"

namespace paperphone::tools {

using app::Finding;
using render::write_png;
using sim::Machine;
using sim::PhoneState;

namespace {

struct Options {
  std::string app;
  std::string screen;
  std::uint64_t seed = 1;
  VariationFlags phone;
  std::string theme;  // empty: light, with --all both
  int font_percent = 100;
  int scroll = 0;
  std::string disturb;
  bool all = false;
  bool watch = false;
  std::string actions;
  std::string task;
  std::string out;
};

class Camera {
 public:
  Camera(const PhoneShared& shared, const Variation& variation)
      : layout_(shared_layout(shared)),
        renderer_(shared_pieces(shared), variation.width, variation.height) {}

  void shoot(const PhoneState& state, const std::filesystem::path& out) {
    write_png(out, renderer_.draw(layout_.run(state)));
  }
  ImageView picture() const { return renderer_.shown(); }

 private:
  const layout::Layout& layout_;
  render::Renderer renderer_;
};

std::vector<bool> themes(const Options& options) {  // dark or not
  if (options.theme == "both" || (options.theme.empty() && options.all))
    return {false, true};
  return {options.theme == "dark"};
}

PhoneState phone_of(const Machine& machine, const Options& options, bool dark) {
  PhoneState state = fresh_phone(machine, options.seed, dark);
  if (options.font_percent != 100) {
    const int var = machine.apps().phone.font_percent;
    state.world.apps[0].edit().vars[std::size_t(var)] =
        app::Value::of_int(options.font_percent);
  }
  return state;
}

// The same phone with the theme and letters that were asked for, whatever was done to them
// on the way.
void dress(const Machine& machine, PhoneState& state, const Options& options, bool dark) {
  const app::PhoneVars& vars = machine.apps().phone;
  app::AppData& phone = state.world.apps[0].edit();
  phone.vars[std::size_t(vars.dark_mode)] = app::Value::of_bool(dark);
  phone.vars[std::size_t(vars.font_percent)] = app::Value::of_int(options.font_percent);
}

// A phone that shows a screen, and whether a walk over taps came there; else it was opened
// directly.
struct ShownScreen {
  PhoneState phone;
  bool walked = false;
};

// Of one app, by number.
std::vector<ShownScreen> shown_screens(const PhoneShared& shared, const Options& options,
                                       const app::AppSpec& app) {
  const Machine& machine = shared_machine(shared);
  const PhoneState start = phone_of(machine, options, false);
  ScreenWalk walk =
      walk_screens(machine, shared_layout(shared), start, machine.apps().find(app.id));
  std::vector<ShownScreen> out;
  std::string missed;
  for (std::size_t i = 0; i < app.screens.size(); ++i) {
    if (walk.shown[i]) {
      out.push_back({std::move(*walk.shown[i]), true});
      continue;
    }
    missed += (missed.empty() ? "" : ", ") + app.screens[i].id;
    out.push_back({start});
    show_screen(machine, out.back().phone, app.id, app.screens[i].id);
  }
  if (!missed.empty())
    report("{}: no walk came to {}; opened directly\n", app.id, missed);
  return out;
}

// Every screen of one app, or of all apps, with an overview of each app and one of all.
void render_all(const PhoneShared& shared, const Options& options) {
  const Machine& machine = shared_machine(shared);
  std::vector<const app::AppSpec*> apps;
  int num_screens = 0;
  for (const app::AppSpec& app : machine.apps().apps) {
    if (app.hidden || (!options.app.empty() && app.id != options.app)) continue;
    apps.push_back(&app);
    num_screens += int(app.screens.size());
  }
  if (apps.empty()) {  // says which apps there are
    PhoneState state = phone_of(machine, options, false);
    return show_screen(machine, state, options.app, "");
  }
  Camera camera(shared, options.phone.variation());
  check_folder_to_write(options.out);
  const auto file = [&](const std::string& name, bool dark) {
    return std::filesystem::path(options.out) /
           fmt::format("{}{}.png", name, dark ? ".dark" : "");
  };
  for (const bool dark : themes(options)) {
    check_replaceable_file(file("overview", dark));
    for (const app::AppSpec* app : apps) {
      check_replaceable_file(file(app->id, dark));
      for (const app::ScreenSpec& screen : app->screens)
        check_replaceable_file(file(app->id + "." + screen.id, dark));
    }
  }
  make_folder(options.out);
  const auto write = [](const std::filesystem::path& path, const ImageView& picture) {
    write_png(path, picture);
    print_result("{}\n", path.string());
  };
  std::optional<Progress> progress;
  if (apps.size() > 1) progress.emplace("render", num_screens, "screens");
  std::vector<ContactSheet> starts(themes(options).size(),
                                   ContactSheet(int(apps.size()), int(apps.size())));
  for (const app::AppSpec* app : apps) {
    const std::vector<ShownScreen> screens = shown_screens(shared, options, *app);
    auto start = starts.begin();
    for (const bool dark : themes(options)) {
      ContactSheet sheet(int(screens.size()));
      for (std::size_t i = 0; i < screens.size(); ++i) {
        PhoneState state = screens[i].phone;
        dress(machine, state, options, dark);
        const auto path = file(app->id + "." + app->screens[i].id, dark);
        camera.shoot(state, path);
        print_result("{}\n", path.string());
        sheet.add(camera.picture());
        if (!screens[i].walked) sheet.mark_last();
        if (int(i) == app->start) start->add(camera.picture());
      }
      write(file(app->id, dark), sheet.picture());
      ++start;
    }
    if (progress) progress->add(std::int64_t(screens.size()));
  }
  if (apps.size() == 1) return;
  auto start = starts.begin();
  for (const bool dark : themes(options)) write(file("overview", dark), (start++)->picture());
}

std::vector<Action> read_actions(const std::string& path) {
  std::istringstream in(read_file(path));
  std::vector<Action> actions;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty()) continue;
    const ParsedAction parsed = action_from_json(line);
    if (!parsed.action)
      throw DataError(fmt::format("{}:{}: {}", path, number, parsed.error));
    actions.push_back(*parsed.action);
  }
  return actions;
}

Variation variation_of(const Options& options) {
  Variation variation = options.phone.variation();
  variation.dark = options.theme == "dark";
  variation.font_percent = options.font_percent;
  return variation;
}

// An episode played by a script; into a folder: every screen on the way.
void render_actions(std::shared_ptr<const PhoneShared> shared, const Options& options) {
  PhoneEnv env(std::move(shared), {.apps_dir = {},
                                   .app_ids = {},
                                   .variation = variation_of(options),
                                   .hashes = false});
  const auto actions = read_actions(options.actions);
  const std::filesystem::path out(options.out);
  const bool folder = out.extension() != ".png";
  if (folder) check_folder_to_write(out);
  const auto path_of = [&](std::size_t step) {
    return folder ? out / fmt::format("{:03}.png", step) : out;
  };
  for (std::size_t i = folder ? 0 : actions.size(); i <= actions.size(); ++i)
    check_replaceable_file(path_of(i));
  if (folder) make_folder(out);
  ResetOptions reset;
  reset.task_id = options.task;
  const ResetResult start = env.reset(options.seed, reset);
  if (folder || actions.empty()) write_png(path_of(0), start.observation.screen);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const StepResult result = env.step(actions[i]);
    print_result("{} {} {}", action_to_json(actions[i]),
                 outcome_name(result.info.outcome), result.info.screen_id);
    for (const std::string& event : result.info.events) print_result(" ({})", event);
    print_result("\n");
    const bool last = i + 1 == actions.size();
    if (folder || last) write_png(path_of(i + 1), result.observation.screen);
    if (!last && (result.terminated || result.truncated))
      throw ConfigError(fmt::format(
          "{}: the episode ended ({}) after action {} of {}", options.actions,
          end_reason_name(result.info.end_reason), i + 1, actions.size()));
  }
}

void render_screen(const PhoneShared& shared, const Options& options) {
  const Machine& machine = shared_machine(shared);
  const auto file = [&](bool dark) {
    std::filesystem::path out(options.out);
    if (dark && options.theme == "both")
      out.replace_extension(".dark" + out.extension().string());
    return out;
  };
  for (const bool dark : themes(options)) check_replaceable_file(file(dark));
  for (const bool dark : themes(options)) {
    PhoneState state = phone_of(machine, options, dark);
    if (options.app != "launcher")
      show_screen(machine, state, options.app, options.screen);
    if (options.scroll > 0) machine.apply(state, sim::event::Scroll{options.scroll});
    if (!options.disturb.empty() && !disturb(machine, state, options.disturb))
      throw ConfigError(
          fmt::format("no disturbance '{}' on this screen", options.disturb));
    Camera(shared, options.phone.variation()).shoot(state, file(dark));
  }
}

// Changes whenever a file below the folder does.
std::uint64_t stamp_of(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::uint64_t stamp = 0;
  std::error_code error;
  const auto options = fs::directory_options::follow_directory_symlink;
  for (const auto& entry : fs::recursive_directory_iterator(folder, options, error)) {
    const auto time = fs::last_write_time(entry.path(), error);
    if (error) continue;  // it has just gone
    stamp += hash_bytes(entry.path().string()).low ^
             std::uint64_t(time.time_since_epoch().count());
  }
  return stamp;
}

// The apps, though something in them may be unused or out of reach as yet.
std::shared_ptr<const PhoneShared> load_unfinished() {
  std::vector<Finding> warnings;
  auto shared = load_phone_shared({}, /*pixels=*/true, &warnings);
  for (const Finding& finding : warnings) report("not finished: {}\n", finding.str());
  return shared;
}

// Renders again whenever an app's file changes, until it is interrupted. An app that
// does not load says why and is left alone until the next change.
[[noreturn]] void watch(const Options& options) {
  constexpr std::chrono::milliseconds kPause{250};
  const std::filesystem::path folder = app::default_apps_dir();
  report("watching {}; Ctrl-C ends\n", folder.string());
  std::optional<std::uint64_t> seen;
  while (true) {
    const std::uint64_t stamp = stamp_of(folder);
    if (seen == stamp) {
      std::this_thread::sleep_for(kPause);
      continue;
    }
    seen = stamp;
    try {
      const auto shared = load_unfinished();
      if (options.all) {
        render_all(*shared, options);
      } else {
        render_screen(*shared, options);
        print_result("{}\n", options.out);
      }
    } catch (const Error& error) {
      report("{}\n", error.what());
    }
  }
}

// What a mode makes nothing of is refused, so that nobody waits for its effect.
void refuse_idle_flags(const CLI::App& command, const Options& options) {
  struct Mode {
    std::string_view name;
    std::vector<const char*> idle;
  };
  const bool is_episode = !options.actions.empty();
  const Mode mode =
      is_episode
          ? Mode{"--actions",
                 {"--all", "--app", "--screen", "--scroll", "--disturb", "--watch"}}
      : options.all
          ? Mode{"--all",
                 {"--screen", "--scroll", "--disturb", "--task", "--suite", "--folders",
                  "--nav-buttons", "--locked"}}
          : Mode{"a single screen",
                 {"--task", "--suite", "--folders", "--nav-buttons", "--locked"}};
  for (const char* flag : mode.idle)
    if (command.count(flag) > 0)
      throw ConfigError(fmt::format("{} does nothing with {}", flag, mode.name));
  if (is_episode && options.theme == "both")
    throw ConfigError("--theme both does nothing with --actions: choose one");
  if (options.app == "launcher" && !options.screen.empty())
    throw ConfigError("--screen does nothing with --app launcher");
}

void run(const CLI::App& command, const Options& options) {
  refuse_idle_flags(command, options);
  if (options.font_percent < 85 || options.font_percent > 130)
    throw ConfigError(
        fmt::format("--font must be 85 to 130, not {}", options.font_percent));
  if (options.actions.empty() && !options.all && options.app.empty())
    throw ConfigError("render needs --app ID (or --all)");
  if (options.watch) watch(options);
  auto shared = load_unfinished();
  if (!options.actions.empty()) return render_actions(std::move(shared), options);
  if (options.all) return render_all(*shared, options);
  render_screen(*shared, options);
}

}  // namespace

void add_render_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("render", "write a screen as PNG");
  command->add_option("--app", options->app, "app id, or launcher");
  command->add_option("--screen", options->screen, "screen id (default: the start)");
  command->add_option("--seed", options->seed, "of the world")
      ->check(is_seed())
      ->capture_default_str();
  add_size_flag(*command, options->phone);
  add_launcher_flags(*command, options->phone);
  add_suite_flag(*command, options->phone);
  command
      ->add_option("--theme", options->theme,
                   "light, dark or both (default: light; with --all both)")
      ->check(CLI::IsMember({"light", "dark", "both"}));
  command->add_option("--font", options->font_percent, "font scale, 85 to 130 %")
      ->capture_default_str();
  command->add_option("--scroll", options->scroll, "scrolled down by so many dp")
      ->check(CLI::Range(0, 1'000'000));
  command->add_option("--disturb", options->disturb,
                      "with this disturbance: splash_ad, coupon, incoming_call, ...");
  command->add_flag("--all", options->all,
                    "every screen as taps reach it, and overviews; --out is a folder");
  command->add_flag("--watch", options->watch,
                    "render again whenever a file of the apps changes; Ctrl-C ends");
  command->add_option(
      "--actions", options->actions,
      "play these actions (one JSON object a line) on an episode; --out "
      "FILE.png is the last screen, a folder gets all");
  command->add_option("--task", options->task, "with --actions: the episode's task");
  command->add_option("--out", options->out, "PNG file, or folder")->required();
  command->callback([options, command] { run(*command, *options); });
}

}  // namespace paperphone::tools

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "env/app/loader.h"
#include "env/error.h"
#include "env/layout/layout.h"
#include "env/nuisance.h"
#include "env/phone_env.h"
#include "env/render/renderer.h"
#include "tools/command.h"
#include "tools/screens.h"
#include "tools/variation_flags.h"

namespace paperphone::tools {
namespace {

struct Options {
  std::string app;
  std::string screen;
  std::uint64_t seed = 1;
  VariationFlags phone;
  int scroll = 0;
  std::string disturb;
  bool all = false;
  std::string actions;
  std::string task;
  std::string out;
};

class Camera {
 public:
  Camera(const PhoneShared& shared, const Variation& variation)
      : layout_(shared_layout(shared)),
        renderer_(shared_pieces(shared), variation.width, variation.height),
        pixels_(static_cast<std::size_t>(variation.width) * variation.height * 3) {}

  void shoot(const PhoneState& state, const std::filesystem::path& out) {
    renderer_.draw(layout_.run(state), pixels_);
    write_png(out, {pixels_, renderer_.height(), renderer_.width()});
  }

 private:
  const Layout& layout_;
  Renderer renderer_;
  std::vector<std::uint8_t> pixels_;
};

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw DataError(fmt::format("{}: cannot make this folder: {}", folder.string(),
                                error.message()));
}

// Every screen of one app, or of all apps.
void render_all(const PhoneShared& shared, const Options& options) {
  const Machine& machine = shared_machine(shared);
  Camera camera(shared, options.phone.variation());
  make_folder(options.out);
  for (const AppSpec& app : machine.apps().apps) {
    if (app.hidden || (!options.app.empty() && app.id != options.app)) continue;
    for (const ScreenSpec& screen : app.screens) {
      PhoneState state =
          fresh_phone(machine, options.seed, options.phone.theme == "dark");
      show_screen(machine, state, app.id, screen.id);
      const auto path = std::filesystem::path(options.out) /
                        fmt::format("{}.{}.png", app.id, screen.id);
      camera.shoot(state, path);
      fmt::print("{}\n", path.string());
    }
  }
}

std::vector<Action> read_actions(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw DataError(fmt::format("{}: cannot be read", path));
  std::vector<Action> actions;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty()) continue;
    std::string error;
    const auto action = action_from_json(line, &error);
    if (!action) throw DataError(fmt::format("{}:{}: {}", path, number, error));
    actions.push_back(*action);
  }
  return actions;
}

// An episode played by a script; into a folder: every screen on the way.
void render_actions(std::shared_ptr<const PhoneShared> shared, const Options& options) {
  PhoneEnv env(std::move(shared), {.apps_dir = {},
                                   .app_ids = {},
                                   .variation = options.phone.variation(),
                                   .hashes = false});
  const auto actions = read_actions(options.actions);
  const std::filesystem::path out(options.out);
  const bool folder = out.extension() != ".png";
  if (folder) make_folder(out);
  const auto path_of = [&](std::size_t step) {
    return folder ? out / fmt::format("{:03}.png", step) : out;
  };
  ResetOptions reset;
  reset.task_id = options.task;
  const ResetResult start = env.reset(options.seed, reset);
  if (folder || actions.empty()) write_png(path_of(0), start.observation.screen);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const StepResult result = env.step(actions[i]);
    fmt::print("{} {} {}", action_to_json(actions[i]),
               outcome_name(result.info.outcome), result.info.screen_id);
    for (const std::string& event : result.info.events) fmt::print(" ({})", event);
    fmt::print("\n");
    const bool last = i + 1 == actions.size();
    if (folder || last) write_png(path_of(i + 1), result.observation.screen);
    if (!last && (result.terminated || result.truncated))
      throw ConfigError(fmt::format(
          "{}: the episode ended ({}) after action {} of {}", options.actions,
          end_reason_name(result.info.end_reason), i + 1, actions.size()));
  }
}

void run(const Options& options) {
  auto shared = load_phone_shared({}, /*pixels=*/true);
  if (!options.actions.empty()) return render_actions(std::move(shared), options);
  if (options.all) return render_all(*shared, options);
  if (options.app.empty()) throw ConfigError("render needs --app ID (or --all)");
  const Machine& machine = shared_machine(*shared);
  PhoneState state = fresh_phone(machine, options.seed, options.phone.theme == "dark");
  if (options.app != "launcher")
    show_screen(machine, state, options.app, options.screen);
  if (options.scroll > 0) machine.apply(state, event::Scroll{options.scroll});
  if (!options.disturb.empty() && !disturb(machine, state, options.disturb))
    throw ConfigError(
        fmt::format("no disturbance '{}' on this screen", options.disturb));
  Camera(*shared, options.phone.variation()).shoot(state, options.out);
}

}  // namespace

void add_render_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("render", "write a screen as PNG");
  command->add_option("--app", options->app, "app id, or launcher");
  command->add_option("--screen", options->screen, "screen id (default: the start)");
  command->add_option("--seed", options->seed, "of the world")->capture_default_str();
  add_device_flags(*command, options->phone);
  add_suite_flag(*command, options->phone);
  command->add_option("--scroll", options->scroll, "scrolled down by so many dp");
  command->add_option("--disturb", options->disturb,
                      "with this disturbance: splash_ad, coupon, incoming_call, ...");
  command->add_flag("--all", options->all, "every screen; --out is a folder");
  command->add_option(
      "--actions", options->actions,
      "play these actions (one JSON object a line) on an episode; --out "
      "FILE.png is the last screen, a folder gets all");
  command->add_option("--task", options->task, "with --actions: the episode's task");
  command->add_option("--out", options->out, "PNG file, or folder")->required();
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools

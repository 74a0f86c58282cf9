#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <optional>
#include <thread>

#include "env/base/host/report.h"
#include "env/base/host/terminal.h"
#include "tools/commands/command.h"
#include "tools/watch/run_view.h"

namespace paperphone::tools {
namespace {

using Clock = std::chrono::system_clock;

struct Options {
  std::string run;
  bool once = false;
  int width = 0;
  double interval = 2;
};

// A signal handler reaches nothing but globals.
std::atomic<bool> stop_requested{false};

extern "C" void request_end(int) { stop_requested = true; }

// Frame upon frame at the same place of a terminal.
class Screen {
 public:
  void draw(const std::vector<std::string>& lines, TerminalSize size) {
    std::string text;
    if (lines_drawn_ > 0 && size.width != width_)
      text = "\033[2J\033[H";
    else if (lines_drawn_ > 0)
      text = fmt::format("\033[{}F", lines_drawn_);
    width_ = size.width;
    lines_drawn_ = std::min(lines.size(), std::size_t(std::max(1, size.height - 1)));
    for (std::size_t i = 0; i < lines_drawn_; ++i) text += lines[i] + "\033[K\n";
    print_result_text(text + "\033[J");
  }

 private:
  std::size_t lines_drawn_ = 0;
  int width_ = 0;
};

void wait(double seconds) {
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (!stop_requested && Clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
}

double unix_time() {
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

void follow(WatchedRun& run, const Options& options) {
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, request_end);
  Screen screen;
  while (!stop_requested && result_failure().empty()) {
    const TerminalSize size = terminal_of_stdout().value_or(TerminalSize{});
    const int width = options.width > 0 ? options.width : size.width;
    screen.draw(run_view(run, std::max(width, kLeastViewWidth), unix_time()), size);
    if (run.state() == RunState::kFinished) return;
    wait(options.interval);
    if (!stop_requested) run.refresh();
  }
}

void run(const Options& options) {
  WatchedRun watched(options.run);
  const auto terminal = terminal_of_stdout();
  if (terminal && !options.once) return follow(watched, options);
  const int width =
      options.width > 0 ? options.width : terminal.value_or(TerminalSize{}).width;
  for (const std::string& line : run_view(watched, std::max(width, kLeastViewWidth)))
    print_result("{}\n", line);
}

}  // namespace

void add_watch_command(CLI::App& app, Invocation&) {
  // shared_ptr: CLI11 copies the callback, which owns the options.
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "watch", "follow a training: where it stands, its curves, its warnings");
  command->add_option("RUN", options->run, "folder of the run")->required();
  command->add_flag("--once", options->once,
                    "print once and end, as where stdout is no terminal");
  command
      ->add_option("--width", options->width,
                   "characters in a line, instead of the terminal's")
      ->check(CLI::Range(kLeastViewWidth, 1000));
  command->add_option("--interval", options->interval, "seconds between two looks")
      ->check(is_within(0.1, 3600))
      ->capture_default_str();
  command->callback([options] { run(*options); });
}

}  // namespace paperphone::tools

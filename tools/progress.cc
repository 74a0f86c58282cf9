#include "tools/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace paperphone::tools {
namespace {

constexpr auto kTerminalInterval = std::chrono::milliseconds(200);
constexpr auto kLogInterval = std::chrono::seconds(5);

std::string duration(double seconds) {
  const auto s = static_cast<std::int64_t>(std::ceil(seconds));
  if (s < 100) return fmt::format("{} s", s);
  if (s < 6000) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s / 60 % 60);
}

}  // namespace

std::string progress_line(const std::string& what, std::int64_t count,
                          std::int64_t total, double seconds) {
  const std::int64_t percent = total > 0 ? count * 100 / total : 100;
  std::string line = fmt::format("{}  {}/{}  {}%", what, count, total, percent);
  if (count <= 0 || seconds <= 0) return line;
  const double rate = static_cast<double>(count) / seconds;
  line += fmt::format("  {:.{}f}/s", rate, rate < 100 ? 1 : 0);
  if (count < total)
    line +=
        fmt::format("  {} left", duration(static_cast<double>(total - count) / rate));
  return line;
}

Progress::Progress(std::string what, std::int64_t total)
    : what_(std::move(what)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) == 1),
      started_(Clock::now()),
      last_drawn_(started_) {}

Progress::~Progress() {
  if (!terminal_ && !drawn_ && Clock::now() - started_ < kLogInterval) return;
  draw();
  if (terminal_) std::fputc('\n', stderr);
}

void Progress::set(std::int64_t count) {
  count_ = count;
  const auto interval =
      terminal_ ? Clock::duration(kTerminalInterval) : Clock::duration(kLogInterval);
  if (Clock::now() - last_drawn_ >= interval) draw();
}

void Progress::draw() {
  last_drawn_ = Clock::now();
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(last_drawn_ - started_).count();
  const std::string line = progress_line(what_, count_, total_, seconds);
  if (terminal_) {
    fmt::print(stderr, "\r{}\x1b[K", line);
  } else {
    fmt::print(stderr, "{}\n", line);
  }
  std::fflush(stderr);
}

}  // namespace paperphone::tools

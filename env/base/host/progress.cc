#include "env/base/host/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include "env/base/host/report.h"

namespace paperphone {

std::string format_duration(double seconds) {
  const auto s = std::int64_t(seconds + 0.5);
  if (s < 60) return fmt::format("{}s", s);
  if (s < 3600) return fmt::format("{}m{:02}s", s / 60, s % 60);
  return fmt::format("{}h{:02}m", s / 3600, s % 3600 / 60);
}

Progress::Progress(std::string label, std::int64_t total, std::string unit,
                   std::int64_t already)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(total),
      already_(already),
      start_(std::chrono::steady_clock::now()),
      terminal_(isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() {
  if (terminal_ && printed_) report("\n");
}

std::string Progress::line(std::int64_t done, double seconds,
                           const std::string& note) const {
  const double rate = seconds > 0 ? double(done - already_) / seconds : 0;
  const int filled = total_ > 0 ? int(20 * done / total_) : 0;
  std::string bar(std::size_t(filled), '#');
  bar.resize(20, '.');
  std::string text = fmt::format("{} [{}] {}/{} {}", label_, bar, done, total_, unit_);
  if (rate > 0) text += fmt::format("  {:.{}f} {}/s", rate, rate < 10 ? 2 : 0, unit_);
  if (rate > 0 && done < total_)
    text += fmt::format("  {} left", format_duration(double(total_ - done) / rate));
  if (!note.empty()) text += "  " + note;
  return text;
}

void Progress::say(const std::string& text) {
  report("{}{}\n", terminal_ && printed_ ? "\r\033[K" : "", text);
}

void Progress::update(std::int64_t done, const std::string& note) {
  done_ = done;
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  const double interval = terminal_ ? 0.2 : 10.0;
  if (done < total_ && seconds - last_print_ < interval) return;
  last_print_ = seconds;
  printed_ = true;
  const std::string text = line(done, seconds, note);
  if (terminal_)
    report("\r\033[K{}", text);
  else
    report("{}\n", text);
}

}  // namespace paperphone

// A progress line on stderr: how far, how fast, how much longer. Redrawn in place on
// a terminal; elsewhere one line every few seconds.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace paperphone::tools {

class Progress {
 public:
  Progress(std::string what, std::int64_t total);
  ~Progress();  // leaves the last line standing
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void set(std::int64_t count);
  void add(std::int64_t n = 1) { set(count_ + n); }

 private:
  using Clock = std::chrono::steady_clock;
  void draw();

  std::string what_;
  std::int64_t total_ = 0;
  std::int64_t count_ = 0;
  bool terminal_ = false;
  bool drawn_ = false;
  Clock::time_point started_;
  Clock::time_point last_drawn_;
};

// "episodes  120/500  24%  31.5/s  12 s left"
std::string progress_line(const std::string& what, std::int64_t count,
                          std::int64_t total, double seconds);

}  // namespace paperphone::tools

// A line on stderr while something long runs: share done, rate, remaining time.
// On a terminal the line rewrites itself; elsewhere a line appears now and then.
// It changes nothing but what is printed, though it looks at a clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace paperphone {

// "4m05s", "1h12m", "7s".
std::string format_duration(double seconds);

class Progress {
 public:
  // `already`: done before this run started (resumed); left out of the rate.
  Progress(std::string label, std::int64_t total, std::string unit,
           std::int64_t already = 0);
  ~Progress();  // ends the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::int64_t done, const std::string& note = "");
  // A line of its own, above that of the progress.
  void say(const std::string& text);
  void add(std::int64_t more = 1) { update(done_ + more); }
  // The text of the line, as update() would print it after `seconds`.
  std::string line(std::int64_t done, double seconds, const std::string& note) const;

 private:
  std::string label_;
  std::string unit_;
  std::int64_t total_;
  std::int64_t already_;
  std::int64_t done_ = 0;
  std::chrono::steady_clock::time_point start_;
  double last_print_ = -1e9;  // seconds since start_
  bool terminal_;
  bool printed_ = false;
};

}  // namespace paperphone

// The two streams of a program. Words about its work go to stderr and are never worth
// the work: one that cannot be written is lost. Its result goes to stdout: one that
// cannot be written is remembered, and the exit code says so. Neither throws; nothing
// else writes to either (tests/check_prints.py).
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace paperphone {

// To be called first. A stream that is closed stays one that cannot be written, and no
// file opened later gets its number. A reader that has gone and a file that may not
// grow are failed writes from then on, no signals.
void secure_streams();

void report_text(std::string_view text) noexcept;
void print_result_text(std::string_view text) noexcept;

// With its line break: report("{} left\n", 3).
template <class... Args>
void report(fmt::format_string<Args...> format, Args&&... args) {
  report_text(fmt::format(format, std::forward<Args>(args)...));
}
template <class... Args>
void print_result(fmt::format_string<Args...> format, Args&&... args) {
  print_result_text(fmt::format(format, std::forward<Args>(args)...));
}

// Why the first part that is missing on stdout could not be written; empty: nothing is
// missing.
std::string result_failure();

}  // namespace paperphone

#include "tools/commands/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <exception>
#include <limits>
#include <sstream>
#include <thread>

#include "env/base/error.h"
#include "env/base/host/report.h"

namespace paperphone::tools {
namespace {

constexpr int kFindings = 1;
constexpr int kUsersFault = 2;
constexpr int kOurFault = 3;

void print_error(std::string_view text) { report("paperphone: error: {}\n", text); }

// A result that nobody got is an error, whatever it was.
int with_result_told(int exit_code) {
  const std::string failure = result_failure();
  if (failure.empty() || exit_code > kFindings) return exit_code;
  print_error(fmt::format("the result could not be written to stdout: {}", failure));
  return kOurFault;
}

// CLI11's own answers: --help, --version.
int tell(const CLI::App& app, const CLI::Success& answer) {
  std::ostringstream out, unused;
  const int exit_code = app.exit(answer, out, unused);
  print_result_text(out.str());
  return with_result_told(exit_code);
}

}  // namespace

int run_command_line(CLI::App& app, Invocation& invocation, int argc, char** argv) {
  secure_streams();
  invocation.argv.assign(argv, argv + argc);
  try {
    app.parse(argc, argv);
    return with_result_told(invocation.exit_code);
  } catch (const CLI::Success& answer) {
    return tell(app, answer);
  } catch (const CLI::ParseError& error) {
    print_error(fmt::format("{} (see --help)", error.what()));
  } catch (const Error& error) {
    print_error(error.what());
  } catch (const std::exception& error) {
    print_error(fmt::format("unexpected: {}", error.what()));
    return kOurFault;
  }
  return kUsersFault;
}

CLI::Validator is_seed() {
  return CLI::Validator(
      [](std::string& text) {
        std::uint64_t seed = 0;
        const char* end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, seed);
        if (error == std::errc() && rest == end) return std::string();
        return fmt::format("'{}' is no integer in 0..{}", text,
                           std::numeric_limits<std::uint64_t>::max());
      },
      "SEED", "is_seed");
}

CLI::Validator is_within(double least, double most) {
  const std::string range = fmt::format("{}..{}", least, most);
  return CLI::Validator(
      [least, most, range](std::string& text) {
        double number = 0;
        const char* end = text.data() + text.size();
        const auto [rest, error] = std::from_chars(text.data(), end, number);
        const bool fits = number >= least && number <= most;  // nan does neither
        if (error == std::errc() && rest == end && fits) return std::string();
        return fmt::format("'{}' is no number in {}", text, range);
      },
      range, "is_within");
}

CLI::Validator is_thread_count() { return CLI::Range(0, 1024); }

int thread_count(int asked) {
  if (asked > 0) return asked;
  return std::max(1, int(std::thread::hardware_concurrency()));
}

}  // namespace paperphone::tools

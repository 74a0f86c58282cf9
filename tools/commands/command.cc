#include "tools/commands/command.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <thread>

#include "env/base/error.h"

namespace paperphone::tools {
namespace {

constexpr int kUsersFault = 2;

void print_error(std::string_view text) {
  fmt::print(stderr, "paperphone: error: {}\n", text);
}

}  // namespace

int run_command_line(CLI::App& app, Invocation& invocation, int argc, char** argv) {
  invocation.argv.assign(argv, argv + argc);
  try {
    app.parse(argc, argv);
    return invocation.exit_code;
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForAllHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version);
  } catch (const CLI::ParseError& error) {
    print_error(fmt::format("{} (see --help)", error.what()));
  } catch (const Error& error) {
    print_error(error.what());
  } catch (const std::exception& error) {
    print_error(fmt::format("unexpected: {}", error.what()));
    return 3;
  }
  return kUsersFault;
}

int thread_count(int asked) {
  if (asked > 0) return asked;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace paperphone::tools

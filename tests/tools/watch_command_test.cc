#include <fcntl.h>
#include <poll.h>
#include <pty.h>

#include "tests/tools/command_line.h"

namespace paperphone::tools {
namespace {

class WatchCommand : public CommandLine {
 protected:
  // A copy of the golden run, whose state is this.
  std::string run_with(const std::string& state) const {
    fs::copy("tests/golden/watch/run", dir_ / "run", fs::copy_options::recursive);
    write("run/run.json", state);
    return path("run");
  }
  std::string first_line(const std::string& arguments) const {
    const Result result = run(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.out.substr(0, result.out.find('\n'));
  }
};

// paperphone on a terminal of its own.
class OnTerminal {
 public:
  explicit OnTerminal(const std::vector<std::string>& arguments) {
    winsize size{.ws_row = 40, .ws_col = 80, .ws_xpixel = 0, .ws_ypixel = 0};
    process_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
    if (process_ != 0) return;
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
      argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ~OnTerminal() { ::close(terminal_); }

  // True once it has shown this; what it showed until then is used up.
  bool shows(const std::string& text) {
    pollfd ready{.fd = terminal_, .events = POLLIN, .revents = 0};
    while (seen_.find(text) == std::string::npos) {
      char piece[4096];
      if (::poll(&ready, 1, 20'000) <= 0) return false;
      const ssize_t count = ::read(terminal_, piece, sizeof(piece));
      if (count <= 0) return false;
      seen_.append(piece, std::size_t(count));
    }
    seen_.erase(0, seen_.find(text) + text.size());
    return true;
  }
  void type(const std::string& keys) const {
    EXPECT_EQ(::write(terminal_, keys.data(), keys.size()), ssize_t(keys.size()));
  }
  int exit_code() const {
    int status = 0;
    ::waitpid(process_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  int terminal_ = -1;
  pid_t process_ = -1;
  std::string seen_;
};

TEST_F(WatchCommand, ShowsARun) {
  const Result result = run("watch tests/golden/watch/run --once --width 80");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.err, "");
  EXPECT_EQ(result.out, slurp("tests/golden/watch/run.txt"));
  EXPECT_EQ(run("watch tests/golden/watch/run").out, result.out) << "no terminal";
}

TEST_F(WatchCommand, ARunThatIsFinishedSaysSo) {
  EXPECT_EQ(first_line("watch --width 200 " +
                       run_with(R"({"finished": true, "weights_hash": "abc"})")),
            path("run") + ": finished, weights abc");
}

TEST_F(WatchCommand, ARunWhoseStateIsNotReadableIsStopped) {
  EXPECT_EQ(first_line("watch --width 200 " + run_with("{")),
            path("run") + ": stopped; go on with --resume");
}

TEST_F(WatchCommand, ARunningRunSaysWhatIsLeft) {
  const std::string run_folder =
      run_with("{\"process_id\": " + std::to_string(::getpid()) + "}");
  const Result result = run("watch --width 120 " + run_folder);
  EXPECT_TRUE(result.out.starts_with(run_folder + ": stage2 (grpo_action)\n"))
      << result.out;
  EXPECT_NE(result.out.find("36/60  8.2s an update  3m17s left\n"), std::string::npos);
  fs::remove(dir_ / "run/metrics.jsonl");
  EXPECT_EQ(first_line("watch --width 120 " + run_folder),
            run_folder + ": no update yet");
}

TEST_F(WatchCommand, WhatIsNoRunIsNamed) {
  const std::string remedy =
      "; name the folder that `paperphone train --out` was given";
  expect_error("watch " + path("nowhere"),
               path("nowhere") + ": no such folder" + remedy);
  expect_error("watch " + dir_.string(),
               dir_.string() + ": holds no run, recipe.yaml is missing" + remedy);
}

TEST_F(WatchCommand, FollowsARunOnATerminalUntilCtrlC) {
  const std::string run_folder =
      run_with("{\"process_id\": " + std::to_string(::getpid()) + "}");
  OnTerminal watch({paperphone_.string(), "watch", run_folder, "--interval", "0.1"});
  EXPECT_TRUE(watch.shows("36/60"));
  std::ofstream(dir_ / "run/metrics.jsonl", std::ios::app)
      << R"({"stage":"stage2","step":36,"reward":9.5,"seconds":8.2})"
      << "\n";
  EXPECT_TRUE(watch.shows("\033["));  // back to the first line
  EXPECT_TRUE(watch.shows("37/60"));
  EXPECT_TRUE(watch.shows("9.5"));
  watch.type("\x03");
  EXPECT_EQ(watch.exit_code(), 0);
}

TEST_F(WatchCommand, EndsWithTheRun) {
  const std::string run_folder =
      run_with("{\"process_id\": " + std::to_string(::getpid()) + "}");
  OnTerminal watch({paperphone_.string(), "watch", run_folder, "--interval", "0.1"});
  EXPECT_TRUE(watch.shows("36/60"));
  write("run/run.json", R"({"finished": true, "weights_hash": "abc"})");
  EXPECT_TRUE(watch.shows("finished, weights abc"));
  EXPECT_EQ(watch.exit_code(), 0);
}

}  // namespace
}  // namespace paperphone::tools

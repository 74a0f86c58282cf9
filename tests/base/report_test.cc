#include "env/base/host/report.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace paperphone {
namespace {

// The exit code of a process of its own that runs `body`.
int in_a_process(int (*body)()) {
  const pid_t child = fork();
  if (child == 0) _exit(body());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST(Report, AStreamThatIsFullIsNoErrorForWordsAndOneForResults) {
  EXPECT_EQ(in_a_process([] {
              secure_streams();
              const int full = open("/dev/full", O_WRONLY);
              dup2(full, STDOUT_FILENO);
              dup2(full, STDERR_FILENO);
              report("{} left\n", 3);
              if (!result_failure().empty()) return 1;
              print_result("{}\n", 1);
              return result_failure() == "No space left on device" ? 0 : 2;
            }),
            0);
}

TEST(Report, AClosedStreamStaysOneAndNoFileGetsItsNumber) {
  EXPECT_EQ(in_a_process([] {
              close(STDIN_FILENO);
              close(STDOUT_FILENO);
              close(STDERR_FILENO);
              secure_streams();
              if (open("/dev/null", O_WRONLY) <= STDERR_FILENO) return 1;
              report("lost\n");
              print_result("lost\n");
              return result_failure() == "Bad file descriptor" ? 0 : 2;
            }),
            0);
}

TEST(Report, AReaderThatHasGoneIsNoSignal) {
  EXPECT_EQ(in_a_process([] {
              secure_streams();
              int ends[2];
              if (pipe(ends) != 0) return 1;
              close(ends[0]);
              dup2(ends[1], STDOUT_FILENO);
              print_result("lost\n");
              return result_failure() == "Broken pipe" ? 0 : 2;
            }),
            0);
}

}  // namespace
}  // namespace paperphone

// Drives a fuzz target without libFuzzer: mutations of the seeds, from a seed of their
// own, for some seconds (PAPERPHONE_FUZZ_SECONDS, else 2). A crash names the iteration;
// --until repeats it.
//   fuzz_snapshot [--seconds S] [--seed N] [--until ITERATION]
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <string_view>

#include "env/base/rng.h"
#include "tests/fuzz/fuzz.h"

namespace paperphone::fuzz {
namespace {

volatile std::sig_atomic_t iteration = 0;

void say_where(int signal) {
  // Only what a signal handler may do.
  char digits[24];
  int at = sizeof(digits);
  digits[--at] = '\n';
  for (long n = iteration; at > 0; n /= 10) {
    digits[--at] = char('0' + n % 10);
    if (n < 10) break;
  }
  constexpr std::string_view kText = "crashed at iteration ";
  (void)!write(STDERR_FILENO, kText.data(), kText.size());
  (void)!write(STDERR_FILENO, digits + at, sizeof(digits) - std::size_t(at));
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// A few cuts, copies, changed bytes and numbers.
std::string mutate(std::string input, Rng& rng, const std::vector<std::string>& seeds) {
  const auto place = [&] { return rng.below(input.size() + 1); };
  for (std::uint64_t n = 1 + rng.below(4); n > 0; --n) {
    const std::size_t at = place();
    switch (rng.below(7)) {
      case 0:
        if (at < input.size()) input[at] = char(rng.below(256));
        break;
      case 1:
        if (at < input.size()) input[at] = char(input[at] ^ (1 << rng.below(8)));
        break;
      case 2:
        input.erase(at, rng.below(16));
        break;
      case 3:
        input.insert(at, 1 + rng.below(4), char(rng.below(256)));
        break;
      case 4: {
        const std::size_t from = place();
        input.insert(at, input.substr(from, rng.below(64)));
        break;
      }
      case 5: {  // numbers that tell: 0, -1, the largest
        static constexpr std::int64_t kNumbers[] = {
            0, 1, -1, 127, 255, 65535, std::numeric_limits<std::int32_t>::max(),
            std::numeric_limits<std::int64_t>::min()};
        const std::int64_t number = kNumbers[rng.below(std::size(kNumbers))];
        const std::size_t width = std::size_t(1) << rng.below(4);
        if (at + width <= input.size()) std::memcpy(input.data() + at, &number, width);
        break;
      }
      default: {  // a piece of another seed
        const std::string& other = seeds[rng.below(seeds.size())];
        input.insert(at, other.substr(rng.below(other.size() + 1), rng.below(200)));
        break;
      }
    }
  }
  return input;
}

int run(double seconds, std::uint64_t seed, long until) {
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS}) {
    std::signal(signal, say_where);
  }
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<std::string> inputs = seeds();
  const auto feed = [](const std::string& input) {
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()),
                           input.size());
  };
  for (const std::string& input : inputs) feed(input);
  const auto is_over = [&] {
    const std::chrono::duration<double> gone = std::chrono::steady_clock::now() - begin;
    return until > 0 ? iteration >= until : gone.count() >= seconds;
  };
  while (!is_over()) {
    iteration = iteration + 1;
    Rng rng = Rng(seed).fork(std::uint64_t(iteration));
    const std::string& input = inputs[rng.below(inputs.size())];
    const std::string broken = mutate(input, rng, inputs);
    if (until == 0 || iteration == until) feed(broken);
  }
  std::printf("%ld iterations\n", long(iteration));
  return 0;
}

}  // namespace
}  // namespace paperphone::fuzz

int main(int argc, char** argv) {
  const char* asked = std::getenv("PAPERPHONE_FUZZ_SECONDS");
  double seconds = asked == nullptr ? 2.0 : std::atof(asked);
  std::uint64_t seed = 1;
  long until = 0;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view flag = argv[i];
    if (flag == "--seconds") {
      seconds = std::atof(argv[i + 1]);
    } else if (flag == "--seed") {
      seed = std::strtoull(argv[i + 1], nullptr, 10);
    } else if (flag == "--until") {
      until = std::atol(argv[i + 1]);
    } else {
      std::fprintf(stderr, "usage: %s [--seconds S] [--seed N] [--until N]\n", argv[0]);
      return 2;
    }
  }
  return paperphone::fuzz::run(seconds, seed, until);
}

#include "tools/bench/bench_vector.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "env/base/host/parallel.h"
#include "env/vector_env.h"
#include "tools/bench/bench_clock.h"
#include "tools/bench/bench_frames.h"

namespace paperphone::tools {
namespace {

using Json = nlohmann::ordered_json;
using Shared = std::shared_ptr<const PhoneShared>;

constexpr int kNumEnvs = 32;

enum class Pixels : std::uint8_t { kNone, kCopied, kOwn };

// A vector of phones and who acts on them.
class VectorWalk {
 public:
  VectorWalk(const Shared& shared, Pixels pixels, int threads, std::uint64_t seed)
      : envs_(
            [&](int) {
              return std::make_unique<PhoneEnv>(
                  shared,
                  PhoneEnvConfig{.pixels = pixels != Pixels::kNone, .hashes = false,
                                 .advice = false});
            },
            {.num_envs = kNumEnvs,
             .num_threads = threads,
             .autoreset_mode = AutoresetMode::kNextStep,
             .own_screens = pixels == Pixels::kOwn}),
        batch_(envs_),
        rng_(seed),
        actions_(kNumEnvs, Wait{1}) {
    envs_.reset(seed, {}, batch_.view());
  }

  // Returns how many steps of a phone it took.
  std::int64_t run(double seconds) {
    const auto start = Clock::now();
    std::int64_t steps = 0;
    for (; seconds_since(start) < seconds; steps += kNumEnvs) {
      for (Action& action : actions_)
        action = walk_action(envs_.single_action_space(), rng_);
      envs_.step(actions_, batch_.view());
    }
    return steps;
  }

 private:
  VectorEnv envs_;
  EnvBatch batch_;
  Rng rng_;
  std::vector<Action> actions_;
};

// Threads that copy as many frames as a vector has, each into its place of a batch.
class Copying {
 public:
  explicit Copying(int threads)
      : threads_(threads), frames_(kBytes, 1), batch_(kBytes, 2) {}

  std::int64_t run(double seconds) {
    std::vector<std::int64_t> copies(std::size_t(threads_), 0);
    parallel_for(threads_, threads_, [&](int, int t) {
      const auto start = Clock::now();
      std::int64_t done = 0;
      while (seconds_since(start) < seconds)
        for (int i = t; i < kNumEnvs; i += threads_, ++done) copy(std::size_t(i));
      copies[std::size_t(t)] = done;
    });
    return std::accumulate(copies.begin(), copies.end(), std::int64_t(0));
  }

 private:
  static constexpr std::size_t kFrameBytes = 360 * 800 * 3;
  static constexpr std::size_t kBytes = kNumEnvs * kFrameBytes;

  void copy(std::size_t i) {
    std::memcpy(batch_.data() + i * kFrameBytes, frames_.data() + i * kFrameBytes,
                kFrameBytes);
  }

  int threads_;
  std::vector<std::uint8_t> frames_, batch_;
};

// make(threads) gives what is run with that many. In turns, since a machine is not
// always as fast; warm_up: seconds for the one with the most threads before anything
// counts.
template <class Make>
Json by_threads(double seconds, double warm_up, const Make& make) {
  constexpr int kTurns = 4;
  const int cores = std::max(1, int(std::thread::hardware_concurrency()));
  std::vector<decltype(make(1))> runners;  // 1, 2, 4, ... threads
  for (int threads = 1; threads <= cores; threads *= 2)
    runners.push_back(make(threads));
  for (const auto& runner : runners) runner->run(seconds / 2);
  runners.back()->run(warm_up);
  std::vector<std::int64_t> counts(runners.size());
  std::vector<double> taken(runners.size());
  for (int turn = 0; turn < kTurns; ++turn) {
    for (std::size_t i = 0; i < runners.size(); ++i) {
      const auto start = Clock::now();
      counts[i] += runners[i]->run(seconds / 2);
      taken[i] += seconds_since(start);
    }
  }
  const auto rate = [&](std::size_t i) { return double(counts[i]) / taken[i]; };
  Json rates = Json::object();
  for (std::size_t i = 0; i < runners.size(); ++i)
    rates[std::to_string(1 << i)] = rate(i);
  rates["gain"] = rate(runners.size() - 1) / rate(0);
  return rates;
}

}  // namespace

Json vector_rates(const Shared& shared, double seconds, std::uint64_t seed) {
  const auto walk = [&](Pixels pixels) {
    // The pictures that walks show, some 9,000, are painted before anything counts; the
    // second walk with pixels finds them there.
    const double warm_up = std::min(seconds, 1.0) * (pixels == Pixels::kNone     ? 0.5
                                                     : pixels == Pixels::kCopied ? 25
                                                                                 : 2);
    return by_threads(seconds, warm_up, [&](int threads) {
      return std::make_unique<VectorWalk>(shared, pixels, threads,
                                          seed + std::uint64_t(threads) * 1000);
    });
  };
  return {{"logic", walk(Pixels::kNone)},
          {"pixels", walk(Pixels::kCopied)},
          {"own_screens", walk(Pixels::kOwn)}};
}

Json copy_rates(double seconds) {
  return by_threads(seconds, 0,
                    [](int threads) { return std::make_unique<Copying>(threads); });
}

}  // namespace paperphone::tools

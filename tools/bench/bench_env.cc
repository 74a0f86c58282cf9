#include "tools/bench/bench_env.h"

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "env/base/host/progress.h"
#include "env/phone/phone_env.h"
#include "env/vector_env.h"
#include "tools/bench/bench_clock.h"
#include "tools/bench/bench_frames.h"
#include "tools/bench/bench_vector.h"
#include "tools/random_walk.h"

namespace paperphone::tools {
namespace {

using Json = nlohmann::ordered_json;
using Shared = std::shared_ptr<const PhoneShared>;

constexpr int kLatencySamples = 500;

template <class Work>
Json percentiles_us(const Work& work) {
  std::vector<double> times;
  for (int i = 0; i < kLatencySamples; ++i) {
    const auto start = Clock::now();
    work(i);
    times.push_back(seconds_since(start) * 1e6);
  }
  std::sort(times.begin(), times.end());
  return {{"p50", times[times.size() / 2]}, {"p99", times[times.size() * 99 / 100]}};
}

PhoneEnvConfig env_config(bool pixels) {
  return {.pixels = pixels, .hashes = false, .advice = false};
}

enum class Begin : std::uint8_t { kReset, kFork };
enum class Actions : std::uint8_t { kAll, kUntouched };

// Steps per second of random actions on all tasks, without the time that beginning an
// episode takes. After a reset, steps make the records that they are the first to look
// at; after a fork, they have been made. Untouched: only actions that need no layout,
// which open apps, press keys, type, wait.
double steps_per_s(const Shared& shared, const BenchEnvConfig& config, Begin begin,
                   Actions which) {
  constexpr std::uint64_t kForks = 32;
  PhoneEnv env(shared, env_config(false));
  Rng rng(config.seed);
  std::vector<Action> actions;
  while (actions.size() < 4096) {
    Action action = env.action_space().sample(rng);
    const bool touch = std::holds_alternative<Click>(action) ||
                       std::holds_alternative<LongPress>(action) ||
                       std::holds_alternative<Swipe>(action);
    if (which == Actions::kAll || !touch) actions.push_back(std::move(action));
  }
  std::vector<Snapshot> starts;
  for (std::uint64_t i = 0; begin == Begin::kFork && i < kForks; ++i) {
    env.reset(config.seed + i);
    starts.push_back(env.snapshot());
    for (const std::string& app : env.action_space().apps)
      if (env.running()) env.step(OpenApp{app});
  }
  double stepping = 0.0;
  std::int64_t steps = 0;
  std::uint64_t episode = 0;
  bool over = true;
  while (stepping < config.seconds) {
    if (over && begin == Begin::kFork) env.restore(starts[episode++ % kForks]);
    if (over && begin == Begin::kReset) env.reset(config.seed + episode++);
    over = false;
    const auto start = Clock::now();
    for (int i = 0; i < 64 && !over; ++i) {
      const StepResult result =
          env.step(actions[std::size_t(steps++) % actions.size()]);
      over = result.terminated || result.truncated;
    }
    stepping += seconds_since(start);
  }
  return double(steps) / stepping;
}

std::int64_t allocated_bytes() {
  const auto info = mallinfo2();
  return std::int64_t(info.uordblks + info.hblkhd);
}

std::int64_t bytes_per_env(const Shared& shared, bool pixels, std::uint64_t seed) {
  constexpr int kEnvs = 32;
  const auto make = [&](int i) {
    auto env = std::make_unique<PhoneEnv>(shared, env_config(pixels));
    env->reset(seed + std::uint64_t(i));
    env->step(OpenApp{env->action_space().apps.front()});
    env->step(Wait{1.0});
    return env;
  };
  const auto warm = make(0);  // what is loaded on first use belongs to nobody
  std::vector<std::unique_ptr<PhoneEnv>> envs;
  envs.reserve(kEnvs);
  const std::int64_t before = allocated_bytes();
  for (int i = 0; i < kEnvs; ++i) envs.push_back(make(i));
  return (allocated_bytes() - before) / kEnvs;
}

std::int64_t resident_bytes() {
  std::ifstream in("/proc/self/statm");
  std::int64_t total = 0;
  std::int64_t resident = 0;
  in >> total >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

// Many phones in one process: none is asked for pixels yet.
Json pool(const Shared& shared, const BenchEnvConfig& config) {
  malloc_trim(0);
  const std::int64_t before = resident_bytes();
  auto start = Clock::now();
  VectorEnv envs(
      [&](int) { return std::make_unique<PhoneEnv>(shared, env_config(true)); },
      {.num_envs = config.many_envs,
       .num_threads = 0,
       .autoreset_mode = AutoresetMode::kDisabled});
  const double create_s = seconds_since(start);
  const std::vector<Modality> nothing_B(std::size_t(config.many_envs), Modality::kNothing);
  BatchView view;
  view.modality_B = nothing_B;
  start = Clock::now();
  envs.reset(config.seed, {}, view);
  const double reset_s = seconds_since(start);
  malloc_trim(0);
  const std::int64_t bytes = (resident_bytes() - before) / config.many_envs;
  Rng rng(config.seed);
  const auto fork_us = percentiles_us([&](int) {
    const int to = int(rng.below(std::uint64_t(config.many_envs)));
    envs.fork(0, std::span(&to, 1), view);
  });
  return {{"num_envs", config.many_envs}, {"create_s", create_s},
          {"reset_s", reset_s},           {"bytes_per_env", bytes},
          {"fork_us_p50", fork_us["p50"]}, {"fork_us_p99", fork_us["p99"]}};
}

std::string fingerprint(const Shared& shared) {
  const WalkResult walk = random_walk(
      shared,
      {.seed = 7, .steps = 400, .num_envs = 4, .num_threads = 1, .variation = {}});
  Hasher hasher;
  hasher.add(walk.state_hash).add(walk.reward_hash).add(walk.frame_hash);
  return hasher.finish().hex();
}

}  // namespace

Json bench_env(const BenchEnvConfig& config) {
  Progress progress("bench env", 10, "parts");
  const Shared shared = load_phone_shared({}, /*pixels=*/true);
  Json root;
  Json& logic = root["logic_steps_per_s"] = Json::object();
  logic["after_reset"] = steps_per_s(shared, config, Begin::kReset, Actions::kAll);
  logic["after_fork"] = steps_per_s(shared, config, Begin::kFork, Actions::kAll);
  logic["after_fork_untouched"] =
      steps_per_s(shared, config, Begin::kFork, Actions::kUntouched);
  progress.add();
  const auto walk = walk_states(shared, config.steps, config.seed);
  root["walk_steps"] = walk.size();
  Json& frames = root["frames_per_s"] = Json::object();
  for (const int width : {360, 540, 1080}) {
    frames[fmt::format("{}x{}", width, width * 20 / 9)] =
        frame_rates(*shared, walk, width, config.seconds, config.baseline);
    progress.add();
  }
  root["time_shares_360x800"] = time_shares(*shared, walk, 360, config.seconds);
  progress.add();

  PhoneEnv env(shared, env_config(false));
  PhoneEnv other(shared, env_config(false));
  root["reset_us"] =
      percentiles_us([&](int i) { env.reset(config.seed + std::uint64_t(i)); });
  env.reset(config.seed);
  root["snapshot_us"] = percentiles_us([&](int) { (void)env.snapshot(); });
  root["fork_us"] = percentiles_us([&](int) { other.restore(env.snapshot()); });
  progress.add();
  root["env_bytes"] = bytes_per_env(shared, true, config.seed);
  root["env_bytes_logic"] = bytes_per_env(shared, false, config.seed);
  progress.add();
  root["pool"] = pool(shared, config);
  progress.add();
  root["vector_steps_per_s"] = vector_rates(shared, config.seconds, config.seed);
  root["frame_copies_per_s"] = copy_rates(config.seconds);
  progress.add();
  root["fingerprint"] = fingerprint(shared);
  progress.update(10);
  return root;
}

}  // namespace paperphone::tools

#include "tools/bench_env.h"

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <set>
#include <thread>

#include "env/layout/layout.h"
#include "env/phone_env.h"
#include "env/render/renderer.h"
#include "env/vector_env.h"
#include "tools/progress.h"
#include "tools/random_walk.h"

namespace paperphone::tools {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;
using Shared = std::shared_ptr<const PhoneShared>;

constexpr int kLatencySamples = 500;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Calls `work(i)` until the time is up; returns calls per second.
template <class Work>
double rate(double seconds, const Work& work) {
  const auto start = Clock::now();
  std::int64_t calls = 0;
  double elapsed = 0.0;
  do {
    work(calls++);
    elapsed = seconds_since(start);
  } while (elapsed < seconds);
  return static_cast<double>(calls) / elapsed;
}

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
  return {.apps_dir = {},
          .app_ids = {},
          .variation = {},
          .pixels = pixels,
          .hashes = false};
}

double logic_steps_per_s(const Shared& shared, const BenchEnvConfig& config) {
  PhoneEnv env(shared, env_config(false));
  Rng rng(config.seed);
  std::vector<Action> actions;
  for (int i = 0; i < 4096; ++i) actions.push_back(env.action_space().sample(rng));
  double stepping = 0.0;
  std::int64_t steps = 0;
  std::uint64_t episode = 0;
  bool over = true;
  // Resets are measured by themselves; here only the time inside step() counts.
  while (stepping < config.seconds) {
    if (over) env.reset(config.seed + episode++);
    over = false;
    const auto start = Clock::now();
    for (int i = 0; i < 64 && !over; ++i) {
      const StepResult result =
          env.step(actions[std::size_t(steps++) % actions.size()]);
      over = result.terminated || result.truncated;
    }
    stepping += seconds_since(start);
  }
  return static_cast<double>(steps) / stepping;
}

// States of a walk over all apps, no two of which look alike.
std::vector<PhoneState> distinct_states(const Shared& shared,
                                        const BenchEnvConfig& config) {
  PhoneEnv env(shared, env_config(false));
  Rng rng(config.seed);
  const auto wanted = static_cast<std::size_t>(config.screens);
  std::vector<PhoneState> states;
  std::set<Hash128> seen;
  bool over = true;
  for (int i = 0; i < 20000 && states.size() < wanted; ++i) {
    if (over) env.reset(rng.next());
    const auto& titles = env.action_space().apps;
    // Mostly inside apps, as agents are: random taps alone stay on the launcher.
    const Action action = rng.chance(0.15)
                              ? Action(OpenApp{titles[rng.below(titles.size())]})
                              : env.action_space().sample(rng);
    over = false;
    if (std::holds_alternative<Terminate>(action) ||
        std::holds_alternative<Answer>(action))
      continue;
    const StepResult result = env.step(action);
    over = result.terminated || result.truncated;
    if (seen.insert(hash_draws(env.frame())).second) states.push_back(env.state());
  }
  return states;
}

struct Device {
  const char* name;
  int width;
  int height;
};
constexpr Device kDevices[] = {
    {"360x800", 360, 800}, {"540x1200", 540, 1200}, {"1080x2400", 1080, 2400}};

struct FrameRates {
  double fresh = 0.0;
  double cached = 0.0;
  double copied = 0.0;
};

FrameRates frame_rates(const Shared& shared, const std::vector<PhoneState>& states,
                       const Device& device, double seconds) {
  const Layout& layout = shared_layout(*shared);
  std::vector<std::uint8_t> pixels(std::size_t(device.width) * device.height * 3);
  FrameRates rates;
  // The pieces are warm, the frames are not: each pass has a renderer of its own.
  const auto draw_all = [&] {
    Renderer renderer(shared_pieces(*shared), device.width, device.height);
    const auto start = Clock::now();
    for (const PhoneState& state : states) renderer.draw(layout.run(state), pixels);
    return seconds_since(start);
  };
  draw_all();
  double elapsed = 0.0;
  std::size_t frames = 0;
  do {
    elapsed += draw_all();
    frames += states.size();
  } while (elapsed < seconds);
  rates.fresh = static_cast<double>(frames) / elapsed;

  Renderer renderer(shared_pieces(*shared), device.width, device.height);
  constexpr std::int64_t kRepeats = 16;
  const std::size_t few = std::min<std::size_t>(states.size(), 40);
  elapsed = 0.0;
  frames = 0;
  do {
    for (std::size_t i = 0; i < few; ++i) {
      renderer.draw(layout.run(states[i]), pixels);
      const auto start = Clock::now();
      for (std::int64_t r = 0; r < kRepeats; ++r)
        renderer.draw(layout.run(states[i]), pixels);
      elapsed += seconds_since(start);
      frames += kRepeats;
    }
  } while (elapsed < seconds);
  rates.cached = static_cast<double>(frames) / elapsed;

  std::vector<std::uint8_t> copy(pixels.size());
  rates.copied = rate(seconds / 2, [&](std::int64_t i) {
    pixels[0] = static_cast<std::uint8_t>(i);
    std::memcpy(copy.data(), pixels.data(), pixels.size());
  });
  return rates;
}

std::int64_t allocated_bytes() {
  const auto info = mallinfo2();
  return static_cast<std::int64_t>(info.uordblks + info.hblkhd);
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
  const std::vector<Wanted> nothing_B(std::size_t(config.many_envs), Wanted::kNothing);
  BatchView view;
  view.wanted_B = nothing_B;
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

Json thread_scaling(const Shared& shared, const BenchEnvConfig& config) {
  const int cores = std::max(1, int(std::thread::hardware_concurrency()));
  Json scaling = Json::object();
  double one = 0.0;
  for (int threads = 1; threads <= cores; threads *= 2) {
    WalkConfig walk{.seed = config.seed,
                    .steps = 256,
                    .num_envs = 16,
                    .num_threads = threads,
                    .pixels = true,
                    .variation = {}};
    random_walk(shared, walk);  // warm
    const double walks =
        rate(config.seconds, [&](std::int64_t) { random_walk(shared, walk); });
    if (threads == 1) one = walks;
    scaling[std::to_string(threads)] = walks / one;
  }
  return scaling;
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
  Progress progress("bench env", 10);
  const Shared shared = load_phone_shared({}, /*pixels=*/true);
  Json root;
  root["logic_steps_per_s"] = logic_steps_per_s(shared, config);
  progress.add();
  const auto states = distinct_states(shared, config);
  Json fresh = Json::object();
  Json cached = Json::object();
  Json copied = Json::object();
  for (const Device& device : kDevices) {
    const FrameRates rates = frame_rates(shared, states, device, config.seconds);
    fresh[device.name] = rates.fresh;
    cached[device.name] = rates.cached;
    copied[device.name] = rates.copied;
    progress.add();
  }
  root["fresh_frames_per_s"] = std::move(fresh);
  root["cached_frames_per_s"] = std::move(cached);
  root["memcpy_frames_per_s"] = std::move(copied);
  root["distinct_screens"] = states.size();

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
  root["thread_scaling"] = thread_scaling(shared, config);
  progress.add();
  root["fingerprint"] = fingerprint(shared);
  progress.set(10);
  return root;
}

}  // namespace paperphone::tools

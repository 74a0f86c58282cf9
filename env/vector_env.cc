#include "env/vector_env.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>

#include "env/check.h"
#include "env/error.h"

namespace paperphone {

EnvBatch::EnvBatch(int num_envs, const BoxSpace& space)
    : screens_BHWC(std::size_t(num_envs) * space.height * space.width * space.channels),
      instructions_B(num_envs),
      rewards_B(num_envs),
      terminations_B(num_envs),
      truncations_B(num_envs),
      infos_B(num_envs) {}

BatchView EnvBatch::view() {
  return {.screens_BHWC = screens_BHWC,
          .instructions_B = instructions_B,
          .rewards_B = rewards_B,
          .terminations_B = terminations_B,
          .truncations_B = truncations_B,
          .infos_B = infos_B,
          .final_screens_BHWC = final_screens_BHWC,
          .final_infos_B = final_infos_B};
}

// A pool whose workers take row numbers from a counter; the caller works too. Rows
// write only their own slots, so the order in which they run does not matter.
struct VectorEnv::Impl {
  std::vector<std::unique_ptr<Env>> envs;
  std::vector<std::uint8_t> ended;  // by row: autoreset is due (kNextStep)
  VectorEnvConfig config;
  BoxSpace observation_space;
  ActionSpace action_space;

  std::vector<std::thread> workers;
  std::mutex mutex;
  std::condition_variable wake, finished;
  std::function<void(int)> job;            // guarded by mutex; one per call
  std::vector<std::exception_ptr> errors;  // by row
  std::atomic<int> next_row{0};
  int busy = 0;                 // guarded by mutex: workers inside the job
  std::uint64_t generation = 0;  // guarded by mutex
  bool stopping = false;         // guarded by mutex

  void work() {
    const int rows = static_cast<int>(envs.size());
    for (int row = next_row++; row < rows; row = next_row++) {
      try {
        job(row);
      } catch (...) {
        errors[row] = std::current_exception();
      }
    }
  }

  void worker_loop() {
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex);
    while (true) {
      wake.wait(lock, [&] { return stopping || generation != seen; });
      if (stopping) return;
      seen = generation;
      ++busy;
      lock.unlock();
      work();
      lock.lock();
      if (--busy == 0) finished.notify_one();
    }
  }

  void run(std::function<void(int)> row_job) {
    {
      std::lock_guard lock(mutex);
      job = std::move(row_job);
      errors.assign(envs.size(), nullptr);
      next_row = 0;
      ++generation;
    }
    wake.notify_all();
    work();
    {
      std::unique_lock lock(mutex);
      finished.wait(lock, [&] { return busy == 0; });
    }
    for (std::size_t row = 0; row < errors.size(); ++row) {
      if (errors[row]) rethrow(row);
    }
  }

  [[noreturn]] void rethrow(std::size_t row) {
    try {
      std::rethrow_exception(errors[row]);
    } catch (const ConfigError& e) {
      throw ConfigError(fmt::format("environment {}: {}", row, e.what()));
    } catch (const DataError& e) {
      throw DataError(fmt::format("environment {}: {}", row, e.what()));
    } catch (const std::exception& e) {
      throw Error(fmt::format("environment {}: {}", row, e.what()));
    }
  }

  void copy_screen(const ImageView& screen, std::span<std::uint8_t> all, int row) {
    if (all.empty() || screen.pixels_HWC.empty()) return;
    const std::size_t bytes = screen.pixels_HWC.size();
    CHECK_LE((std::size_t(row) + 1) * bytes, all.size());
    std::memcpy(all.data() + row * bytes, screen.pixels_HWC.data(), bytes);
  }

  void write_reset(const ResetResult& result, const BatchView& out, int row) {
    copy_screen(result.observation.screen, out.screens_BHWC, row);
    if (!out.instructions_B.empty()) {
      out.instructions_B[row] = std::string(result.observation.instruction);
    }
    if (!out.infos_B.empty()) out.infos_B[row] = result.info;
    if (!out.rewards_B.empty()) out.rewards_B[row] = 0.0f;
    if (!out.terminations_B.empty()) out.terminations_B[row] = 0;
    if (!out.truncations_B.empty()) out.truncations_B[row] = 0;
    ended[row] = 0;
  }

  void step_row(const Action& action, const BatchView& out, int row) {
    Env& env = *envs[row];
    if (config.autoreset_mode == AutoresetMode::kNextStep && ended[row]) {
      write_reset(env.reset(), out, row);
      return;
    }
    StepResult result = env.step(action);
    const bool over = result.terminated || result.truncated;
    if (!out.rewards_B.empty()) out.rewards_B[row] = result.reward;
    if (!out.terminations_B.empty()) out.terminations_B[row] = result.terminated;
    if (!out.truncations_B.empty()) out.truncations_B[row] = result.truncated;
    ended[row] = over;
    if (over && config.autoreset_mode == AutoresetMode::kSameStep) {
      copy_screen(result.observation.screen, out.final_screens_BHWC, row);
      if (!out.final_infos_B.empty()) out.final_infos_B[row] = result.info;
      const ResetResult fresh = env.reset();
      copy_screen(fresh.observation.screen, out.screens_BHWC, row);
      if (!out.instructions_B.empty()) {
        out.instructions_B[row] = std::string(fresh.observation.instruction);
      }
      if (!out.infos_B.empty()) out.infos_B[row] = fresh.info;
      ended[row] = 0;
      return;
    }
    copy_screen(result.observation.screen, out.screens_BHWC, row);
    if (!out.infos_B.empty()) out.infos_B[row] = std::move(result.info);
  }
};

VectorEnv::VectorEnv(const Factory& make, const VectorEnvConfig& config)
    : impl_(std::make_unique<Impl>()) {
  if (config.num_envs < 1) {
    throw ConfigError(fmt::format("num_envs must be at least 1, not {}", config.num_envs));
  }
  if (config.num_threads < 0) {
    throw ConfigError(
        fmt::format("num_threads must be 0 or more, not {}", config.num_threads));
  }
  impl_->config = config;
  for (int i = 0; i < config.num_envs; ++i) impl_->envs.push_back(make(i));
  impl_->ended.assign(config.num_envs, 0);
  impl_->observation_space = impl_->envs[0]->observation_space();
  impl_->action_space = impl_->envs[0]->action_space();
  int threads = config.num_threads;
  if (threads == 0) threads = static_cast<int>(std::thread::hardware_concurrency());
  threads = std::clamp(threads, 1, config.num_envs);
  for (int i = 1; i < threads; ++i) {
    impl_->workers.emplace_back([impl = impl_.get()] { impl->worker_loop(); });
  }
}

VectorEnv::~VectorEnv() {
  {
    std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->wake.notify_all();
  for (auto& worker : impl_->workers) worker.join();
}

int VectorEnv::num_envs() const { return static_cast<int>(impl_->envs.size()); }
const BoxSpace& VectorEnv::single_observation_space() const {
  return impl_->observation_space;
}
const ActionSpace& VectorEnv::single_action_space() const { return impl_->action_space; }

Env& VectorEnv::env(int index) {
  CHECK_GE(index, 0);
  CHECK_LT(index, num_envs());
  return *impl_->envs[index];
}

namespace {
void require_rows(std::size_t rows, int num_envs, const char* what, bool may_be_empty) {
  if (rows == std::size_t(num_envs) || (may_be_empty && rows == 0)) return;
  throw ConfigError(fmt::format("{} has {} rows, but there are {} environments", what,
                                rows, num_envs));
}
}  // namespace

void VectorEnv::reset(std::span<const std::uint64_t> seeds_B,
                      std::span<const ResetOptions> options_B, BatchView out) {
  const std::vector<std::uint8_t> all(num_envs(), 1);
  reset_where(all, seeds_B, options_B, out);
}

void VectorEnv::reset_where(std::span<const std::uint8_t> mask_B,
                            std::span<const std::uint64_t> seeds_B,
                            std::span<const ResetOptions> options_B, BatchView out) {
  require_rows(mask_B.size(), num_envs(), "mask_B", false);
  require_rows(seeds_B.size(), num_envs(), "seeds_B", true);
  require_rows(options_B.size(), num_envs(), "options_B", true);
  impl_->run([&](int row) {
    if (!mask_B[row]) return;
    const auto seed = seeds_B.empty() ? std::nullopt : std::optional(seeds_B[row]);
    const ResetOptions defaults;
    impl_->write_reset(
        impl_->envs[row]->reset(seed, options_B.empty() ? defaults : options_B[row]), out,
        row);
  });
}

void VectorEnv::step(std::span<const Action> actions_B, BatchView out,
                     std::span<const std::uint8_t> mask_B) {
  require_rows(actions_B.size(), num_envs(), "actions_B", false);
  require_rows(mask_B.size(), num_envs(), "mask_B", true);
  impl_->run([&](int row) {
    if (mask_B.empty() || mask_B[row]) impl_->step_row(actions_B[row], out, row);
  });
}

}  // namespace paperphone

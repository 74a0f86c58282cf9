#include "env/vector_env.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <utility>
#include <variant>

#include "env/base/error.h"
#include "env/base/host/row_pool.h"

namespace paperphone {

namespace {

std::size_t screens_size(int num_envs, const BoxSpace& space) {
  return std::size_t(num_envs) * space.height * space.width * space.channels;
}

}  // namespace

EnvBatch::EnvBatch(int num_envs)
    : instructions_B(num_envs),
      rewards_B(num_envs),
      terminations_B(num_envs),
      truncations_B(num_envs),
      infos_B(num_envs) {}

EnvBatch::EnvBatch(int num_envs, const BoxSpace& space) : EnvBatch(num_envs) {
  screens_BHWC.resize(screens_size(num_envs, space));
}

EnvBatch::EnvBatch(const VectorEnv& envs) : EnvBatch(envs.num_envs()) {
  const std::size_t size =
      screens_size(envs.num_envs(), envs.single_observation_space());
  if (envs.screens().empty()) screens_BHWC.resize(size);
  if (envs.autoreset_mode() != AutoresetMode::kSameStep) return;
  final_screens_BHWC.resize(size);
  final_infos_B.resize(infos_B.size());
}

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

std::optional<std::uint64_t> RowSeeds::of(int row) const {
  const auto at = std::size_t(row);
  if (base_) return *base_ + at;
  if (!seeds_B_.empty()) return seeds_B_[at];
  if (!optional_seeds_B_.empty()) return optional_seeds_B_[at];
  return std::nullopt;
}

namespace {

void require_rows(std::size_t rows, std::size_t num_envs, const char* what,
                  bool may_be_empty) {
  if (rows == num_envs || (may_be_empty && rows == 0)) return;
  throw ConfigError(fmt::format("{} has {} rows, but there are {} environments", what,
                                rows, num_envs));
}

template <class T>
void put(std::span<T> all_B, int row, const T& value) {
  if (!all_B.empty()) all_B[std::size_t(row)] = value;
}

// The lines of a batch to which one kind of observation goes.
struct ObservationLines {
  std::span<std::uint8_t> screens_BHWC;
  std::span<std::shared_ptr<const ScreenFrame>> frames_B;
  std::span<std::vector<UiNode>> trees_B;
};

ObservationLines lines_of(const BatchView& out) {
  return {out.screens_BHWC, out.frames_B, out.trees_B};
}
ObservationLines final_lines_of(const BatchView& out) {
  return {out.final_screens_BHWC, out.final_frames_B, out.final_trees_B};
}

Modality modality_of(const BatchView& out, int row) {
  if (!out.modality_B.empty()) return out.modality_B[std::size_t(row)];
  Modality modality = Modality::kPixels;
  if (!out.frames_B.empty()) modality = modality | Modality::kFrame;
  if (!out.trees_B.empty()) modality = modality | Modality::kTree;
  return modality;
}

struct ResetOrder {
  std::optional<std::uint64_t> seed;
  ResetOptions options;
};

}  // namespace

struct VectorEnv::Impl {
  struct Row {
    std::unique_ptr<Env> env;
    bool reset_due = false;             // kNextStep: the episode has ended
    std::optional<std::uint64_t> seed;  // the last one that was given
    int episode = 0;                    // since then, from 1; 0 before the first reset
    std::exception_ptr error;
    // In flight: what was sent, and where its results go.
    bool in_flight = false;             // the caller's thread only
    std::variant<Action, ResetOrder> order;
    BatchView out;
  };

  VectorEnvConfig config;
  BoxSpace observation_space;
  ActionSpace action_space;
  // own_screens: not a vector, because that would touch all of it at once.
  std::unique_ptr<std::uint8_t[]> screens;
  std::span<std::uint8_t> screens_BHWC;
  std::vector<Row> rows;
  RowPool pool;
  RowPool::Job carry_out_order;
  int num_in_flight = 0;
  std::vector<int> order;        // of the rows in a step
  std::vector<int> received;     // what the last recv() named
  std::vector<int> put_back;     // finished before a row that failed
  std::atomic<bool> closed = false;

  Impl(const Factory& make, const VectorEnvConfig& c, int num_threads)
      : config(c), pool(num_threads) {
    for (int i = 0; i < config.num_envs; ++i) {
      rows.push_back(Row{.env = make(i)});
      if (rows.back().env == nullptr) {
        throw ConfigError(fmt::format("the factory made no environment {}", i));
      }
      if (config.max_episode_steps != 0) {
        rows.back().env->set_max_episode_steps(config.max_episode_steps);
      }
    }
    observation_space = rows[0].env->observation_space();
    action_space = rows[0].env->action_space();
    if (config.own_screens) {
      const auto& space = observation_space;
      const auto bytes = std::size_t(space.height) * space.width * space.channels;
      screens = std::make_unique_for_overwrite<std::uint8_t[]>(bytes * rows.size());
      screens_BHWC = {screens.get(), bytes * rows.size()};
      for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].env->keep_pixels_in(screens_BHWC.subspan(i * bytes, bytes));
    }
    carry_out_order = [this](int index) {
      Row& row = rows[std::size_t(index)];
      guarded(row, [&] {
        if (const auto* action = std::get_if<Action>(&row.order)) {
          step_row(index, *action, row.out);
        } else {
          const auto& order = std::get<ResetOrder>(row.order);
          reset_row(index, order.seed, order.options, row.out);
        }
      });
    };
  }

  // ---- what must hold -------------------------------------------------------------

  void require_open(const char* call) const {
    if (closed) {
      throw ConfigError(fmt::format("{}() needs an open vector environment: close() "
                                    "was called",
                                    call));
    }
  }

  void require_idle(const char* call) const {
    require_open(call);
    if (num_in_flight > 0) {
      throw ConfigError(fmt::format(
          "{}() cannot be called while {} rows are in flight: recv() them first", call,
          num_in_flight));
    }
  }

  void require_row(int row) const {
    if (row < 0 || row >= int(rows.size())) {
      throw ConfigError(
          fmt::format("there is no row {} (rows: 0 to {})", row, rows.size() - 1));
    }
  }

  void require_distinct(std::span<const int> some) const {
    std::vector<std::uint8_t> seen(some.size() > 1 ? rows.size() : 0);
    for (const int row : some) {
      require_row(row);
      if (!seen.empty() && seen[std::size_t(row)]++ != 0) {
        throw ConfigError(fmt::format("row {} is named twice", row));
      }
      if (rows[std::size_t(row)].in_flight) {
        throw ConfigError(
            fmt::format("row {} is in flight already: recv() it first", row));
      }
    }
  }

  void require_fit(const BatchView& out) const {
    const std::size_t n = rows.size();
    const std::size_t bytes = n * std::size_t(observation_space.height) *
                              observation_space.width * observation_space.channels;
    for (const auto& [size, what] :
         {std::pair{out.screens_BHWC.size(), "screens_BHWC"},
          std::pair{out.final_screens_BHWC.size(), "final_screens_BHWC"}}) {
      if (size != 0 && size != bytes) {
        throw ConfigError(fmt::format("{} has {} bytes, but {} environments of {} need {}",
                                      what, size, n, observation_space.describe(), bytes));
      }
    }
    require_rows(out.instructions_B.size(), n, "instructions_B", true);
    require_rows(out.rewards_B.size(), n, "rewards_B", true);
    require_rows(out.terminations_B.size(), n, "terminations_B", true);
    require_rows(out.truncations_B.size(), n, "truncations_B", true);
    require_rows(out.infos_B.size(), n, "infos_B", true);
    require_rows(out.final_infos_B.size(), n, "final_infos_B", true);
    require_rows(out.frames_B.size(), n, "frames_B", true);
    require_rows(out.trees_B.size(), n, "trees_B", true);
    require_rows(out.final_frames_B.size(), n, "final_frames_B", true);
    require_rows(out.final_trees_B.size(), n, "final_trees_B", true);
    require_rows(out.modality_B.size(), n, "modality_B", true);
    require_rows(out.errors_B.size(), n, "errors_B", true);
  }

  void require_reset_lists(const RowSeeds& seeds,
                           std::span<const ResetOptions> options_B) const {
    require_rows(seeds.list_size(), rows.size(), "seeds_B", true);
    require_rows(options_B.size(), rows.size(), "options_B", true);
  }

  // ---- one row ----------------------------------------------------------------------

  template <class Work>
  static void guarded(Row& row, const Work& work) {
    try {
      work();
    } catch (...) {
      row.error = std::current_exception();
    }
  }

  void write_screen(const ImageView& screen, std::span<std::uint8_t> all_BHWC,
                    int row) const {
    if (all_BHWC.empty() || screen.pixels_HWC.empty()) return;
    const std::size_t bytes = all_BHWC.size() / rows.size();
    if (screen.height != observation_space.height ||
        screen.width != observation_space.width || screen.pixels_HWC.size() != bytes) {
      throw ConfigError(fmt::format(
          "its screen is {}x{}, but the batch holds {}x{}: all rows of one pool have "
          "one size",
          screen.width, screen.height, observation_space.width,
          observation_space.height));
    }
    std::uint8_t* to = all_BHWC.data() + std::size_t(row) * bytes;
    if (to != screen.pixels_HWC.data())  // it may have been drawn there
      std::memcpy(to, screen.pixels_HWC.data(), bytes);
  }

  void write_observation(const Observation& observation, const ObservationLines& lines,
                         Modality modality, int row) const {
    const auto at = std::size_t(row);
    write_screen(observation.screen, lines.screens_BHWC, row);
    if (has(modality, Modality::kFrame)) put(lines.frames_B, row, observation.frame);
    if (has(modality, Modality::kTree) && !lines.trees_B.empty()) {
      lines.trees_B[at].assign(observation.tree.begin(), observation.tree.end());
    }
  }

  // The beginning of an episode: all but reward and flags.
  void write_start(const ResetResult& result, const BatchView& out, int row) const {
    write_screen(result.observation.screen, screens_BHWC, row);
    write_observation(result.observation, lines_of(out), modality_of(out, row), row);
    if (!out.instructions_B.empty()) {
      out.instructions_B[std::size_t(row)] = std::string(result.observation.instruction);
    }
    put(out.infos_B, row, result.info);
  }

  void write_reset(const ResetResult& result, const BatchView& out, int row) const {
    write_start(result, out, row);
    put(out.rewards_B, row, 0.0f);
    put(out.terminations_B, row, std::uint8_t{0});
    put(out.truncations_B, row, std::uint8_t{0});
  }

  ResetResult start_episode(Row& row, std::optional<std::uint64_t> seed,
                            const ResetOptions& options) const {
    if (seed) {
      row.seed = seed;
      row.episode = 0;
    }
    ++row.episode;
    ResetResult result = row.env->reset(seed, options);
    row.reset_due = false;
    return result;
  }

  void reset_row(int index, std::optional<std::uint64_t> seed,
                 const ResetOptions& options, const BatchView& out) {
    Row& row = rows[std::size_t(index)];
    row.env->observe(modality_of(out, index));
    write_reset(start_episode(row, seed, options), out, index);
  }

  void restore_row(int index, const Snapshot& snapshot, const BatchView& out) {
    Row& row = rows[std::size_t(index)];
    row.env->observe(modality_of(out, index));
    const ResetResult result = snapshotable(*row.env).restore(snapshot);
    row.reset_due = !row.env->running();
    row.seed.reset();
    row.episode = 1;
    write_reset(result, out, index);
  }

  void step_row(int index, const Action& action, const BatchView& out) {
    Row& row = rows[std::size_t(index)];
    const Modality modality = modality_of(out, index);
    row.env->observe(modality);
    if (config.autoreset_mode == AutoresetMode::kNextStep && row.reset_due) {
      write_reset(start_episode(row, std::nullopt, {}), out, index);
      return;
    }
    StepResult result = row.env->step(action);
    const bool over = result.terminated || result.truncated;
    put(out.rewards_B, index, result.reward);
    put(out.terminations_B, index, std::uint8_t{result.terminated});
    put(out.truncations_B, index, std::uint8_t{result.truncated});
    row.reset_due = over;
    if (over && config.autoreset_mode == AutoresetMode::kSameStep) {
      write_observation(result.observation, final_lines_of(out), modality, index);
      put(out.final_infos_B, index, result.info);
      write_start(start_episode(row, std::nullopt, {}), out, index);
      return;
    }
    write_screen(result.observation.screen, screens_BHWC, index);
    write_observation(result.observation, lines_of(out), modality, index);
    if (!out.infos_B.empty()) out.infos_B[std::size_t(index)] = std::move(result.info);
  }

  static Snapshotable& snapshotable(Env& env) {
    auto* copyable = dynamic_cast<Snapshotable*>(&env);
    if (copyable == nullptr) {
      throw ConfigError("it cannot be copied: only simulated phones have snapshots");
    }
    return *copyable;
  }

  // ---- all rows ---------------------------------------------------------------------

  // All rows, those that begin an episode at the front of their thread's part: they take
  // the longest, and a step ends with its last row.
  std::span<const int> resets_first() {
    order.clear();
    const int count = int(rows.size());
    for (std::size_t part = 0; part < pool.num_parts(); ++part)
      for (const bool due : {true, false})
        for (int row = pool.part_begin(count, part);
             row < pool.part_begin(count, part + 1); ++row)
          if (rows[std::size_t(row)].reset_due == due) order.push_back(row);
    return order;
  }

  // work(row) for each of them, or for all.
  using Errors = std::span<std::exception_ptr>;
  template <class Work>
  void run(std::span<const int> some, Errors errors_B, const Work& work) {
    run(int(some.size()), [&](int i) { return some[std::size_t(i)]; }, errors_B, work);
  }
  template <class Work>
  void run_all(Errors errors_B, const Work& work) {
    run(int(rows.size()), [](int i) { return i; }, errors_B, work);
  }

  template <class RowOf, class Work>
  void run(int count, const RowOf& row_of, Errors errors_B, const Work& work) {
    pool.run(count, [&](int i) {
      const int row = row_of(i);
      guarded(rows[std::size_t(row)], [&] { work(row); });
    });
    // The first row's, where several failed.
    std::exception_ptr first;
    int at = 0;
    for (int i = 0; i < count; ++i) {
      const int row = row_of(i);
      const auto error = std::exchange(rows[std::size_t(row)].error, nullptr);
      put(errors_B, row, error);
      if (error && (!first || row < at)) {
        first = error;
        at = row;
      }
    }
    if (first && errors_B.empty()) rethrow(first, std::size_t(at));
  }

  [[noreturn]] void rethrow(const std::exception_ptr& error, std::size_t index) const {
    const Row& row = rows[index];
    std::string where = fmt::format("environment {}", index);
    if (row.seed) where += fmt::format(" (seed {}, episode {})", *row.seed, row.episode);
    rethrow_with(where, error);
  }

  void dispatch(std::span<const int> some) {
    for (const int row : some) rows[std::size_t(row)].in_flight = true;
    num_in_flight += int(some.size());
    pool.start(some, carry_out_order);
  }
};

VectorEnv::VectorEnv(const Factory& make, const VectorEnvConfig& config) {
  if (config.num_envs < 1) {
    throw ConfigError(fmt::format("num_envs must be at least 1, not {}", config.num_envs));
  }
  if (config.num_threads < 0) {
    throw ConfigError(
        fmt::format("num_threads must be 0 or more, not {}", config.num_threads));
  }
  if (config.batch_size < 0 || config.batch_size > config.num_envs) {
    throw ConfigError(fmt::format("batch_size must be 0 to num_envs ({}), not {}",
                                  config.num_envs, config.batch_size));
  }
  int threads = config.num_threads;
  if (threads == 0) threads = int(std::thread::hardware_concurrency());
  impl_ = std::make_unique<Impl>(make, config, std::clamp(threads, 1, config.num_envs));
}

VectorEnv::~VectorEnv() { close(); }

int VectorEnv::num_envs() const { return impl_->config.num_envs; }
int VectorEnv::batch_size() const {
  return impl_->config.batch_size > 0 ? impl_->config.batch_size : num_envs();
}
AutoresetMode VectorEnv::autoreset_mode() const { return impl_->config.autoreset_mode; }
std::span<const std::uint8_t> VectorEnv::screens() const { return impl_->screens_BHWC; }
const BoxSpace& VectorEnv::single_observation_space() const {
  return impl_->observation_space;
}
const ActionSpace& VectorEnv::single_action_space() const { return impl_->action_space; }

Env& VectorEnv::env(int index) {
  impl_->require_open("env");
  impl_->require_distinct(std::span(&index, 1));
  return *impl_->rows[std::size_t(index)].env;
}

void VectorEnv::reset(const RowSeeds& seeds, std::span<const ResetOptions> options_B,
                      BatchView out) {
  const std::vector<std::uint8_t> all(std::size_t(num_envs()), 1);
  reset_where(all, seeds, options_B, out);
}

void VectorEnv::reset_where(std::span<const std::uint8_t> mask_B, const RowSeeds& seeds,
                            std::span<const ResetOptions> options_B, BatchView out) {
  impl_->require_idle("reset");
  require_rows(mask_B.size(), impl_->rows.size(), "mask_B", false);
  if (std::all_of(mask_B.begin(), mask_B.end(), [](auto m) { return m == 0; })) {
    throw ConfigError("mask_B selects no row to reset");
  }
  impl_->require_reset_lists(seeds, options_B);
  impl_->require_fit(out);
  const ResetOptions defaults;
  impl_->run_all(out.errors_B, [&](int row) {
    if (mask_B[std::size_t(row)] == 0) return;
    impl_->reset_row(row, seeds.of(row),
                     options_B.empty() ? defaults : options_B[std::size_t(row)], out);
  });
}

void VectorEnv::step(std::span<const Action> actions_B, BatchView out,
                     std::span<const std::uint8_t> mask_B) {
  impl_->require_idle("step");
  require_rows(actions_B.size(), impl_->rows.size(), "actions_B", false);
  require_rows(mask_B.size(), impl_->rows.size(), "mask_B", true);
  impl_->require_fit(out);
  impl_->run(impl_->resets_first(), out.errors_B, [&](int row) {
    if (!mask_B.empty() && mask_B[std::size_t(row)] == 0) return;
    impl_->step_row(row, actions_B[std::size_t(row)], out);
  });
}

void VectorEnv::call(std::span<const int> rows,
                     const std::function<void(int row, Env& env)>& f,
                     std::span<std::exception_ptr> errors_B) {
  impl_->require_idle("call");
  impl_->require_distinct(rows);
  require_rows(errors_B.size(), impl_->rows.size(), "errors_B", true);
  impl_->run(rows, errors_B, [&](int row) { f(row, *impl_->rows[std::size_t(row)].env); });
}

void VectorEnv::send(std::span<const int> rows, std::span<const Action> actions,
                     BatchView out) {
  impl_->require_open("send");
  impl_->require_distinct(rows);
  impl_->require_fit(out);
  if (actions.size() != rows.size()) {
    throw ConfigError(fmt::format("send() was given {} actions for {} rows",
                                  actions.size(), rows.size()));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Impl::Row& row = impl_->rows[std::size_t(rows[i])];
    row.order = actions[i];
    row.out = out;
  }
  impl_->dispatch(rows);
}

void VectorEnv::send_reset(std::span<const int> rows, const RowSeeds& seeds,
                           std::span<const ResetOptions> options_B, BatchView out) {
  impl_->require_open("send_reset");
  impl_->require_distinct(rows);
  impl_->require_reset_lists(seeds, options_B);
  impl_->require_fit(out);
  for (const int index : rows) {
    Impl::Row& row = impl_->rows[std::size_t(index)];
    row.order = ResetOrder{seeds.of(index), options_B.empty()
                                                ? ResetOptions{}
                                                : options_B[std::size_t(index)]};
    row.out = out;
  }
  impl_->dispatch(rows);
}

std::span<const int> VectorEnv::recv() {
  Impl& p = *impl_;
  p.require_open("recv");
  if (p.num_in_flight == 0) {
    throw ConfigError("recv() waits for rows in flight, but none is: send() them first");
  }
  p.received = std::exchange(p.put_back, {});
  const auto wanted = std::size_t(std::min(batch_size(), p.num_in_flight));
  while (p.received.size() < wanted) {
    const std::optional<int> index = p.pool.wait_for_one();
    if (!index) throw ConfigError("recv() was waiting when close() was called");
    Impl::Row& row = p.rows[std::size_t(*index)];
    const auto error = std::exchange(row.error, nullptr);
    put(row.out.errors_B, *index, error);
    if (error && row.out.errors_B.empty()) {
      row.in_flight = false;
      --p.num_in_flight;
      p.put_back = std::exchange(p.received, {});
      p.rethrow(error, std::size_t(*index));
    }
    p.received.push_back(*index);
  }
  for (const int index : p.received) p.rows[std::size_t(index)].in_flight = false;
  p.num_in_flight -= int(p.received.size());
  return p.received;
}

int VectorEnv::num_in_flight() const { return impl_->num_in_flight; }

Snapshot VectorEnv::snapshot(int row) const {
  impl_->require_open("snapshot");
  impl_->require_distinct(std::span(&row, 1));
  return Impl::snapshotable(*impl_->rows[std::size_t(row)].env).snapshot();
}

void VectorEnv::restore(std::span<const int> rows, const Snapshot& snapshot,
                        BatchView out) {
  impl_->require_idle("restore");
  impl_->require_distinct(rows);
  impl_->require_fit(out);
  impl_->run(rows, out.errors_B,
             [&](int row) { impl_->restore_row(row, snapshot, out); });
}

void VectorEnv::close() {
  if (!impl_->closed.exchange(true)) impl_->pool.close();
}

bool VectorEnv::closed() const { return impl_->closed; }

}  // namespace paperphone

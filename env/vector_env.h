// Many environments stepped together. Row i of every buffer is environment i,
// whichever thread ran it and whenever; the memory is the caller's.
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "env/env.h"

namespace paperphone {

// What becomes of a row whose episode has ended. reset_where() works in every mode.
enum class AutoresetMode : std::uint8_t {
  kDisabled,  // the caller resets it; stepping it before is an error; what GRPO wants
  kNextStep,  // its next step() ignores the action and resets: reward 0, flags 0
  kSameStep,  // resets within step(): the last observation and info go to final_*
};

struct VectorEnvConfig {
  int num_envs = 8;
  int num_threads = 0;  // 0: min(num_envs, hardware threads)
  AutoresetMode autoreset_mode = AutoresetMode::kDisabled;
  int batch_size = 0;         // rows that one recv() waits for; 0: num_envs
  int max_episode_steps = 0;  // of every row (env.h); 0: as the factory made it
  bool own_screens = false;   // see VectorEnv::screens()
};

// Where one batch of results is written, and what of it is wanted. Every non-empty
// span has num_envs rows; an empty one is neither read nor written.
struct BatchView {
  std::span<std::uint8_t> screens_BHWC;
  std::span<std::string> instructions_B;   // written by resets only
  std::span<float> rewards_B;
  std::span<std::uint8_t> terminations_B;  // 0 or 1; never merged with
  std::span<std::uint8_t> truncations_B;   // 0 or 1
  std::span<Info> infos_B;                 // Info::episode: statistics of what ended
  std::span<std::uint8_t> final_screens_BHWC;  // kSameStep only: rows that ended
  std::span<Info> final_infos_B;               // kSameStep only: rows that ended
  // Immutable frames and accessibility trees, by row.
  std::span<std::shared_ptr<const ScreenFrame>> frames_B = {};
  std::span<std::vector<UiNode>> trees_B = {};
  std::span<std::shared_ptr<const ScreenFrame>> final_frames_B = {};
  std::span<std::vector<UiNode>> final_trees_B = {};
  // Read: what each row is to give. Empty: pixels, and what frames_B and trees_B ask
  // for by not being empty. What a row does not give is not written.
  std::span<const Modality> modality_B = {};
  // What rows threw, as they threw it, null for those that did not: then the calls throw
  // nothing of rows. Only the rows of the call are written.
  std::span<std::exception_ptr> errors_B = {};
};

// Owns one batch's memory: screens, instructions, rewards, flags, infos.
class EnvBatch {
 public:
  EnvBatch(int num_envs, const BoxSpace& space);  // without final_*
  // With final_* in kSameStep; without screens if the vector has its own.
  explicit EnvBatch(const class VectorEnv& envs);
  BatchView view();
  std::vector<std::uint8_t> screens_BHWC, final_screens_BHWC;
  std::vector<std::string> instructions_B;
  std::vector<float> rewards_B;
  std::vector<std::uint8_t> terminations_B, truncations_B;
  std::vector<Info> infos_B, final_infos_B;

 private:
  explicit EnvBatch(int num_envs);
};

// The seeds of a reset, by row. Made implicitly from what is at hand: {} continues
// every row's own stream; 7 seeds row i with 7 + i; a list seeds row i with its
// entry, or continues its stream if the entry is nullopt. A list has num_envs
// entries (or none), under a mask too. Looks at the list, does not own it.
class RowSeeds {
 public:
  RowSeeds() = default;
  // NOLINTBEGIN(google-explicit-constructor)
  RowSeeds(std::uint64_t base) : base_(base) {}
  RowSeeds(std::span<const std::uint64_t> seeds_B) : seeds_B_(seeds_B) {}
  RowSeeds(const std::vector<std::uint64_t>& seeds_B) : seeds_B_(seeds_B) {}
  RowSeeds(std::span<const std::optional<std::uint64_t>> seeds_B)
      : optional_seeds_B_(seeds_B) {}
  RowSeeds(const std::vector<std::optional<std::uint64_t>>& seeds_B)
      : optional_seeds_B_(seeds_B) {}
  // NOLINTEND(google-explicit-constructor)

  std::optional<std::uint64_t> of(int row) const;
  std::size_t list_size() const { return seeds_B_.size() + optional_seeds_B_.size(); }

 private:
  std::optional<std::uint64_t> base_;
  std::span<const std::uint64_t> seeds_B_;
  std::span<const std::optional<std::uint64_t>> optional_seeds_B_;
};

// Not thread-safe, except that close() may be called while recv() waits.
//
// Mistakes throw ConfigError: spans of a wrong length, a step before the first reset
// or after the end (kDisabled), recv() without send(), anything while rows are in
// flight, anything after close().
class VectorEnv {
 public:
  using Factory = std::function<std::unique_ptr<Env>(int index)>;
  VectorEnv(const Factory& make, const VectorEnvConfig& config);
  ~VectorEnv();  // closes

  int num_envs() const;
  int batch_size() const;  // of recv()
  AutoresetMode autoreset_mode() const;
  const BoxSpace& single_observation_space() const;
  const ActionSpace& single_action_space() const;
  Env& env(int index);  // not in flight
  // With own_screens: all rows' pixels [B, H, W, C], in memory that the vector owns and
  // brings up to date, so that nothing is copied. Read only; a row is valid until its
  // next reset or step, and a row that was not asked for pixels keeps its last ones.
  // screens_BHWC of a BatchView is filled besides, if it is given. Else empty.
  std::span<const std::uint8_t> screens() const;

  // Resets every row. options_B: one per row, or none.
  void reset(const RowSeeds& seeds, std::span<const ResetOptions> options_B,
             BatchView out);
  // The same where mask_B is 1, in one row at least; the other rows are neither reset
  // nor written.
  void reset_where(std::span<const std::uint8_t> mask_B, const RowSeeds& seeds,
                   std::span<const ResetOptions> options_B, BatchView out);
  // Steps every row (where mask_B is 1, if given). An exception in a worker is
  // rethrown here, with its type, the row and how it was seeded; the other rows have
  // finished. If there are several, the first row's.
  void step(std::span<const Action> actions_B, BatchView out,
            std::span<const std::uint8_t> mask_B = {});
  // Calls f(row, its environment) for these rows on the pool's threads, and returns when
  // all have returned: for what stepping does not give, an expert's advice, say. Errors
  // are rethrown as by step(), or go to errors_B (as in BatchView).
  void call(std::span<const int> rows, const std::function<void(int row, Env& env)>& f,
            std::span<std::exception_ptr> errors_B = {});

  // ---- asynchronously ---------------------------------------------------------
  // Rows are in flight from send() to the recv() that names them. Their results go to
  // their rows of `out` as those of step() do, and are the same; until then these
  // rows of the memory are the workers', and must outlive their work: recv() or close()
  // before it goes (a batch declared after its VectorEnv goes first).

  // Begins to step these rows, actions[i] for rows[i], and returns.
  void send(std::span<const int> rows, std::span<const Action> actions, BatchView out);
  // Begins to reset these rows. seeds, options_B: by row of the batch, as in reset().
  void send_reset(std::span<const int> rows, const RowSeeds& seeds,
                  std::span<const ResetOptions> options_B, BatchView out);
  // Waits for the first batch_size rows to finish, or for all that are in flight if
  // they are fewer, and names them, in the order in which they finished. Valid until
  // the next call. A worker's exception is rethrown as by step(): its row is then no
  // longer in flight, and the rows that finished before it come with the next recv().
  std::span<const int> recv();
  int num_in_flight() const;

  // ---- snapshots: rows whose environment is Snapshotable --------------------------
  // Rows are written as by reset(). The row's stream is part of a snapshot: copies
  // that are later reset without a seed go on alike.

  Snapshot snapshot(int row) const;
  // Continues the snapshot in these rows, from whichever row of whichever pool it is.
  void restore(std::span<const int> rows, const Snapshot& snapshot, BatchView out);
  void restore(int row, const Snapshot& snapshot, BatchView out) {
    restore(std::span(&row, 1), snapshot, out);
  }
  // Copies a row's episode into others.
  void fork(int from_row, std::span<const int> to_rows, BatchView out) {
    restore(to_rows, snapshot(from_row), out);
  }

  // Finishes what has begun, forgets what is only queued, joins the workers. May be
  // called again, and with rows in flight.
  void close();
  bool closed() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace paperphone

// What all worlds of one seed begin with, made piece by piece when it is first read: a
// phone has dozens of tables, an episode looks into a few.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "env/app/expr/chosen_rows.h"
#include "env/app/spec.h"
#include "env/app/world/world.h"
#include "env/base/rng.h"

namespace paperphone::app {

// Immutable as seen from outside, and thread-safe: a cell comes out the same whoever
// asks for it first, since each has a random stream of its own and reads only other
// first tables and what stands to its left.
class WorldGenerator {
 public:
  // apps must outlive it.
  WorldGenerator(const AppSet& apps, const Rng& rng);
  ~WorldGenerator();
  WorldGenerator(const WorldGenerator&) = delete;
  WorldGenerator& operator=(const WorldGenerator&) = delete;

  std::uint64_t key() const { return rng_.key(); }  // of its random stream
  // Everything untouched. Keeps no generator alive: that is the caller's to add.
  const World& first_world() const { return first_; }

 private:
  AppData make_app(int app) const;
  Value drawn(int app, const VarSpec& var) const;
  Table make_table(int app, int table) const;

  const AppSet& apps_;
  const Rng rng_;
  mutable std::mutex mutex_;
  // Of the tables made so far, whose cells they go on to make. Guarded by mutex_.
  mutable std::vector<std::unique_ptr<TableGenerator>> tables_;
  // What is lent to all worlds of the key, so that a copy of a world counts only what
  // was edited. The tables are guarded by mutex_.
  std::vector<Lazy<AppData>> first_apps_;
  mutable std::vector<Lazy<Table>> first_tables_;
  World first_;
  mutable ChosenRows chosen_;
};

// A fresh world: fixtures plus generated rows, each cell under
// rng.fork(app).fork(table).fork(column).fork(row), so that a new column, table or
// app moves nothing else. Its clock starts on a day of 2025 between 8:00 and 21:00.
// apps must outlive all worlds that come from it.
World make_world(const AppSet& apps, const Rng& rng);
World make_world(AppSet&& apps, const Rng& rng) = delete;

// What a variable that is not drawn begins with when the clock is so late.
Value initial_value(const VarSpec& var, std::int64_t now_ms);

// The world of a generator's key, as it is first made.
World make_world(const AppSet& apps, std::uint64_t generator_key);

// The same world on top of another generator of the same key, whose apps may then outlive
// its own. `first` is as make_world returned it.
World moved_onto(const World& first, const World& world);

}  // namespace paperphone::app

// All data of all apps of one phone, as a value that copies cheaply: parts are
// immutable and shared; a change replaces the parts on its path, and what nobody has
// looked at yet has not been made (generator.h).
#pragma once

#include <memory>
#include <vector>

#include "env/app/expr/value.h"
#include "env/app/world/cells.h"
#include "env/app/world/lazy.h"

namespace paperphone::app {

class WorldGenerator;  // generator.h

struct Row {
  std::int32_t id = -1;  // unique within the table, ascending, never reused
  Cells cells;  // one per column
  bool operator==(const Row&) const = default;
};

struct Table {
  std::vector<Cow<Row>> rows;  // by ascending id
  std::int32_t next_id = 0;

  const Row* find(std::int32_t id) const;  // nullptr if there is none
  const Cow<Row>* find_shared(std::int32_t id) const;  // the same, to be shared
  Row* find_for_edit(std::int32_t id);
  std::int32_t append(Cells cells);
  bool erase(std::int32_t id);
  bool operator==(const Table&) const = default;
};

struct AppData {
  std::vector<Value> vars;          // parallel to AppSpec::vars
  std::vector<Lazy<Table>> tables;  // parallel to AppSpec::tables
  bool operator==(const AppData&) const = default;
};

// The virtual clock lives here, because expressions may read it.
struct World {
  std::shared_ptr<const WorldGenerator> generator;  // of all worlds of its key
  std::vector<Lazy<AppData>> apps;         // parallel to AppSet::apps
  std::int64_t now_ms = 0;  // since 1970-01-01 00:00, Chinese local time

  bool operator==(const World& other) const {
    return now_ms == other.now_ms && apps == other.apps;
  }
  // The seed, and what differs from its first world: equal worlds of one seed add the
  // same, and what was not edited since the last time is not read again.
  void add_to(Hasher& hasher) const;

  const Row* find(Ref ref) const;  // nullptr for none and for removed rows
  Row* find_for_edit(Ref ref);
};

}  // namespace paperphone::app

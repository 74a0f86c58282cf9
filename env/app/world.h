// All data of all apps of one phone, as a value that copies cheaply: parts are
// immutable and shared; a change replaces the parts on its path.
#pragma once

#include <memory>
#include <vector>

#include "env/app/value.h"

namespace paperphone {

// Copy-on-write box. Reading never copies; edit() copies if the part is shared.
template <class T>
class Cow {
 public:
  Cow() : part_(std::make_shared<T>()) {}
  explicit Cow(T value) : part_(std::make_shared<T>(std::move(value))) {}
  const T& operator*() const { return *part_; }
  const T* operator->() const { return part_.get(); }
  T& edit() {
    if (part_.use_count() != 1) part_ = std::make_shared<T>(*part_);
    return *part_;
  }
  const void* identity() const { return part_.get(); }  // equal: surely same
  bool operator==(const Cow& other) const {
    return part_ == other.part_ || *part_ == *other.part_;
  }

 private:
  std::shared_ptr<T> part_;  // shared between snapshots; written only if unique
};

struct Row {
  std::int32_t id = -1;  // unique within the table, ascending, never reused
  std::vector<Value> cells;  // one per column
  bool operator==(const Row&) const = default;
};

struct Table {
  std::vector<Cow<Row>> rows;  // by ascending id
  std::int32_t next_id = 0;

  const Row* find(std::int32_t id) const;  // nullptr if there is none
  Row* find_for_edit(std::int32_t id);
  std::int32_t append(std::vector<Value> cells);
  bool erase(std::int32_t id);
  bool operator==(const Table&) const = default;
};

struct AppData {
  std::vector<Value> vars;         // parallel to AppSpec::vars
  std::vector<Cow<Table>> tables;  // parallel to AppSpec::tables
  bool operator==(const AppData&) const = default;
  void add_to(Hasher& hasher) const;
};

// The virtual clock lives here, because expressions may read it.
struct World {
  std::vector<Cow<AppData>> apps;  // parallel to AppSet::apps
  std::int64_t now_ms = 0;         // since 1970-01-01 00:00, Chinese local time
  bool operator==(const World&) const = default;

  const Row* find(Ref ref) const;  // nullptr for none and for removed rows
  Row* find_for_edit(Ref ref);
};

}  // namespace paperphone

// What the frames of an episode have shown since the reset, whoever acted: values that
// stood in cells and variables, and lists in their order. A teacher that acts on this
// and on the instruction knows nothing that a pupil could not have read.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_set>
#include <vector>

#include "env/app/spec.h"
#include "env/base/hash.h"

namespace paperphone::task {

// The rows of a table as a list shows them, and how much of it was in sight.
struct Listing {
  Hash128 list;  // what is listed and how: the widget, the order's columns
  Hash128 key;   // of that and the rows
  app::TableRef table;
  std::vector<std::int32_t> rows;       // ids, from the top
  std::vector<std::uint8_t> seen;       // parallel: was it in sight?
  std::vector<std::int32_t> by;         // columns that order them, sorted; empty: by id
  std::vector<std::int32_t> filters;    // columns that decide which rows are there, sorted
  std::vector<std::string> words;       // that its rows have to contain
  bool limited = false;  // rows that would be there are left out at its end

  int place_of(std::int32_t row_id) const;  // -1: not there
  bool whole() const;                       // all of it was in sight
  int seen_from_top() const;                // how many rows without a gap
};

// "shop.product.price", "shop.points".
std::string name_of(const app::AppSet& apps, const app::Cell& cell);

// What stands there; none where nothing stands.
app::Value value_at(const app::World& world, const app::Cell& cell);

// What an aggregate over rows counts, adds or finds, named by what it says and what it is
// about: "sum(bill, it.amount, it.month == m)" of this m. A total on a screen is known as a
// total, and tells nothing of its rows. REQUIRES: is_aggregate(node.op).
app::Cell cell_of(const app::ExprNode& node, const app::EvalContext& context);

class Evidence {
 public:
  Evidence() = default;
  // More on top of what another knows, which outlives this: cheap.
  explicit Evidence(const Evidence* below) : below_(below) {}

  // A value was in sight.
  void add(const app::Cell& cell, const app::Value& value);
  // Was it in sight with this value?
  bool has(const app::Cell& cell, const app::Value& value) const;
  // The listing of this key, kept from now on. One that has grown at its end is the same.
  Listing& keep(Listing listing);
  std::vector<const Listing*> listings() const;  // the latest is the last
  const Listing* find(const Hash128& key) const;  // nullptr: never in sight

  // Of the values alone: equal for equal ones, however they came to be known.
  std::uint64_t digest() const;

  std::vector<std::uint64_t> seen() const;  // as stored, sorted
  void add(std::uint64_t stored);

 private:
  bool has(std::uint64_t stored) const;
  const Listing* of_list(const Listing& listing) const;

  const Evidence* below_ = nullptr;
  std::uint64_t sum_ = 0;  // of what is in seen_
  std::unordered_set<std::uint64_t> seen_;  // hashes of cell and value
  std::deque<Listing> listings_;            // the latest is the last; references stay
};

}  // namespace paperphone::task

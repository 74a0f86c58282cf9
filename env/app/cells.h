// The cells of one row. Those of a first world's rows are made when they are first read:
// a list filters by two of its record's twenty columns and shows eight of its rows.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

#include "env/app/value.h"

namespace paperphone {

// Makes cells by their place; the same value whenever it is asked, by any thread.
class CellMaker {
 public:
  virtual Value make_cell(std::int32_t row_id, int column) const = 0;

 protected:
  ~CellMaker() = default;
};

// A vector of values to its readers, who may be several threads at once. Copies are
// complete, so whoever writes has a row that needs no maker.
class Cells {
 public:
  static constexpr std::size_t kMostOnDemand = 64;  // columns

  Cells() = default;
  Cells(std::vector<Value> values) : values_(std::move(values)) {}  // NOLINT: implicit
  // Bit c of `made`: values[c] is the cell; the others are made by `maker`, which
  // outlives this. REQUIRES: values.size() <= kMostOnDemand.
  Cells(std::vector<Value> values, std::uint64_t made, const CellMaker& maker,
        std::int32_t row_id)
      : values_(std::move(values)), maker_(&maker), row_id_(row_id), made_(made),
        begun_(made) {}
  Cells(const Cells& other) : values_(other.all()) {}
  Cells(Cells&& other) noexcept
      : values_(std::move(other.values_)),
        maker_(other.maker_),
        row_id_(other.row_id_),
        made_(other.made_.load(std::memory_order_relaxed)),
        begun_(other.begun_.load(std::memory_order_relaxed)) {}
  Cells& operator=(Cells other) noexcept {
    values_ = std::move(other.values_);
    maker_ = other.maker_;
    row_id_ = other.row_id_;
    made_.store(other.made_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    begun_.store(other.begun_.load(std::memory_order_relaxed),
                 std::memory_order_relaxed);
    return *this;
  }

  std::size_t size() const { return values_.size(); }
  const Value& operator[](std::size_t column) const {
    if (maker_ != nullptr && !is_made(column)) make(column);
    return values_[column];
  }
  Value& operator[](std::size_t column) {
    all();
    return values_[column];
  }
  // Every cell made.
  const std::vector<Value>& all() const {
    for (std::size_t c = 0; maker_ != nullptr && c < values_.size(); ++c)
      if (!is_made(c)) make(c);
    return values_;
  }
  auto begin() const { return all().begin(); }
  auto end() const { return all().end(); }
  bool operator==(const Cells& other) const { return all() == other.all(); }

 private:
  bool is_made(std::size_t column) const {
    return (made_.load(std::memory_order_acquire) >> column & 1) != 0;
  }
  // Two threads may compute the same value; the first one stores it.
  void make(std::size_t column) const {
    Value value = maker_->make_cell(row_id_, int(column));
    const std::uint64_t bit = std::uint64_t{1} << column;
    if ((begun_.fetch_or(bit, std::memory_order_acq_rel) & bit) == 0) {
      values_[column] = std::move(value);
      made_.fetch_or(bit, std::memory_order_release);
    } else {
      while (!is_made(column)) std::this_thread::yield();
    }
  }

  mutable std::vector<Value> values_;
  const CellMaker* maker_ = nullptr;
  std::int32_t row_id_ = -1;
  mutable std::atomic<std::uint64_t> made_{0};   // may be read
  mutable std::atomic<std::uint64_t> begun_{0};  // somebody stores it
};

}  // namespace paperphone

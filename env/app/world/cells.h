// The cells of one row. Those of a first world's rows are made when they are first read:
// a list filters by two of its record's twenty columns and shows eight of its rows.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <thread>
#include <utility>
#include <vector>

#include "env/app/expr/value.h"

namespace paperphone::app {

// Makes cells by their place; the same value whenever it is asked, by any thread.
class CellMaker {
 public:
  virtual Value make_cell(std::int32_t row_id, int column) const = 0;

 protected:
  ~CellMaker() = default;
};

// Values to their readers, who may be several threads at once. Copies are complete and
// own their values, so whoever writes has a row that needs no maker.
class Cells {
 public:
  static constexpr std::size_t kMostOnDemand = 64;  // columns

  Cells() = default;
  Cells(const std::vector<Value>& values) {  // NOLINT: implicit
    keep(values);
  }
  // Bit c of `made`: values[c] is the cell; the others are made by `maker`. Both outlive
  // this. REQUIRES: values.size() <= kMostOnDemand.
  Cells(std::span<Value> values, std::uint64_t made, const CellMaker& maker,
        std::int32_t row_id)
      : size_(values.size()),
        values_(values.data()),
        maker_(&maker),
        row_id_(row_id),
        made_(made),
        begun_(made) {}
  Cells(const Cells& other) { keep(other.all()); }
  Cells(Cells&& other) noexcept { *this = std::move(other); }
  Cells& operator=(const Cells& other) { return *this = Cells(other); }
  Cells& operator=(Cells&& other) noexcept {
    size_ = std::exchange(other.size_, 0);
    own_ = std::move(other.own_);
    values_ = std::exchange(other.values_, nullptr);
    maker_ = other.maker_;
    row_id_ = other.row_id_;
    made_.store(other.made_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    begun_.store(other.begun_.load(std::memory_order_relaxed),
                 std::memory_order_relaxed);
    return *this;
  }

  std::size_t size() const { return size_; }
  const Value& operator[](std::size_t column) const {
    if (maker_ != nullptr && !is_made(column)) make(column);
    return values_[column];
  }
  Value& operator[](std::size_t column) {
    if (maker_ != nullptr) *this = Cells(*this);
    return values_[column];
  }
  // Every cell made.
  std::span<const Value> all() const {
    for (std::size_t c = 0; maker_ != nullptr && c < size_; ++c)
      if (!is_made(c)) make(c);
    return {values_, size_};
  }
  auto begin() const { return all().begin(); }
  auto end() const { return all().end(); }
  bool operator==(const Cells& other) const { return std::ranges::equal(all(), other.all()); }

 private:
  void keep(std::span<const Value> values) {
    size_ = values.size();
    own_ = std::make_unique<Value[]>(size_);
    values_ = own_.get();
    std::copy(values.begin(), values.end(), values_);
  }
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

  std::size_t size_ = 0;
  std::unique_ptr<Value[]> own_;  // none: the maker's
  Value* values_ = nullptr;       // own_ or into a part of the maker's
  const CellMaker* maker_ = nullptr;
  std::int32_t row_id_ = -1;
  mutable std::atomic<std::uint64_t> made_{0};   // may be read
  mutable std::atomic<std::uint64_t> begun_{0};  // somebody stores it
};

}  // namespace paperphone::app

// The cells of one row. Those of a generated row are made when they are first read: a
// list filters by two of its record's twenty columns and shows eight of its rows.
//
// What that buys, measured with nine apps on one core: a reset takes 41 us, ten random
// steps without pixels 211 us, and they read a sixth of the cells in the tables that they
// touch; making the others would take 365 us more (1.8 ms at p99). What it costs: this
// class, TableGenerator::make_rows, a check in the loader that cells read leftwards. It
// may go, and tables be made whole, once episodes without pixels are nobody's measure.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "env/app/expr/value.h"

namespace paperphone::app {

class TableGenerator;  // generator.cc

// Values to their readers, who may be several threads at once. Copies are complete and
// own their values, so whoever writes has a row that needs no generator.
class Cells {
 public:
  static constexpr std::size_t kMostOnDemand = 64;  // columns

  Cells() = default;
  Cells(const std::vector<Value>& values) {  // NOLINT: implicit
    keep(values);
  }
  // Bit c of `made`: values[c] is the cell; the others are still to be generated. Both
  // outlive this. REQUIRES: values.size() <= kMostOnDemand.
  Cells(std::span<Value> values, std::uint64_t made, const TableGenerator& generator,
        std::int32_t row_id)
      : size_(values.size()),
        values_(values.data()),
        generator_(&generator),
        row_id_(row_id),
        made_(made) {}
  Cells(const Cells& other) { keep(other.all()); }
  Cells(Cells&& other) noexcept { *this = std::move(other); }
  Cells& operator=(const Cells& other) { return *this = Cells(other); }
  Cells& operator=(Cells&& other) noexcept {
    size_ = std::exchange(other.size_, 0);
    own_ = std::move(other.own_);
    values_ = std::exchange(other.values_, nullptr);
    generator_ = other.generator_;
    row_id_ = other.row_id_;
    made_.store(other.made_.load(std::memory_order_relaxed), std::memory_order_relaxed);
    return *this;
  }

  std::size_t size() const { return size_; }
  const Value& operator[](std::size_t column) const {
    if (generator_ != nullptr && !is_made(column)) make(column);
    return values_[column];
  }
  Value& operator[](std::size_t column) {
    if (generator_ != nullptr) *this = Cells(*this);
    return values_[column];
  }
  // Every cell made.
  std::span<const Value> all() const {
    for (std::size_t c = 0; generator_ != nullptr && c < size_; ++c)
      if (!is_made(c)) make(c);
    return {values_, size_};
  }
  auto begin() const { return all().begin(); }
  auto end() const { return all().end(); }
  bool operator==(const Cells& other) const {
    return std::ranges::equal(all(), other.all());
  }

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
  void make(std::size_t column) const;  // generator.cc

  std::size_t size_ = 0;
  std::unique_ptr<Value[]> own_;  // none: the generator's
  Value* values_ = nullptr;       // own_ or into a part of the generator's
  const TableGenerator* generator_ = nullptr;
  std::int32_t row_id_ = -1;
  mutable std::atomic<std::uint64_t> made_{0};  // written under the generator's mutex
};

}  // namespace paperphone::app

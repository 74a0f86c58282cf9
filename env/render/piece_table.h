// A map that only grows: reading takes no lock, adding takes one. For small pieces
// that every thread needs hundreds of times a frame (glyphs, corners).
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "env/base/rng.h"

namespace paperphone::render {

template <class T>
class PieceTable {
 public:
  PieceTable() { grow(kFirstCapacity); }

  // The piece under `key`, made by make() the first time. The reference lives as long
  // as the table. make() is never called by two threads at once.
  template <class Make>
  const T& get(std::uint64_t key, Make make) {
    if (const Entry* entry = find(*slots_.load(std::memory_order_acquire), key))
      return entry->piece;
    const std::lock_guard lock(mutex_);
    if (const Entry* entry = find(*slots_.load(std::memory_order_relaxed), key))
      return entry->piece;
    entries_.push_back(std::make_unique<const Entry>(Entry{key, make()}));
    Slots* slots = slots_.load(std::memory_order_relaxed);
    if (entries_.size() * 2 > slots->size()) {
      grow(slots->size() * 2);
    } else {
      insert(*slots, entries_.back().get());
    }
    return entries_.back()->piece;
  }

 private:
  struct Entry {
    std::uint64_t key;
    T piece;
  };
  // The key stands in the slot too: a reader that has found its entry has not yet
  // waited for the entry's memory. It is valid once `entry` is not null.
  struct Slot {
    std::uint64_t key = 0;
    std::atomic<const Entry*> entry = nullptr;
  };
  using Slots = std::vector<Slot>;
  static constexpr std::size_t kFirstCapacity = 1024;  // power of two

  static const Entry* find(const Slots& slots, std::uint64_t key) {
    const std::size_t mask = slots.size() - 1;
    for (std::size_t i = Rng::mix(key) & mask;; i = (i + 1) & mask) {
      const Entry* entry = slots[i].entry.load(std::memory_order_acquire);
      if (!entry || slots[i].key == key) return entry;
    }
  }

  static void insert(Slots& slots, const Entry* entry) {
    const std::size_t mask = slots.size() - 1;
    std::size_t i = Rng::mix(entry->key) & mask;
    while (slots[i].entry.load(std::memory_order_relaxed)) i = (i + 1) & mask;
    slots[i].key = entry->key;
    slots[i].entry.store(entry, std::memory_order_release);
  }

  // Readers may still look at the old slots, so those are kept.
  void grow(std::size_t capacity) {
    all_slots_.push_back(std::make_unique<Slots>(capacity));
    for (const auto& entry : entries_) insert(*all_slots_.back(), entry.get());
    slots_.store(all_slots_.back().get(), std::memory_order_release);
  }

  std::mutex mutex_;
  std::vector<std::unique_ptr<const Entry>> entries_;  // guarded by mutex_
  std::vector<std::unique_ptr<Slots>> all_slots_;      // guarded by mutex_
  std::atomic<Slots*> slots_ = nullptr;
};

}  // namespace paperphone::render

#include "env/base/lru.h"

#include <gtest/gtest.h>

#include <string>

namespace paperphone {
namespace {

TEST(Lru, ForgetsTheLeastRecentlyUsed) {
  Lru<std::string, int> lru(30);
  for (const char* key : {"a", "b", "c"}) EXPECT_TRUE(lru.add(key, key[0], 10));
  EXPECT_EQ(*lru.find("a"), 'a');
  EXPECT_TRUE(lru.add("d", 'd', 10));
  EXPECT_EQ(lru.find("b"), nullptr);
  EXPECT_EQ(lru.entries().front().key, "d");
  EXPECT_EQ(lru.entries().back().key, "c");
  EXPECT_EQ(lru.bytes(), 30u);
}

TEST(Lru, KeepsTheFirstValueOfAKey) {
  Lru<int, int> lru(30);
  EXPECT_TRUE(lru.add(1, 5, 10));
  EXPECT_FALSE(lru.add(1, 6, 10));
  EXPECT_EQ(*lru.find(1), 5);
}

TEST(Lru, RefusesWhatExceedsTheBoundAlone) {
  Lru<int, int> lru(30);
  EXPECT_TRUE(lru.add(1, 5, 30));
  EXPECT_FALSE(lru.add(2, 6, 31));
  EXPECT_EQ(*lru.find(1), 5);
}

TEST(Lru, AnErasedEntryMayGiveItsOwnKey) {
  Lru<std::string, int> lru(30);
  lru.add("a", 1, 10);
  lru.add("b", 2, 10);
  lru.erase(lru.entries().back().key);
  EXPECT_EQ(lru.find("a"), nullptr);
  EXPECT_EQ(lru.bytes(), 10u);
}

TEST(Lru, ALowerBoundForgetsAtOnce) {
  Lru<int, int> lru(30);
  for (int key : {1, 2, 3}) lru.add(key, key, 10);
  lru.set_max_bytes(15);
  EXPECT_EQ(lru.find(2), nullptr);
  EXPECT_EQ(*lru.find(3), 3);
}

TEST(SharedLru, TheLeastRecentlyUsedGoesFirst) {
  SharedLru<int, int> lru(30);
  const auto add = [&](int key) { lru.add(key, std::make_shared<const int>(key), 10); };
  add(1);
  add(2);
  add(3);
  EXPECT_NE(lru.find(1), nullptr);
  add(4);
  EXPECT_EQ(lru.find(2), nullptr);
  EXPECT_NE(lru.find(1), nullptr);
  EXPECT_NE(lru.find(3), nullptr);
  EXPECT_NE(lru.find(4), nullptr);
  EXPECT_EQ(lru.bytes(), 30u);
}

TEST(SharedLru, WhatExceedsTheBoundIsReturnedButNotKept) {
  SharedLru<int, int> lru(30);
  EXPECT_EQ(*lru.add(1, std::make_shared<const int>(5), 31), 5);
  EXPECT_EQ(lru.find(1), nullptr);
}

TEST(SharedLru, TheFirstOfTwoValuesStays) {
  SharedLru<int, int> lru(30);
  lru.add(1, std::make_shared<const int>(5), 10);
  EXPECT_EQ(*lru.add(1, std::make_shared<const int>(6), 10), 5);
}

}  // namespace
}  // namespace paperphone

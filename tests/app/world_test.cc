#include "env/app/world/world.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

namespace paperphone::app {
namespace {

World small_world() {
  World world;
  AppData data;
  data.vars = {Value::of_int(1), Value::of_text("a")};
  data.tables.resize(2);
  for (int i = 0; i < 5; ++i) {
    data.tables[0].edit().append(std::vector<Value>{Value::of_int(i), Value::of_text("x")});
    data.tables[1].edit().append(std::vector<Value>{Value::of_int(i)});
  }
  world.apps.emplace_back(std::move(data));
  return world;
}

Hash128 hash(const World& world) {
  Hasher hasher;
  world.add_to(hasher);
  return hasher.finish();
}

TEST(World, ACopySharesEverything) {
  const World a = small_world();
  const World b = a;
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.apps[0].identity(), b.apps[0].identity());
}

TEST(World, AnEditReplacesOnlyThePartsOnItsPath) {
  const World before = small_world();
  World after = before;
  after.find_for_edit({0, 0, 2})->cells[0] = Value::of_int(99);
  EXPECT_EQ(before.find({0, 0, 2})->cells[0], Value::of_int(2));
  EXPECT_EQ(after.find({0, 0, 2})->cells[0], Value::of_int(99));
  const auto& old_tables = before.apps[0]->tables;
  const auto& new_tables = after.apps[0]->tables;
  EXPECT_NE(old_tables[0].identity(), new_tables[0].identity());
  EXPECT_EQ(old_tables[1].identity(), new_tables[1].identity());
  EXPECT_EQ(old_tables[0]->rows[1].identity(), new_tables[0]->rows[1].identity());
  EXPECT_FALSE(before == after);
  EXPECT_NE(hash(before), hash(after));
}

TEST(World, UndoingAnEditRestoresValueAndHash) {
  const World before = small_world();
  World after = before;
  after.find_for_edit({0, 0, 2})->cells[0] = Value::of_int(99);
  hash(after);
  after.find_for_edit({0, 0, 2})->cells[0] = Value::of_int(2);
  EXPECT_EQ(before, after);
  EXPECT_EQ(hash(before), hash(after));
}

TEST(World, RowsKeepTheirIdsWhenOthersVanish) {
  World world = small_world();
  Table& table = world.apps[0].edit().tables[0].edit();
  EXPECT_TRUE(table.erase(1));
  EXPECT_FALSE(table.erase(1));
  EXPECT_EQ(world.find({0, 0, 1}), nullptr);
  EXPECT_EQ(world.find({0, 0, 4})->cells[0], Value::of_int(4));
  EXPECT_EQ(table.append(std::vector<Value>{Value::of_int(7), Value()}), 5);
  EXPECT_EQ(world.find({0, 0, 5})->cells[0], Value::of_int(7));
}

TEST(World, AReferenceToNowhereFindsNothing) {
  World world = small_world();
  const World before = world;
  for (const Ref ref : {Ref{}, Ref{0, 0, 99}, Ref{0, 9, 0}, Ref{9, 0, 0}, Ref{-1, -1, 0}}) {
    EXPECT_EQ(world.find(ref), nullptr);
    EXPECT_EQ(world.find_for_edit(ref), nullptr);
  }
  EXPECT_EQ(world.apps[0].identity(), before.apps[0].identity());
}

// Copies that other threads read and drop: the last owner edits in place, behind all
// that they read (run it under tsan).
TEST(World, CopiesMayBeReadAndDroppedByOtherThreads) {
  for (int round = 0; round < 200; ++round) {
    World world = small_world();
    std::vector<std::thread> readers;
    std::atomic<std::int64_t> sum{0};
    for (int i = 0; i < 3; ++i) {
      readers.emplace_back([copy = std::make_unique<World>(world), &sum]() mutable {
        Hasher hasher;
        copy->add_to(hasher);
        sum += copy->find({0, 0, 2})->cells[0].as_int();
        copy->find_for_edit({0, 0, 2})->cells[0] = Value::of_int(50);
        copy.reset();
      });
    }
    for (int i = 0; i < 20; ++i) {
      world.find_for_edit({0, 0, 2})->cells[0] = Value::of_int(100 + i);
      world.apps[0].edit().vars[0] = Value::of_int(i);
    }
    for (std::thread& reader : readers) reader.join();
    EXPECT_EQ(sum, 6);
    EXPECT_EQ(world.find({0, 0, 2})->cells[0], Value::of_int(119));
  }
}

TEST(Value, OrderAndEqualityGoByValue) {
  EXPECT_EQ(Value::of_text("a"), Value::of_text("a"));
  EXPECT_FALSE(Value::of_int(0) == Value());
  EXPECT_TRUE(Value().less_than(Value::of_int(-5)));
  EXPECT_TRUE(Value::of_text("a").less_than(Value::of_text("b")));
  EXPECT_FALSE(Value::of_int(3).less_than(Value::of_int(3)));
  EXPECT_TRUE(Value::of_ref({}).is_none());
}

}  // namespace
}  // namespace paperphone::app

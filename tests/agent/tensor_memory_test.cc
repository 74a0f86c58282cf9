#include "agent/ops/tensor_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>

#include "agent/ops/tensor.h"
#include "env/base/rng.h"

namespace paperphone::agent {
namespace {

torch::Tensor bytes_of(std::int64_t count) {
  return torch::empty({count}, torch::kUInt8);
}

TEST(TensorMemory, BlocksAreAlignedAndHoldWhatWasAskedFor) {
  keep_tensor_memory();
  for (const std::int64_t size :
       {1, 63, 4096, (128 << 10) - 1, 128 << 10, 1 << 20, (1 << 20) + 1, 5'000'001}) {
    auto tensor = bytes_of(size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.data_ptr()) % 64, 0u) << size;
    tensor.fill_(7);
    EXPECT_EQ(tensor.sum().item<std::int64_t>(), 7 * size);
  }
  EXPECT_EQ(bytes_of(0).numel(), 0);
}

TEST(TensorMemory, ClassesLoseAtMostAnEighthAndAPage) {
  for (std::size_t bytes = 128 << 10; bytes < std::size_t(1) << 33;
       bytes += bytes / 37) {
    const std::size_t block = tensor_block_bytes(bytes);
    EXPECT_GE(block, bytes + 64);
    EXPECT_LE(block, bytes + bytes / 8 + 4096 + 64);
    EXPECT_EQ(block % 4096, 0u);
  }
}

TEST(TensorMemory, TheSameShapeComesBackWithoutTheSystem) {
  keep_tensor_memory();
  const void* first = nullptr;
  {
    const auto tensor = bytes_of(3 << 20);
    first = tensor.data_ptr();
  }
  const std::size_t held = tensor_memory().held;
  const auto again = bytes_of(3 << 20);
  EXPECT_EQ(again.data_ptr(), first);
  EXPECT_EQ(tensor_memory().held, held);
}

TEST(TensorMemory, WhateverShapesComeWhatIsHeldStaysBounded) {
  keep_tensor_memory();
  Rng rng(5);
  std::vector<torch::Tensor> kept(40);
  for (int i = 0; i < 20'000; ++i) {
    auto& place = kept[std::size_t(rng.below(kept.size()))];
    place = torch::Tensor();
    place = bytes_of(std::int64_t(1000 + rng.below(4 << 20)));
    const TensorMemory memory = tensor_memory();
    ASSERT_LE(memory.lent, memory.held);
    ASSERT_LE(memory.held, tensor_memory_limit(memory.most_lent));
  }
  const std::size_t lent = tensor_memory().lent;
  kept.clear();
  EXPECT_LT(tensor_memory().lent, lent);
}

TEST(TensorMemory, ThreadsMayGiveBackWhatOthersTook) {
  keep_tensor_memory();
  const std::size_t before = tensor_memory().lent;
  std::vector<torch::Tensor> taken(64);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (std::size_t i = std::size_t(t); i < taken.size(); i += 4)
        taken[i] = bytes_of(std::int64_t(100'000 + i * 30'000));
    });
  for (auto& thread : threads) thread.join();
  std::thread([&] { taken.clear(); }).join();
  EXPECT_EQ(tensor_memory().lent, before);
}

TEST(TensorMemory, TooMuchIsAnErrorAndNothingIsLost) {
  keep_tensor_memory();
  const TensorMemory before = tensor_memory();
  EXPECT_THROW(bytes_of(std::int64_t(1) << 47), c10::Error);
  EXPECT_EQ(tensor_memory().lent, before.lent);
}

}  // namespace
}  // namespace paperphone::agent

#include "env/base/host/memory.h"

#include <gtest/gtest.h>

#include <vector>

namespace paperphone {
namespace {

TEST(Memory, ThePeakGrowsWithWhatIsTouchedAndStays) {
  const std::int64_t before = peak_resident_bytes();
  ASSERT_GT(before, 0);
  {
    const std::vector<char> touched(std::size_t(64) << 20, 1);
    EXPECT_GE(peak_resident_bytes(), std::int64_t(64) << 20);
  }
  EXPECT_GE(peak_resident_bytes(), std::int64_t(64) << 20);
  EXPECT_LT(megabytes(peak_resident_bytes()), 1e6);
  EXPECT_GT(available_memory_bytes(), 0);
}

}  // namespace
}  // namespace paperphone

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

TEST(Memory, ThePeakCanBeTakenAnew) {
  { const std::vector<char> touched(std::size_t(256) << 20, 1); }
  const std::int64_t high = peak_resident_bytes();
  reset_peak_resident();
  const std::int64_t now = peak_resident_bytes();
  ASSERT_GT(now, 0);
  if (now == high) GTEST_SKIP() << "this system does not let a process do that";
  EXPECT_LT(now, high - (std::int64_t(128) << 20));
}

}  // namespace
}  // namespace paperphone

#include "env/base/host/version.h"

#include <gtest/gtest.h>

#include <regex>

namespace paperphone {
namespace {

TEST(Version, IsThreeNumbersAndAHashOrUnknown) {
  EXPECT_TRUE(std::regex_match(version(), std::regex(R"(\d+\.\d+\.\d+)"))) << version();
  EXPECT_TRUE(std::regex_match(git_hash(), std::regex("[0-9a-f]{12}|unknown")))
      << git_hash();
}

}  // namespace
}  // namespace paperphone

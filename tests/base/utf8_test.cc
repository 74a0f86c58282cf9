#include "env/base/utf8.h"

#include <gtest/gtest.h>

namespace paperphone {
namespace {

TEST(Utf8, RoundTripsEveryPlane) {
  const std::string text = "aé中😀";
  EXPECT_EQ(to_utf32(text), U"aé中😀");
  EXPECT_EQ(to_utf8(to_utf32(text)), text);
  EXPECT_EQ(count_code_points(text), 4);
}

TEST(Utf8, BrokenBytesBecomeReplacementCharacters) {
  EXPECT_EQ(to_utf32("\xff"), U"\uFFFD");
  EXPECT_EQ(to_utf32("\xe4\xbd"), U"\uFFFD");          // cut short
  EXPECT_EQ(to_utf32("\xc0\x80"), U"\uFFFD");          // overlong
  EXPECT_EQ(to_utf32("\xed\xa0\x80"), U"\uFFFD");      // surrogate
  EXPECT_EQ(to_utf32("\xe4" "a"), U"\uFFFD" U"a");     // the next one survives
}

}  // namespace
}  // namespace paperphone

#include "env/base/utf8.h"

#include <gtest/gtest.h>

#include <iterator>
#include <utility>

#include "env/base/rng.h"

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

// What is broken about it, and what is stored for it.
const std::pair<std::string, std::string> kEscaped[] = {
    {"", ""},
    {"点击“确定”", "点击“确定”"},
    {"\xFF", "\\xFF"},                              // never part of UTF-8
    {"a\x80" "b", "a\\x80b"},                        // goes on without a beginning
    {"\xE4\xBD", "\\xE4\\xBD"},                    // cut short at the end
    {"\xE4\xBD好", "\\xE4\\xBD好"},                // and before another
    {"\xF0\x9F\x98", "\\xF0\\x9F\\x98"},         // three quarters of an emoji
    {"\xC0\x80", "\\xC0\\x80"},                    // overlong
    {"\xE0\x80\xAF", "\\xE0\\x80\\xAF"},
    {"\xED\xA0\x80", "\\xED\\xA0\\x80"},         // a surrogate
    {"\xF4\x90\x80\x80", "\\xF4\\x90\\x80\\x80"},  // past the last plane
    {"\xF8\x88\x80\x80\x80", "\\xF8\\x88\\x80\\x80\\x80"},
    {"\xC4\xE3\xBA\xC3", "\\xC4\\xE3\\xBA\\xC3"},  // 你好 in GBK
    {"\xEF\xBF\xBD", "\xEF\xBF\xBD"},               // U+FFFD itself
    {std::string("a\0b", 3), std::string("a\0b", 3)},
    {"\\n \\x41 \\xzz \\", "\\n \\x41 \\xzz \\"},  // no escapes of ours
    {"\\xE4", "\\x5CxE4"},                          // reads like one
    {"\\x5C", "\\x5Cx5C"},
    {"\\\\xE4", "\\\\x5CxE4"},
};

TEST(Utf8, BytesAreEscapedAndGivenBack) {
  for (const auto& [bytes, escaped] : kEscaped) {
    EXPECT_EQ(escape_bytes(bytes), escaped);
    EXPECT_EQ(unescape_bytes(escaped), bytes) << escaped;
    EXPECT_TRUE(is_utf8(escaped)) << escaped;
  }
}

TEST(Utf8, AnyBytesAreGivenBack) {
  Rng rng(5);
  constexpr std::string_view kParts[] = {"\\", "x", "E4", "5C", "\xE4", "\xBD", "\xA0",
                                         "\xF0\x9F", "\xED\xA0\x80", "你", "\xC0"};
  for (int i = 0; i < 20000; ++i) {
    std::string bytes;
    for (std::uint64_t n = rng.below(9); n > 0; --n) {
      if (rng.chance(0.2)) {
        bytes += char(rng.below(256));
      } else {
        bytes += kParts[rng.below(std::size(kParts))];
      }
    }
    const std::string escaped = escape_bytes(bytes);
    ASSERT_TRUE(is_utf8(escaped));
    ASSERT_EQ(unescape_bytes(escaped), bytes) << escaped;
  }
}

}  // namespace
}  // namespace paperphone

#include "env/base/bytes.h"

#include <gtest/gtest.h>

#include "tests/env/counting_env.h"

namespace paperphone {
namespace {

using testing::error_of;

TEST(Bytes, ComeBackAsTheyWere) {
  ByteWriter out;
  out.put(std::int16_t{-2}).put(std::uint64_t{1} << 63).put(true).put(1.5f).put(-0.1);
  out.put_text("纸").put(Hash128{1, 2});
  ByteReader in(out.bytes(), "test");
  EXPECT_EQ(in.get<std::int16_t>(), -2);
  EXPECT_EQ(in.get<std::uint64_t>(), std::uint64_t{1} << 63);
  EXPECT_TRUE(in.get_bool("flag"));
  EXPECT_EQ(in.get_float(), 1.5f);
  EXPECT_EQ(in.get_double(), -0.1);
  EXPECT_EQ(in.get_text(), "纸");
  EXPECT_EQ(in.get_hash(), (Hash128{1, 2}));
  in.finish();
}

TEST(Bytes, AreLittleEndianOnEveryMachine) {
  ByteWriter out;
  out.put(std::uint32_t{0x01020304}).put_text("ab");
  EXPECT_EQ(out.bytes(),
            (std::vector<std::uint8_t>{4, 3, 2, 1, 2, 0, 0, 0, 'a', 'b'}));
}

TEST(Bytes, EveryFaultIsNamed) {
  ByteWriter out;
  out.put(std::uint8_t{9}).put(std::uint32_t{0xFFFFFFFF});
  const auto& bytes = out.bytes();
  EXPECT_EQ(error_of([&] { ByteReader(bytes, "test").get_bool("flag"); }),
            "test: byte 1: 'flag' is 9, but may be 0 to 1");
  EXPECT_EQ(error_of([&] { ByteReader(bytes, "test").get<std::uint64_t>(); }),
            "test: byte 0: 8 bytes are needed, but 5 are left");
  EXPECT_EQ(error_of([&] {
              ByteReader in(bytes, "test");
              in.get<std::uint8_t>();
              in.get_count(2);  // four billion entries are not allocated
            }),
            "test: byte 5: a list of 4294967295 entries, but only 0 bytes are left");
  EXPECT_EQ(error_of([&] { ByteReader(bytes, "test").finish(); }),
            "test: byte 0: 5 bytes are left over");
}

}  // namespace
}  // namespace paperphone

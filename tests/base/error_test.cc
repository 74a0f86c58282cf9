#include "env/base/error.h"

#include <gtest/gtest.h>

namespace paperphone {
namespace {

template <class Kind, class Thrown>
std::string said(const Thrown& thrown) {
  try {
    rethrow_with("row 3", std::make_exception_ptr(thrown));
  } catch (const Kind& error) {
    return error.what();
  } catch (...) {
    return "another kind";
  }
}

TEST(RethrowWith, KeepsTheKindAndSaysWhere) {
  EXPECT_EQ(said<ConfigError>(ConfigError("unknown app")), "row 3: unknown app");
  EXPECT_EQ(said<DataError>(DataError("cut short")), "row 3: cut short");
  EXPECT_EQ(said<DeviceError>(DeviceError("gone")), "row 3: gone");
}

TEST(RethrowWith, MakesAnErrorOfWhatIsNoneOfOurs) {
  EXPECT_EQ(said<Error>(std::out_of_range("at 7")), "row 3: at 7");
  EXPECT_EQ(said<Error>(42), "row 3: threw something that is no std::exception");
}

}  // namespace
}  // namespace paperphone

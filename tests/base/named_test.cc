#include "env/base/named.h"

#include <gtest/gtest.h>

namespace paperphone {
namespace {

enum class Size { kSmall, kLarge };
constexpr Named<Size> kSizes[] = {{"small", Size::kSmall}, {"large", Size::kLarge}};
constexpr std::span<const Named<Size>> kAll(kSizes);

TEST(Named, EachWordGivesItsValueAndBack) {
  for (const auto& [name, value] : kSizes) {
    EXPECT_EQ(value_named(kAll, name), value);
    EXPECT_EQ(name_of(kAll, value), name);
  }
}

TEST(Named, ListsTheWordsInTheirOrder) {
  EXPECT_EQ(names_of(kAll), (std::vector<std::string>{"small", "large"}));
}

}  // namespace
}  // namespace paperphone

// The shop's products look like what they are called.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "env/app/loader.h"
#include "env/app/world/generator.h"

namespace paperphone::app {
namespace {

constexpr int kThings = 24;  // of pictures of goods: env/render/README.md

TEST(ShopPictures, EveryProductHasOneAndAllThingsAreSold) {
  const AppSet apps = load_apps(default_apps_dir());
  const std::size_t shop = std::size_t(apps.find("shop"));
  const AppSpec& spec = apps.apps[shop];
  const std::size_t product = std::size_t(spec.table("product"));
  const int name = spec.tables[product].column("name");
  const int look = spec.tables[product].column("look");
  const std::pair<std::string, int> expected[] = {
      {"支架", 14}, {"键盘", 16}, {"坚果", 12}, {"曲奇", 13},
      {"炒锅", 20}, {"浴巾", 19}, {"汽车", 23}, {"牛仔裤", 17}};
  std::set<std::int64_t> sold;
  std::set<std::string> met;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const World world = make_world(apps, Rng(seed));
    for (const auto& row : world.apps[shop]->tables[product]->rows) {
      const std::string_view text = row->cells[std::size_t(name)].as_text();
      const Value& picture = row->cells[std::size_t(look)];
      ASSERT_FALSE(picture.is_none()) << text << ": no line of things.csv fits";
      const std::int64_t thing = picture.as_int() % kThings;
      sold.insert(thing);
      for (const auto& [word, number] : expected) {
        if (text.find(word) == std::string::npos) continue;
        EXPECT_EQ(thing, number) << text;
        met.insert(word);
      }
    }
  }
  EXPECT_EQ(sold.size(), std::size_t(kThings));
  EXPECT_EQ(met.size(), std::size(expected));
}

}  // namespace
}  // namespace paperphone::app

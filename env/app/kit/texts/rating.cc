#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {either(kBind, kPlace, "int"),
                               either(kValue, kNumberExpr), may(kLabel, kTemplate),
                               may(kCaption, kTemplate)};
constexpr PartRule star(std::string_view name, std::int8_t number,
                        std::string_view called) {
  return {.name = name,
          .tap = Default::kStar,
          .writes = kBind,
          .amount = number,
          .role = Role::kRadio,
          .called = called};
}
constexpr PartRule kParts[] = {
    star("1", 1, "一星"), star("2", 2, "两星"), star("3", 3, "三星"),
    star("4", 4, "四星"), star("5", 5, "五星"),
};

}  // namespace

constinit const Component rating = {
    .name = "rating",
    .help = "stars: `bind` takes 1 to 5, `value` shows tenths (47: 4.7)",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kText, .called = "星级"},
    .parts = kParts,
    .use = Use::kBoth,
    .search = Search::kSkip,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

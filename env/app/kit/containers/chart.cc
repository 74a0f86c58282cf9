#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr auto kChartProps =
    join(kRowProps, must(kItem, kWidget), must(kStyle, kName, "bar line pie"),
         may(kTitle, kTemplate), may(kValue, kTemplate), may(kHeight, kInteger));
constexpr PropRule kPointProps[] = {must(kValue, kAmountExpr), must(kLabel, kTemplate),
                                    may(kColor, kColorName), may(kSelected, kBool)};

}  // namespace

constinit const Component chart = {
    .name = "chart",
    .help = "a `point` per row, as bars, a line or a pie",
    .props = kChartProps,
    .whole = {.role = Role::kImage},
    .item = "point",
};

constinit const Component point = {
    .name = "point",
    .help = "a value of a chart",
    .props = kPointProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .only_in = "chart",
};

}  // namespace paperphone::app::kit

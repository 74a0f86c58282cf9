#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr auto kMapProps = join(must(kPicture, kSeedExpr), must(kHeight, kInteger),
                                kRowProps, must(kItem, kWidget), may(kLine, kBool));
constexpr PropRule kPinProps[] = {
    must(kX, kNumberExpr), must(kY, kNumberExpr),   may(kLabel, kTemplate),
    may(kIcon, kIconName), may(kColor, kColorName), may(kStyle, kName, "pin dot"),
    may(kSelected, kBool)};

}  // namespace

constinit const Component map = {
    .name = "map",
    .help = "a street map with a `pin` per row; `line` joins them in their order",
    .props = kMapProps,
    .whole = {.role = Role::kImage},
    .item = "pin",
};

constinit const Component pin = {
    .name = "pin",
    .help = "a place on a map, `x` and `y` in thousandths of its sides",
    .props = kPinProps,
    .whole = {.role = Role::kButton, .plain = Role::kText},
    .only_in = "map",
};

}  // namespace paperphone::app::kit

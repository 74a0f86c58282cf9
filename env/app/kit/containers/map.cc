#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr auto kMapProps = join(
    must(kPicture, kSeedExpr), must(kHeight, kInteger), kRowProps, must(kItem, kWidget),
    may(kLine, kBool), all(kBindX, kPlace, "int"), all(kBindY, kPlace, "int"),
    all(kZoom, kPlace, "int"), all(kHereX, kNumberExpr), all(kHereY, kNumberExpr));
constexpr PartRule zoom(std::string_view name, std::int8_t amount,
                        std::string_view called) {
  return {.name = name,
          .tap = Default::kZoom,
          .writes = kZoom,
          .amount = amount,
          .called = called};
}
constexpr PartRule kMapParts[] = {
    zoom("plus", 1, "放大"),
    zoom("minus", -1, "缩小"),
    {.name = "locate", .tap = Default::kLocate, .writes = kZoom, .called = "定位"},
};
constexpr PropRule kPinProps[] = {
    must(kX, kNumberExpr), must(kY, kNumberExpr),   may(kLabel, kTemplate),
    may(kIcon, kIconName), may(kColor, kColorName), may(kStyle, kName, "pin dot"),
    may(kSelected, kBool)};

}  // namespace

constinit const Component map = {
    .name = "map",
    .help =
        "a street map with a `pin` per row; `line` joins them in their order. With "
        "`bind_x`, `bind_y` (its middle, in thousandths of the whole), `zoom` (0, the "
        "whole, "
        "to 4) and `here_x`, `here_y` (the blue dot) it is dragged and zoomed; its "
        "streets "
        "have names of the lexicon `street`",
    .props = kMapProps,
    .whole = {.role = Role::kImage, .called = "地图"},
    .parts = kMapParts,
    .swipes = Swipes::kPans,
    .search = Search::kSubmit,
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

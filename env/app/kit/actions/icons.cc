#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kItems, kItemList, kItemKeys),
                               may(kColumns, kInteger),
                               may(kStyle, kName, "tinted filled plain")};
constexpr PartRule kParts[] = {
    {.name = "*", .list = kItems},
};

}  // namespace

constinit const Component icons = {
    .name = "icons",
    .help = "a grid of icons with labels; `columns` (default 5)",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {may(kItems, kItemList, "id label icon badge show go")};
constexpr PartRule kParts[] = {
    {.name = "*", .list = kItems, .tap = Default::kTab, .role = Role::kTab},
};

}  // namespace

constinit const Component tab = {
    .name = "tab",
    .help = "made from the app's `tabs`",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .made_by_loader = true,
};

}  // namespace paperphone::app::kit

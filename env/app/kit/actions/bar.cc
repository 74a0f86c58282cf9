#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {may(kItems, kItemList, "id label icon badge show")};
constexpr PartRule kParts[] = {
    {.name = "back", .tap = Default::kLeave, .called = "返回键"},
    {.name = "*", .list = kItems},
};

}  // namespace

constinit const Component bar = {
    .name = "bar",
    .help = "made from `title` and `actions`",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .made_by_loader = true,
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {may(kItems, kItemList, kItemKeys),
                               must(kButtons, kItemList, kButtonKeys),
                               may(kTotal, kTemplate),
                               may(kChecked, kPlace, "bool"),
                               may(kCheckLabel, kTemplate),
                               may(kEnabled, kBool)};
constexpr PartRule kParts[] = {
    {.name = "*", .list = kItems},
    {.name = "*", .list = kButtons},
    {.name = "check",
     .tap = Default::kFlip,
     .writes = kChecked,
     .role = Role::kCheckBox, .called = "勾选圈"},
};

}  // namespace

constinit const Component action_bar = {
    .name = "action_bar",
    .help = "footer of a product or cart: icons, total, buttons; taps: <id>.<item>",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kPrice, kTemplate),   must(kTitle, kTemplate),
                               may(kSubtitle, kTemplate), may(kCaption, kTemplate),
                               may(kLabel, kTemplate),    may(kEnabled, kBool)};
constexpr PartRule kParts[] = {
    {.name = "use", .called = "使用按钮"},
};

}  // namespace

constinit const Component coupon = {
    .name = "coupon",
    .help = "a ticket: the amount, what for, until when, a button",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .parts = kParts,
    .stands_apart = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr auto kProps =
    join(must(kBind, kPlace, "int"), kRowProps, must(kItem, kWidget));
constexpr PartRule kParts[] = {
    step("previous", Default::kPage, -1),
    step("next", Default::kPage, 1),
};

}  // namespace

constinit const Component carousel = {
    .name = "carousel",
    .help = "one row at a time, number `bind` from 0, with dots; swipes turn it",
    .props = kProps,
    .whole = {.role = Role::kImage, .called = "轮播图"},
    .parts = kParts,
    .use = Use::kBoth,
    .swipes = Swipes::kPages,
    .lies_under_item = true,
};

}  // namespace paperphone::app::kit

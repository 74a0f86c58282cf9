#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kFrom, kTemplate), must(kTo, kTemplate)};
constexpr PartRule kParts[] = {
    {.name = "from", .called = "出发地"},
    {.name = "to", .called = "目的地"},
    {.name = "swap", .called = "对调箭头"},
};

}  // namespace

constinit const Component route = {
    .name = "route",
    .help = "from and to in large type with a swap button between",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

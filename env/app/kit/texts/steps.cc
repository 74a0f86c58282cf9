#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kItems, kLabelList, "id label show"),
                               must(kSelected, kNumberExpr)};
constexpr PartRule kParts[] = {
    {.name = "*", .list = kItems},
};

}  // namespace

constinit const Component steps = {
    .name = "steps",
    .help = "stages of an order; `selected` is the current one, from 0",
    .props = kProps,
    .parts = kParts,
};

}  // namespace paperphone::app::kit

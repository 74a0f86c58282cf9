#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kItems, kLabelList, "id label color show")};
constexpr PartRule kParts[] = {
    {.name = "*", .list = kItems, .role = Role::kButton, .plain = Role::kText},
};

}  // namespace

constinit const Component tags = {
    .name = "tags",
    .help = "small rounded labels in a row",
    .props = kProps,
    .parts = kParts,
};

}  // namespace paperphone::app::kit

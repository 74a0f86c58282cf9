#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kLabel, kTemplate), must(kValue, kTemplate),
                               may(kStyle, kName, "plain strong price")};

}  // namespace

constinit const Component info = {
    .name = "info",
    .help = "label at the left, value at the right",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .spacing = Spacing::kRow,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kValue, kTemplate), may(kWas, kTemplate),
                               may(kLabel, kTemplate), may(kCaption, kTemplate)};

}  // namespace

constinit const Component price = {
    .name = "price",
    .help = "a large price, the former one struck through",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kText},
};

}  // namespace paperphone::app::kit

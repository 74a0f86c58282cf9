#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {may(kIcon, kIconName), must(kValue, kTemplate)};

}  // namespace

constinit const Component empty = {
    .name = "empty",
    .help = "an icon and a sentence, centred",
    .props = kProps,
    .whole = {.role = Role::kText},
};

}  // namespace paperphone::app::kit

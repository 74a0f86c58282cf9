#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kValue, kTemplate), may(kIcon, kIconName),
                               may(kChevron, kBool)};

}  // namespace

constinit const Component notice = {
    .name = "notice",
    .help = "a tinted line with an icon",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kText},
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

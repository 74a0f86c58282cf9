#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kValue, kNumberExpr), must(kMax, kNumberExpr),
                               may(kTitle, kTemplate), may(kLabel, kTemplate)};

}  // namespace

constinit const Component progress_ring = {
    .name = "progress_ring",
    .help = "the same as a ring with a title in it",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kText},
};

}  // namespace paperphone::app::kit

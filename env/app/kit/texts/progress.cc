#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kValue, kNumberExpr), must(kMax, kNumberExpr),
                               may(kLabel, kTemplate)};

}  // namespace

constinit const Component progress = {
    .name = "progress",
    .help = "a bar of value over max",
    .props = kProps,
    .whole = {.role = Role::kText},
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kUntil, kInstantExpr), may(kLabel, kTemplate),
                               may(kEmptyText, kTemplate),
                               may(kStyle, kName, "boxes plain")};

}  // namespace

constinit const Component countdown = {
    .name = "countdown",
    .help = "hours, minutes, seconds to `until`; then the text `empty`",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kText},
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr auto kProps =
    join(kRowProps, may(kEmptyText, kTemplate), may(kGroupBy, kTemplate),
         may(kRail, kBool), may(kLoading, kBool), may(kError, kTemplate),
         must(kItem, kWidget), may(kStyle, kName, "plain card"));
constexpr PartRule kParts[] = {
    {.name = "retry", .called = "重试"},
};

}  // namespace

constinit const Component list = {
    .name = "list",
    .help = "one `item` widget per row of a table; `row` is the row inside it",
    .props = kProps,
    .whole = {.role = Role::kText},
    .parts = kParts,
    .spacing = Spacing::kRow,
    .has_no_face = true,
};

}  // namespace paperphone::app::kit

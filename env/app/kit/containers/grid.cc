#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr auto kProps =
    join(kRowProps, may(kEmptyText, kTemplate), may(kLoading, kBool),
         may(kError, kTemplate), must(kItem, kWidget), may(kColumns, kInteger));
constexpr PartRule kParts[] = {
    {.name = "retry", .called = "重试"},
};

}  // namespace

constinit const Component grid = {
    .name = "grid",
    .help = "like list, in `columns` columns (default 2)",
    .props = kProps,
    .whole = {.role = Role::kText},
    .parts = kParts,
    .has_no_face = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kValue, kTemplate), may(kSelected, kBool)};

}  // namespace

constinit const Component lyric = {
    .name = "lyric",
    .help = "a centred line, bright if selected",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
};

}  // namespace paperphone::app::kit

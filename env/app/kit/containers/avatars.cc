#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr auto kProps = join(kRowProps, must(kItem, kWidget), may(kLabel, kTemplate));

}  // namespace

constinit const Component avatars = {
    .name = "avatars",
    .help = "a `face` per row, one over the other",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText, .called = "头像"},
    .item = "face",
    .is_one_button = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kAvatar, kTemplate), may(kAvatarStyle, kWord, kAvatarWords), may(kAvatarColor, kColorName),
    may(kLabel, kTemplate), may(kBadge, kTemplate), may(kSelected, kBool)};

}  // namespace

constinit const Component face = {
    .name = "face",
    .help = "an avatar above a name; for grids",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kImage, .called = "头像"},
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kMine, kBool), must(kValue, kTemplate), must(kAvatar, kTemplate),
    may(kAvatarStyle, kWord, kAvatarWords), may(kAvatarColor, kColorName), may(kTime, kTemplate)};

}  // namespace

constinit const Component bubble = {
    .name = "bubble",
    .help = "a chat message",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .can_be_selected = true,
};

}  // namespace paperphone::app::kit

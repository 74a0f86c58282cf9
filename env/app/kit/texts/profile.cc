#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kTitle, kTemplate), may(kSubtitle, kTemplate),
    may(kAvatar, kTemplate), may(kAvatarStyle, kWord, kAvatarWords), may(kAvatarColor, kColorName),
    may(kChevron, kBool),    may(kStyle, kName, "plain accent")};

}  // namespace

constinit const Component profile = {
    .name = "profile",
    .help = "a header with avatar, name and caption",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kText},
    .can_be_header = true,
};

}  // namespace paperphone::app::kit

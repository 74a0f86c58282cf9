#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kMine, kBool),
                               some(kValue, kTemplate),
                               some(kPicture, kSeedExpr),
                               may(kPictureKind, kWord, kPictureWords),
                               some(kSeconds, kNumberExpr),
                               some(kCardTitle, kTemplate),
                               some(kPacket, kTemplate),
                               may(kIcon, kIconName),
                               may(kCaption, kTemplate),
                               may(kMuted, kBool),
                               must(kAvatar, kTemplate),
                               may(kAvatarStyle, kWord, kAvatarWords),
                               may(kAvatarColor, kColorName),
                               may(kSender, kTemplate),
                               may(kSubtitle, kTemplate),
                               may(kTime, kTemplate)};
constexpr PartRule kParts[] = {{.name = "avatar", .called = "头像"}};

}  // namespace

constinit const Component bubble = {
    .name = "bubble",
    .help =
        "a chat message: the first of `packet`, `card`, `seconds` (a voice message), "
        "`picture` that is not empty, else `value`; `caption` is a packet's or card's "
        "foot, `muted` an opened packet, `subtitle` what it quotes",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .parts = kParts,
    .can_be_selected = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kTitle, kTemplate),
                               may(kSubtitle, kTemplate),
                               may(kValue, kTemplate),
                               may(kIcon, kIconName),
                               may(kIconColor, kColorName),
                               may(kAvatar, kTemplate),
                               may(kAvatarStyle, kWord, kAvatarWords),
                               may(kAvatarColor, kColorName),
                               may(kApp, kTemplate),
                               may(kPicture, kSeedExpr),
                               may(kPictureKind, kWord, kPictureWords),
                               may(kBadge, kTemplate),
                               may(kTag, kTemplate),
                               may(kChevron, kBool),
                               may(kEnabled, kBool),
                               may(kStyle, kName, "plain danger center"),
                               may(kSelected, kBool),
                               may(kActions, kItemList, kButtonKeys)};
constexpr PartRule kParts[] = {
    {.name = "*", .list = kActions},
};

}  // namespace

constinit const Component cell = {
    .name = "cell",
    .help =
        "the universal row: icon, avatar, picture or the icon of `app` (an id or a "
        "title); title, subtitle; value, badge, chevron",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .parts = kParts,
    .spacing = Spacing::kRow,
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

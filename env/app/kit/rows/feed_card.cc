#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kPicture, kSeedExpr),
                               may(kPictureKind, kWord, kPictureWords),
                               must(kTitle, kTemplate),
                               must(kAvatar, kTemplate),
                               may(kAvatarStyle, kWord, kAvatarWords), may(kAvatarColor, kColorName),
                               may(kCaption, kTemplate),
                               may(kCount, kTemplate),
                               may(kLiked, kPlace, "bool"),
                               may(kTag, kTemplate)};
constexpr PartRule kParts[] = {
    {.name = "like", .tap = Default::kFlip, .writes = kLiked, .role = Role::kCheckBox,
     .called = "赞"},
};

}  // namespace

constinit const Component feed_card = {
    .name = "feed_card",
    .help = "a picture of its own height above title, author and likes; for grids",
    .props = kProps,
    .whole = {.role = Role::kListItem},
    .parts = kParts,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kAvatar, kTemplate),    may(kAvatarStyle, kWord, kAvatarWords), may(kAvatarColor, kColorName),
    must(kTitle, kTemplate),     may(kSubtitle, kTemplate),
    must(kValue, kTemplate),     may(kPicture, kSeedExpr),
    may(kPictures, kNumberExpr), may(kPictureKind, kWord, kPictureWords),
    may(kTag, kTemplate),        may(kShares, kTemplate),
    may(kComments, kTemplate),   may(kCount, kTemplate),
    may(kLiked, kPlace, "bool")};
constexpr PartRule kParts[] = {
    {.name = "share", .called = "分享"},
    {.name = "comment", .called = "评论"},
    {.name = "like", .tap = Default::kFlip, .writes = kLiked, .role = Role::kCheckBox,
     .called = "赞"},
    {.name = "avatar", .called = "头像"},
    {.name = "pictures", .called = "图片"},
};

}  // namespace

constinit const Component post = {
    .name = "post",
    .help =
        "a friend's words with up to nine `pictures`, and what others did with them",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .parts = kParts,
};

}  // namespace paperphone::app::kit

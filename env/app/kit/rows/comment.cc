#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kAvatar, kTemplate), may(kAvatarStyle, kWord, kAvatarWords), may(kAvatarColor, kColorName),
    must(kTitle, kTemplate),  must(kValue, kTemplate),
    may(kTime, kTemplate),    may(kTag, kTemplate),
    may(kCount, kTemplate),   may(kLiked, kPlace, "bool"),
    may(kCaption, kTemplate)};
constexpr PartRule kParts[] = {
    {.name = "like", .tap = Default::kFlip, .writes = kLiked, .role = Role::kCheckBox,
     .called = "赞"},
    {.name = "reply", .called = "回复"},
    {.name = "avatar", .called = "头像"},
};

}  // namespace

constinit const Component comment = {
    .name = "comment",
    .help = "avatar, name, words, time, likes; `caption` opens the replies",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .parts = kParts,
    .spacing = Spacing::kRow,
};

}  // namespace paperphone::app::kit

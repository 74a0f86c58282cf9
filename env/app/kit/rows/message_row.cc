#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kTitle, kTemplate),
                               may(kSubtitle, kTemplate),
                               may(kTime, kTemplate),
                               must(kAvatar, kTemplate),
                               may(kAvatarStyle, kWord, kAvatarWords), may(kAvatarColor, kColorName),
                               may(kBadge, kTemplate),
                               may(kMuted, kBool),
                               may(kSelected, kBool),
                               may(kActions, kItemList, kButtonKeys)};
constexpr PartRule kParts[] = {
    {.name = "*", .list = kActions},
};

}  // namespace

constinit const Component message_row = {
    .name = "message_row",
    .help = "a conversation: avatar, name, last message, time, unread badge",
    .props = kProps,
    .whole = {.role = Role::kListItem},
    .parts = kParts,
    .spacing = Spacing::kRow,
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

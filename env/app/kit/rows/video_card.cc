#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kPicture, kSeedExpr), may(kPictureKind, kWord, kPictureWords),
    must(kTitle, kTemplate),   may(kCaption, kTemplate),
    may(kCount, kTemplate),    may(kDuration, kTemplate),
    may(kTag, kTemplate),      may(kStyle, kName, "card row")};

}  // namespace

constinit const Component video_card = {
    .name = "video_card",
    .help = "a picture with plays and duration on it, title and author",
    .props = kProps,
    .whole = {.role = Role::kListItem},
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kPicture, kSeedExpr), may(kPictureKind, kWord, kPictureWords),
    may(kTitle, kTemplate), may(kSubtitle, kTemplate), may(kHeight, kInteger),
    may(kAvatar, kTemplate)};
constexpr PartRule kParts[] = {{.name = "avatar", .called = "头像"}};

}  // namespace

constinit const Component banner = {
    .name = "banner",
    .help = "a wide rounded picture with a title on it, and somebody's face",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kImage},
    .parts = kParts,
    .edges = Edges::kPlate,
    .is_picture = true,
};

}  // namespace paperphone::app::kit

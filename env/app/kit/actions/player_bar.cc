#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kPicture, kSeedExpr), may(kPictureKind, kWord, kPictureWords),
    must(kTitle, kTemplate), may(kSubtitle, kTemplate), must(kPlaying, kPlace, "bool")};
constexpr PartRule kParts[] = {
    {.name = "play", .tap = Default::kFlip, .writes = kPlaying, .called = "播放键"},
    {.name = "next", .called = "下一首"},
};

}  // namespace

constinit const Component player_bar = {
    .name = "player_bar",
    .help = "what is playing, in one line; for footers",
    .props = kProps,
    .whole = {.role = Role::kListItem},
    .parts = kParts,
    .use = Use::kTouch,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kPicture, kSeedExpr),     may(kPictureKind, kWord, kPictureWords),
    must(kTitle, kTemplate),       may(kSubtitle, kTemplate),
    must(kBind, kPlace, "int"),    must(kMax, kNumberExpr),
    must(kPlaying, kPlace, "bool")};
constexpr PartRule kParts[] = {
    {.name = "play", .tap = Default::kFlip, .writes = kPlaying},
    {.name = "previous"},
    {.name = "next"},
};

}  // namespace

constinit const Component player = {
    .name = "player",
    .help = "cover, title, a track of `bind` over `max` seconds, three buttons",
    .props = kProps,
    .whole = {.tap = Default::kTrack, .writes = kBind, .role = Role::kSlider},
    .parts = kParts,
    .use = Use::kTouch,
    .search = Search::kSkip,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kPicture, kSeedExpr),     may(kPictureKind, kWord, kPictureWords),
    must(kTitle, kTemplate),       may(kSubtitle, kTemplate),
    must(kBind, kPlace, "int"),    must(kMax, kNumberExpr),
    must(kPlaying, kPlace, "bool")};
constexpr PartRule kParts[] = {
    {.name = "play", .tap = Default::kFlip, .writes = kPlaying, .called = "播放键"},
    {.name = "previous", .called = "上一首"},
    {.name = "next", .called = "下一首"},
    {.name = "cover", .called = "封面"},
};

}  // namespace

constinit const Component player = {
    .name = "player",
    .help = "cover, title, a track of `bind` over `max` seconds, three buttons",
    .props = kProps,
    .whole = {.tap = Default::kTrack, .writes = kBind, .role = Role::kSlider,
              .called = "播放器"},
    .parts = kParts,
    .use = Use::kTouch,
    .search = Search::kSkip,
};

}  // namespace paperphone::app::kit

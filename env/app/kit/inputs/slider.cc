#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "int"), may(kLabel, kTemplate),
                               may(kIcon, kIconName),      must(kMin, kNumberExpr),
                               must(kMax, kNumberExpr),    may(kEnabled, kBool)};
constexpr PartRule kParts[] = {
    step("minus", Default::kStepTenth, -1),
    step("plus", Default::kStepTenth, 1),
};

}  // namespace

constinit const Component slider = {
    .name = "slider",
    .help =
        "a level; - and + icons at its ends move `bind` by a tenth, a tap on the track "
        "jumps",
    .props = kProps,
    .whole = {.tap = Default::kTrack, .writes = kBind, .role = Role::kSlider,
              .called = "滑块"},
    .parts = kParts,
    .use = Use::kTouch,
    .search = Search::kSkip,
    .spacing = Spacing::kRow,
};

}  // namespace paperphone::app::kit

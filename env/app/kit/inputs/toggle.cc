#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "bool"), must(kLabel, kTemplate),
                               may(kCaption, kTemplate),    may(kIcon, kIconName),
                               may(kIconColor, kColorName), may(kEnabled, kBool)};

}  // namespace

constinit const Component toggle = {
    .name = "toggle",
    .help =
        "a row with a switch; a tap flips `bind` unless a transition says otherwise",
    .props = kProps,
    .whole = {.tap = Default::kFlip, .writes = kBind, .role = Role::kSwitch},
    .use = Use::kTouch,
    .search = Search::kSkip,
    .spacing = Spacing::kRow,
};

}  // namespace paperphone::app::kit

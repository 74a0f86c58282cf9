#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "bool"), must(kLabel, kTemplate),
                               may(kEnabled, kBool)};

}  // namespace

constinit const Component check = {
    .name = "check",
    .help = "a check box with a label",
    .props = kProps,
    .whole = {.tap = Default::kFlip, .writes = kBind, .role = Role::kCheckBox},
    .use = Use::kTouch,
    .search = Search::kSkip,
    .spacing = Spacing::kRow,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "text int money"),
                               may(kLabel, kTemplate),
                               may(kHint, kTemplate),
                               may(kSecure, kBool),
                               may(kMultiline, kBool),
                               may(kEnabled, kBool),
                               may(kError, kTemplate)};
constexpr PartRule kParts[] = {
    {.name = "clear", .tap = Default::kEmpty, .writes = kBind, .called = "清空键"},
};

}  // namespace

constinit const Component field = {
    .name = "field",
    .help = "a labelled text field",
    .props = kProps,
    .whole = {.tap = Default::kFocus, .writes = kBind, .role = Role::kField},
    .parts = kParts,
    .use = Use::kTouch,
    .typing = Typing::kKeyboard,
    .search = Search::kSkip,
    .spacing = Spacing::kRow,
};

}  // namespace paperphone::app::kit

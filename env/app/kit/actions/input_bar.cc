#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "text"), may(kHint, kTemplate),
                               may(kLabel, kTemplate)};
constexpr PartRule kParts[] = {
    {.name = "send", .tap = Default::kSubmit, .called = "发送键"},
};

}  // namespace

constinit const Component input_bar = {
    .name = "input_bar",
    .help = "footer of a chat: a field and a send button",
    .props = kProps,
    .whole = {.tap = Default::kFocus, .writes = kBind, .role = Role::kField},
    .parts = kParts,
    .use = Use::kTouch,
    .typing = Typing::kKeyboard,
    .search = Search::kSkip,
    .keeps_keyboard = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "text"), may(kHint, kTemplate),
                               may(kLabel, kTemplate),
                               may(kItems, kItemList, "id label icon show")};
constexpr PartRule kParts[] = {
    {.name = "send", .tap = Default::kSubmit, .called = "发送键"},
    {.name = "*", .list = kItems},
};

}  // namespace

constinit const Component input_bar = {
    .name = "input_bar",
    .help =
        "footer of a chat: a field and a send button; the first of `items` stands before "
        "the field, the others behind it, and the last gives way to the button as soon "
        "as there is something to send",
    .props = kProps,
    .whole = {.tap = Default::kFocus, .writes = kBind, .role = Role::kField},
    .parts = kParts,
    .use = Use::kTouch,
    .typing = Typing::kKeyboard,
    .keeps_keyboard = true,
};

}  // namespace paperphone::app::kit

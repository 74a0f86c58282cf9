#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {may(kBind, kPlace, "text"), may(kHint, kTemplate)};
constexpr PartRule kParts[] = {
    {.name = "clear", .tap = Default::kEmpty, .writes = kBind, .called = "清空键"},
};

}  // namespace

constinit const Component search = {
    .name = "search",
    .help = "a search pill; without `bind` it is only a button",
    .props = kProps,
    .whole = {.tap = Default::kFocus, .writes = kBind, .role = Role::kField,
              .called = "搜索框"},
    .parts = kParts,
    .use = Use::kTouch,
    .typing = Typing::kKeyboard,
};

}  // namespace paperphone::app::kit

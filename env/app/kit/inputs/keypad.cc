#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "text"), must(kLength, kInteger),
                               may(kStyle, kName, "code amount"),
                               may(kLabel, kTemplate), may(kEnabled, kBool)};
constexpr PartRule digit(std::string_view name, std::int8_t number) {
  return {.name = name,
          .tap = Default::kDigit,
          .writes = kBind,
          .amount = number,
          .role = Role::kKey};
}
constexpr PartRule kParts[] = {
    digit("0", 0),
    digit("1", 1),
    digit("2", 2),
    digit("3", 3),
    digit("4", 4),
    digit("5", 5),
    digit("6", 6),
    digit("7", 7),
    digit("8", 8),
    digit("9", 9),
    {.name = "delete", .tap = Default::kErase, .writes = kBind, .role = Role::kKey,
     .called = "退格键"},
    {.name = "dot",
     .tap = Default::kPoint,
     .writes = kBind,
     .only_style = "amount",
     .role = Role::kKey, .called = "小数点"},
    {.name = "submit",
     .tap = Default::kSubmit,
     .only_style = "amount",
     .role = Role::kKey, .called = "确定键"},
};

}  // namespace

constinit const Component keypad = {
    .name = "keypad",
    .help =
        "digits of a payment password, submits when full; or an amount, with its own "
        "button",
    .props = kProps,
    .whole = {.called = "数字键盘"},
    .parts = kParts,
    .use = Use::kTouch,
    .typing = Typing::kKeypad,
    .search = Search::kSubmit,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kValue, kTemplate),
    may(kStyle, kName, "body title heading caption price accent danger note"),
    may(kAlign, kName, "left center right"), may(kLines, kInteger),
    may(kColor, kColorName)};

}  // namespace

constinit const Component text = {
    .name = "text",
    .help = "a paragraph",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kText},
    .spacing = Spacing::kText,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "bool"), must(kTitle, kTemplate),
                               may(kValue, kTemplate), may(kIcon, kIconName),
                               must(kBody, kWidgets)};

}  // namespace

constinit const Component expander = {
    .name = "expander",
    .help = "a heading that shows and hides its `body`; a tap flips `bind`",
    .props = kProps,
    .whole = {.tap = Default::kFlip, .writes = kBind},
    .use = Use::kBoth,
    .spacing = Spacing::kRow,
    .folds = true,
};

}  // namespace paperphone::app::kit

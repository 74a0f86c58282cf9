#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace),
                               must(kOptions, kOptionList, kOptionKeys)};
constexpr PartRule kParts[] = {
    {.name = "*",
     .list = kOptions,
     .tap = Default::kChoose,
     .writes = kBind,
     .role = Role::kTab},
};

}  // namespace

constinit const Component top_tabs = {
    .name = "top_tabs",
    .help = "tabs under the app bar; writes `bind`",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .spacing = Spacing::kTabs,
    .is_choice = true,
    .is_strip_of_choices = true,
};

}  // namespace paperphone::app::kit

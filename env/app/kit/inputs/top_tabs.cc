#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PartRule kParts[] = {each_option(Role::kTab)};

}  // namespace

constinit const Component top_tabs = {
    .name = "top_tabs",
    .help = "tabs under the app bar; writes `bind`",
    .props = kChoiceProps,
    .parts = kParts,
    .use = Use::kTouch,
    .spacing = Spacing::kTabs,
    .is_choice = true,
    .is_strip_of_choices = true,
};

}  // namespace paperphone::app::kit

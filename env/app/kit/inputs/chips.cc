#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PartRule kParts[] = {each_option(Role::kRadio)};

}  // namespace

constinit const Component chips = {
    .name = "chips",
    .help = "one of several chips; writes `bind`",
    .props = kChoiceProps,
    .parts = kParts,
    .use = Use::kTouch,
    .is_choice = true,
    .is_strip_of_choices = true,
};

}  // namespace paperphone::app::kit

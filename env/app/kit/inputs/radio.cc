#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PartRule kParts[] = {each_option(Role::kRadio)};

}  // namespace

constinit const Component radio = {
    .name = "radio",
    .help = "one of several rows; writes `bind`",
    .props = kChoiceProps,
    .parts = kParts,
    .use = Use::kTouch,
    .spacing = Spacing::kRow,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

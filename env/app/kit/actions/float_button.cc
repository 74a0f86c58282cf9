#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kIcon, kIconName)};

}  // namespace

constinit const Component float_button = {
    .name = "float_button",
    .help = "a round button above the page",
    .props = kProps,
    .use = Use::kTouch,
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

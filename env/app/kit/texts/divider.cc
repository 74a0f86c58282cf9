#include "env/app/kit/define.h"

namespace paperphone::app::kit {

constinit const Component divider = {
    .name = "divider",
    .help = "a thin line",
    .spacing = Spacing::kNone,
    .has_no_face = true,
};

}  // namespace paperphone::app::kit

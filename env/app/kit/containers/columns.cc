#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBody, kWidgets), may(kWeights, kIntegers)};

}  // namespace

constinit const Component columns = {
    .name = "columns",
    .help = "children side by side, widths by `weights` ([1, 2])",
    .props = kProps,
    .has_no_face = true,
};

}  // namespace paperphone::app::kit

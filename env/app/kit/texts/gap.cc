#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {may(kSize, kInteger)};

}  // namespace

constinit const Component gap = {
    .name = "gap",
    .help = "empty space, `size` dp (default 8)",
    .props = kProps,
    .spacing = Spacing::kNone,
    .has_no_face = true,
};

}  // namespace paperphone::app::kit

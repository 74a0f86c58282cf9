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
     .role = Role::kRadio},
};

}  // namespace

constinit const Component segments = {
    .name = "segments",
    .help = "two to four joined choices; writes `bind`",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .is_choice = true,
    .is_strip_of_choices = true,
};

}  // namespace paperphone::app::kit

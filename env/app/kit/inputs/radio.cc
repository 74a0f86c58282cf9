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

constinit const Component radio = {
    .name = "radio",
    .help = "one of several rows; writes `bind`",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .spacing = Spacing::kRow,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

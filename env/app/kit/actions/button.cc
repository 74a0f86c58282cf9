#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kLabel, kTemplate),
                               may(kStyle, kName, "primary outline text danger"),
                               may(kEnabled, kBool)};

}  // namespace

constinit const Component button = {
    .name = "button",
    .help = "a full-width button",
    .props = kProps,
    .use = Use::kTouch,
    .edges = Edges::kPadded,
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

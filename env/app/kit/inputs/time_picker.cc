#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "time")};
constexpr PartRule kParts[] = {
    turn("hour_minus2", 0, -2),
    turn("hour_minus", 0, -1),
    turn("hour_plus", 0, 1),
    turn("hour_plus2", 0, 2),
    turn("minute_minus2", 1, -2),
    turn("minute_minus", 1, -1),
    turn("minute_plus", 1, 1),
    turn("minute_plus2", 1, 2),
    wheel("hour", 0),
    wheel("minute", 1),
};

}  // namespace

constinit const Component time_picker = {
    .name = "time_picker",
    .help = "two wheels; writes `bind` as they turn",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .picks = Picks::kTime,
    .swipes = Swipes::kWheels,
    .search = Search::kSkip,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

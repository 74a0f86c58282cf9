#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "date"), may(kMin, kDateExpr),
                               may(kMax, kDateExpr)};
constexpr PartRule kParts[] = {
    turn("year_minus2", 0, -2), turn("year_minus", 0, -1),   turn("year_plus", 0, 1),
    turn("year_plus2", 0, 2),   turn("month_minus2", 1, -2), turn("month_minus", 1, -1),
    turn("month_plus", 1, 1),   turn("month_plus2", 1, 2),   turn("day_minus2", 2, -2),
    turn("day_minus", 2, -1),   turn("day_plus", 2, 1),      turn("day_plus2", 2, 2),
    wheel("year", 0),           wheel("month", 1),           wheel("day", 2),
};

}  // namespace

constinit const Component date_picker = {
    .name = "date_picker",
    .help = "three wheels; writes `bind` as they turn",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .picks = Picks::kDay,
    .swipes = Swipes::kWheels,
    .search = Search::kSkip,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

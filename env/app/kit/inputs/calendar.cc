#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "date"), must(kStart, kDateExpr),
                               must(kDays, kNumberExpr),    of_day(kCaption, kTemplate),
                               of_day(kColor, kColorName),  of_day(kMark, kTemplate),
                               of_day(kDot, kBool)};
constexpr PartRule kParts[] = {
    {.name = "*", .tap = Default::kDay, .writes = kBind},
};

}  // namespace

constinit const Component calendar = {
    .name = "calendar",
    .help =
        "months of days; those in [start, start+days) can be tapped; writes `bind`. "
        "`caption` below a day and its `color`, `mark` (休, 班) in its corner and "
        "`dot` see "
        "it as `day`",
    .props = kProps,
    .whole = {.called = "日历"},
    .parts = kParts,
    .use = Use::kTouch,
    .picks = Picks::kDay,
    .search = Search::kSkip,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

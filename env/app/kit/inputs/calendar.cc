#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "date"), must(kStart, kDateExpr),
                               must(kDays, kInteger)};
constexpr PartRule kParts[] = {
    {.name = "*", .tap = Default::kDay, .writes = kBind},
};

}  // namespace

constinit const Component calendar = {
    .name = "calendar",
    .help = "months of days; those in [start, start+days) can be tapped; writes `bind`",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .picks = Picks::kDay,
    .search = Search::kSkip,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

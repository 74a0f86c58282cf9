#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "date"), must(kStart, kDateExpr),
                               may(kDays, kInteger)};
constexpr PartRule kParts[] = {
    {.name = "*", .tap = Default::kDay, .writes = kBind, .role = Role::kTab},
};

}  // namespace

constinit const Component dates = {
    .name = "dates",
    .help = "a strip of days from `start`; writes `bind`",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .picks = Picks::kDay,
    .search = Search::kSkip,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

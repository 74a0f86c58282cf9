#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kItems, kFlagList, "id label bind show"),
                               may(kColumns, kInteger)};
constexpr PartRule kParts[] = {
    {.name = "*", .list = kItems, .tap = Default::kFlipOwn, .role = Role::kCheckBox},
};

}  // namespace

constinit const Component filters = {
    .name = "filters",
    .help = "chips that go on and off, each with a `bind` of its own",
    .props = kProps,
    .parts = kParts,
    .use = Use::kTouch,
    .search = Search::kSkip,
    .is_choice = true,
};

}  // namespace paperphone::app::kit

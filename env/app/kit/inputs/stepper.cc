#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBind, kPlace, "int"), may(kLabel, kTemplate),
                               may(kMin, kNumberExpr), may(kMax, kNumberExpr),
                               may(kEnabled, kBool)};
constexpr PartRule kParts[] = {
    step("minus", Default::kStep, -1),
    step("plus", Default::kStep, 1),
};

}  // namespace

constinit const Component stepper = {
    .name = "stepper",
    .help = "a number with - and +; writes `bind`",
    .props = kProps,
    .whole = {.called = "数量"},
    .parts = kParts,
    .use = Use::kTouch,
    .search = Search::kSkip,
    .spacing = Spacing::kRow,
};

}  // namespace paperphone::app::kit

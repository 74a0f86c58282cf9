#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kBody, kWidgets)};

}  // namespace

constinit const Component card = {
    .name = "card",
    .help = "a white rounded container",
    .props = kProps,
    .edges = Edges::kCard,
    .lies_under_body = true,
    .stands_apart = true,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kPicture, kSeedExpr), may(kPictureKind, kWord, kPictureWords),
    must(kTitle, kTemplate),   may(kPrice, kTemplate),
    may(kWas, kTemplate),      may(kCaption, kTemplate),
    may(kTag, kTemplate),      may(kSubtitle, kTemplate)};

}  // namespace

constinit const Component product_card = {
    .name = "product_card",
    .help = "picture above title, price and caption; for grids",
    .props = kProps,
    .whole = {.role = Role::kListItem},
    .acts_by_transitions = true,
};

}  // namespace paperphone::app::kit

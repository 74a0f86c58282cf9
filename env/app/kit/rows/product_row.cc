#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kPicture, kSeedExpr),
                               may(kPictureKind, kWord, kPictureWords),
                               must(kTitle, kTemplate),
                               may(kSubtitle, kTemplate),
                               may(kPrice, kTemplate),
                               may(kWas, kTemplate),
                               may(kCaption, kTemplate),
                               may(kTag, kTemplate),
                               may(kChecked, kPlace, "bool"),
                               may(kBind, kPlace, "int"),
                               may(kMin, kNumberExpr),
                               may(kMax, kNumberExpr),
                               may(kActions, kItemList, kButtonKeys)};
constexpr PartRule kParts[] = {
    {.name = "check",
     .tap = Default::kFlip,
     .writes = kChecked,
     .role = Role::kCheckBox, .called = "勾选圈"},
    step("minus", Default::kStep, -1),
    step("plus", Default::kStep, 1),
    {.name = "*", .list = kActions},
};

}  // namespace

constinit const Component product_row = {
    .name = "product_row",
    .help =
        "picture beside title and price; with `checked` a check circle, with `bind` a "
        "stepper",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .parts = kParts,
    .least = 1,
};

}  // namespace paperphone::app::kit

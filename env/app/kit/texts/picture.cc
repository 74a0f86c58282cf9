#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kPicture, kSeedExpr),
                               must(kPictureKind, kWord, kPictureWords),
                               must(kHeight, kInteger), may(kZoom, kNumberExpr)};

}  // namespace

constinit const Component picture = {
    .name = "picture",
    .help =
        "a procedural picture, `height` in dp; `zoom` shows its middle so many times "
        "as large",
    .props = kProps,
    .whole = {.role = Role::kImage, .called = "图片"},
    .is_picture = true,
};

}  // namespace paperphone::app::kit

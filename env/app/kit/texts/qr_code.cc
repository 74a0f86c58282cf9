#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kValue, kTemplate), may(kCaption, kTemplate),
                               may(kSize, kInteger)};

}  // namespace

constinit const Component qr_code = {
    .name = "qr_code",
    .help = "a square code made from `value`, `size` dp (default 200)",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kImage, .called = "二维码"},
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {must(kTitle, kTemplate), may(kLabel, kTemplate)};

}  // namespace

constinit const Component section = {
    .name = "section",
    .help = "a heading, with a small label (\"更多\") at the right",
    .props = kProps,
    .whole = {.role = Role::kButton, .plain = Role::kHeader},
    .spacing = Spacing::kHeading,
};

}  // namespace paperphone::app::kit

#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {
    must(kFrom, kTemplate),   must(kTo, kTemplate),      must(kDepart, kTemplate),
    must(kArrive, kTemplate), may(kDuration, kTemplate), must(kNumber, kTemplate),
    may(kPrice, kTemplate),   may(kTag, kTemplate),      may(kCaption, kTemplate)};

}  // namespace

constinit const Component ticket = {
    .name = "ticket",
    .help = "a train or flight",
    .props = kProps,
    .whole = {.role = Role::kListItem, .plain = Role::kText},
    .stands_apart = true,
};

}  // namespace paperphone::app::kit

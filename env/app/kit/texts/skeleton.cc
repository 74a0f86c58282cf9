#include "env/app/kit/define.h"

namespace paperphone::app::kit {
namespace {

constexpr PropRule kProps[] = {may(kLines, kInteger),
                               may(kStyle, kName, "rows cards text")};

}  // namespace

constinit const Component skeleton = {
    .name = "skeleton",
    .help = "grey shapes where `lines` rows will be (default 4)",
    .props = kProps,
};

}  // namespace paperphone::app::kit

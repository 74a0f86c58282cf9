#pragma once

#include <string_view>

namespace paperphone::tools {

std::string_view paperphone_version();  // "0.1.0"

}  // namespace paperphone::tools

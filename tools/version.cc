#include "tools/version.h"

namespace paperphone::tools {

std::string_view paperphone_version() { return PAPERPHONE_VERSION; }

}  // namespace paperphone::tools

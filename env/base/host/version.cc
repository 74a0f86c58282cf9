#include "env/base/host/version.h"

namespace paperphone {

std::string version() { return PAPERPHONE_VERSION; }
std::string git_hash() { return PAPERPHONE_GIT_HASH; }

}  // namespace paperphone

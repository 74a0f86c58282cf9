#include "rl/run/version.h"

namespace paperphone::rl {

std::string version() { return PAPERPHONE_VERSION; }
std::string git_hash() { return PAPERPHONE_GIT_HASH; }

}  // namespace paperphone::rl

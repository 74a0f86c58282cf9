// Which paperphone this is.
#pragma once

#include <string>

namespace paperphone {

std::string version();   // "0.1.0"
std::string git_hash();  // of the sources at configure time; "unknown" outside git

}  // namespace paperphone

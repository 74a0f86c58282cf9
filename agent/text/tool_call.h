// The call of a response: {"name":"mobile_use","arguments":{"action":...}}.
#pragma once

#include <string>
#include <string_view>

#include "env/types.h"

namespace paperphone::agent {

// The first call in a text that says a possible action, whatever stands around it:
// prose, a code fence, a list, other braces. Never throws, on any bytes; looks at no more
// than a megabyte in all.
ParsedAction find_call(std::string_view text);

// What keeps a text from being one call and nothing else; empty if it is: one JSON
// object of a name and arguments, no key twice in it, white space around it.
std::string fault_of_call(std::string_view text);

}  // namespace paperphone::agent

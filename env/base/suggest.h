// "did you mean ...?" for names that do not exist.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace paperphone {

// " (did you mean 'where'?)", or "" if nothing resembles the name.
std::string did_you_mean(std::string_view name, std::span<const std::string> known);

}  // namespace paperphone

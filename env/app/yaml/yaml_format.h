// The one look of the apps' YAML files.
#pragma once

#include <string>
#include <string_view>

namespace paperphone::app {

inline constexpr int kYamlColumns =
    120;  // of a line, a Chinese character counted twice

// The file as it should look; formatting that again changes nothing. Blocks outside,
// brackets within where what they hold is small and fits on a line; long texts and
// lists over several lines; quotes only where they are needed. Comments stay beside
// what they speak of, and so do single blank lines. Throws ConfigError if the text is
// not a file that the loader can parse, and if what the loader would read, or a
// comment, were not the same afterwards.
std::string format_yaml(const std::string& name, std::string_view text);

}  // namespace paperphone::app

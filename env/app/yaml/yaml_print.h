// The look of YAML files: what stands in brackets on one line, what over several, what
// as a block.
#pragma once

#include <string>

#include "env/app/yaml/yaml_comments.h"

namespace paperphone::app {

// The whole file. No line is longer than kYamlColumns, except for what cannot be
// broken.
std::string print_yaml(const CommentedNode& root);

}  // namespace paperphone::app

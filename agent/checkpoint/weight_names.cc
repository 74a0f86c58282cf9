#include "agent/checkpoint/weight_names.h"

#include <string_view>

namespace paperphone::agent {

std::string published_weight_name(std::string name) {
  const auto replace_front = [&](std::string_view from, std::string_view to) {
    if (!std::string_view(name).starts_with(from)) return false;
    name = std::string(to) + name.substr(from.size());
    return true;
  };
  replace_front("model.visual.", "visual.") ||
      replace_front("model.language_model.", "model.") ||
      replace_front("language_model.model.", "model.") ||
      replace_front("language_model.lm_head.", "lm_head.");
  return name;
}

}  // namespace paperphone::agent

// Names of weights in the versions of transformers.
#pragma once

#include <string>

namespace paperphone::agent {

// Newer versions and other frameworks nest the modules differently; this gives the names
// of the published checkpoints: visual.*, model.*, lm_head.weight.
std::string published_weight_name(std::string name);

}  // namespace paperphone::agent

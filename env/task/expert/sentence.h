// What the expert says of an action.
#pragma once

#include <string>
#include <string_view>

#include "env/task/expert/phrases/phrases.h"
#include "env/types.h"

namespace paperphone::task {

// The action in one clause. label: what stands on the thing that is touched.
std::string sentence_of(const Action& action, std::string_view label, const Phrases& phrases);

}  // namespace paperphone::task

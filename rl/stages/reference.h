// The frozen weights that the KL term holds the policy to: those at the stage's start.
#pragma once

#include "rl/stages/stage.h"

namespace paperphone::rl {

inline constexpr const char* kReferencePart = "reference";
std::filesystem::path reference_folder(const std::filesystem::path& run,
                                       const std::string& stage);

// Empty handle if the stage has no KL term. Otherwise a copy of the agent's present
// weights, kept in <run>/reference_<stage>; a resumed stage reads it from there.
agent::Qwen25Vl reference_model(const StageContext& context);

}  // namespace paperphone::rl

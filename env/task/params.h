// The values of a task's parameters.
#pragma once

#include <optional>
#include <string_view>

#include "env/app/expr/expr.h"
#include "env/app/spec.h"
#include "env/base/rng.h"

namespace paperphone::task {

// One value, each of those that `param` allows in this world as likely as the others.
// A row is allowed if the parameter's `where` holds and the text that stands for the
// row in an instruction is its alone in its table. nullopt: nothing is allowed.
std::optional<app::Value> draw_param(const app::ParamSpec& param, const app::EvalContext& context,
                                Rng& rng);

// The allowed value that is shown as `wanted`; for texts and numbers without choices
// `wanted` itself. nullopt: there is none.
std::optional<app::Value> find_param(const app::ParamSpec& param, const app::EvalContext& context,
                                std::string_view wanted);

}  // namespace paperphone::task

// The values of a task's parameters.
#pragma once

#include <optional>
#include <string_view>

#include "env/app/expr/expr.h"
#include "env/app/spec.h"
#include "env/base/rng.h"

namespace paperphone {

// One value, each of those that `param` allows in this world as likely as the others.
// A row is allowed if the parameter's `where` holds and the text that stands for the
// row in an instruction is its alone in its table. nullopt: nothing is allowed.
std::optional<Value> draw_param(const ParamSpec& param, const EvalContext& context,
                                Rng& rng);

// The allowed value that is shown as `wanted`; for texts and numbers without choices
// `wanted` itself. nullopt: there is none.
std::optional<Value> find_param(const ParamSpec& param, const EvalContext& context,
                                std::string_view wanted);

}  // namespace paperphone

// Gradient checkpointing: a layer keeps its input only, and its backward pass runs the
// forward pass again. Costs a third more arithmetic, saves all of the layer's
// intermediate results. Source: arXiv:1604.06174.
#pragma once

#include <functional>
#include <vector>

#include "agent/ops/tensor.h"

namespace paperphone::agent {

// layer(x), computed again on the way back. REQUIRES: `layer` is a function of x and of
// `parameters` alone and gives the same bits when it runs again.
torch::Tensor gradient_checkpoint(
    std::function<torch::Tensor(const torch::Tensor&)> layer, const torch::Tensor& x,
    const std::vector<torch::Tensor>& parameters);

}  // namespace paperphone::agent

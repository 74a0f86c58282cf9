// Orthogonalised momentum for the matrices inside a model.
// Source: Jordan et al., "Muon: An optimizer for hidden layers in neural networks"
// (2024); the size of the step after Liu et al., arXiv:2502.16982, section 2.2, so that
// it is as long as a typical step of AdamW and shares its learning rate and decay.
#pragma once

#include <string>

#include "agent/ops/tensor.h"

namespace paperphone::rl {

// [R, C] -> a matrix with the same singular vectors and singular values near 1
// (0.7 to 1.2): five Newton-Schulz steps in bfloat16. float32 in and out.
torch::Tensor orthogonalize(const torch::Tensor& matrix_RC);

// The direction of a step for a parameter of two or more dimensions (the first is the
// output's), scaled to a root mean square of about 0.2.
torch::Tensor muon_direction(const torch::Tensor& momentum);

// Matrices that map features to features; not tables of embeddings, not output heads.
bool is_hidden_matrix(const std::string& name, const torch::Tensor& parameter);

}  // namespace paperphone::rl

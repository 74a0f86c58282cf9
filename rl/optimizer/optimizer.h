// AdamW, or Muon for the hidden matrices and AdamW for the rest, with a state that saves
// and restores bit for bit, the learning-rate schedule, and clipping by the global
// gradient norm.
// Source: Loshchilov & Hutter, arXiv:1711.05101; defaults as in llm.c. Muon: rl/optimizer/muon.h.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "agent/ops/tensor.h"
#include "rl/recipe/recipe.h"

namespace paperphone::rl {

// Learning rate of update `step` (from 0) of a stage with `steps` updates.
double learning_rate(const OptimizerRecipe& recipe, int step, int steps);

class Optimizer {
 public:
  using NamedParameters = std::vector<std::pair<std::string, torch::Tensor>>;
  // Weight decay acts on matrices only (two dimensions or more), as is usual: not
  // on biases and norms. Parameters without requires_grad are left out.
  Optimizer(const NamedParameters& parameters, const OptimizerRecipe& recipe);

  // One update with the gradients that are there (a parameter without one is not
  // moved), then clears them. Returns the gradient norm before clipping; a norm that
  // is not finite skips the update and is returned as it is.
  double step(double lr);
  void zero_grad();

  // safetensors, under a temporary name first. load() throws DataError if the file
  // is damaged or does not fit.
  void save(const std::filesystem::path& path) const;
  void load(const std::filesystem::path& path);

 private:
  struct Slot {
    std::string name;
    torch::Tensor parameter;
    torch::Tensor mean;      // first moment; Muon's momentum
    torch::Tensor variance;  // second moment; undefined for Muon
  };
  // With a gradient times `scale`, after the parameter is multiplied with `decay`.
  void adamw(Slot& slot, const torch::Tensor& grad, double scale, double decay,
             double lr) const;
  void muon(Slot& slot, const torch::Tensor& grad, double scale, double decay,
            double lr) const;

  OptimizerRecipe recipe_;
  std::vector<Slot> slots_;
  std::int64_t updates_ = 0;
};

}  // namespace paperphone::rl

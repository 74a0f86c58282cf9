#include "rl/optimizer.h"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <numbers>

#include "agent/tensor_file.h"
#include "env/error.h"
#include "rl/muon.h"

namespace paperphone {

double learning_rate(const OptimizerRecipe& recipe, int step, int steps) {
  if (step < recipe.warmup_steps) return recipe.lr * (step + 1) / recipe.warmup_steps;
  if (recipe.schedule == "constant") return recipe.lr;
  const int length = std::max(1, steps - recipe.warmup_steps);
  const double done = std::min(1.0, double(step - recipe.warmup_steps) / length);
  const double left =
      recipe.schedule == "linear" ? 1 - done : 0.5 * (1 + std::cos(std::numbers::pi * done));
  return recipe.lr * (recipe.final_lr_fraction + (1 - recipe.final_lr_fraction) * left);
}

Optimizer::Optimizer(const NamedParameters& parameters, const OptimizerRecipe& recipe)
    : recipe_(recipe) {
  for (const auto& [name, parameter] : parameters) {
    if (!parameter.requires_grad()) continue;
    const auto zeros = torch::zeros_like(parameter, torch::kFloat32);
    const bool muon = recipe.kind == "muon" && is_hidden_matrix(name, parameter);
    slots_.push_back({name, parameter, zeros, muon ? torch::Tensor() : zeros.clone()});
  }
}

double Optimizer::step(double lr) {
  const torch::NoGradGuard no_grad;
  double squares = 0;
  for (const Slot& slot : slots_) {
    const torch::Tensor& grad = slot.parameter.grad();
    if (grad.defined()) squares += grad.to(torch::kFloat32).square().sum().item<double>();
  }
  const double norm = std::sqrt(squares);
  if (!std::isfinite(norm)) {
    zero_grad();
    return norm;
  }
  double scale = 1.0;
  if (recipe_.grad_clip > 0 && norm > recipe_.grad_clip)
    scale = recipe_.grad_clip / (norm + 1e-6);
  ++updates_;
  for (Slot& slot : slots_) {
    if (!slot.parameter.grad().defined()) continue;
    const torch::Tensor grad = slot.parameter.grad().to(torch::kFloat32) * scale;
    if (slot.parameter.dim() >= 2) slot.parameter.mul_(1 - lr * recipe_.weight_decay);
    if (slot.variance.defined())
      adamw(slot, grad, lr);
    else
      muon(slot, grad, lr);
  }
  zero_grad();
  return norm;
}

void Optimizer::adamw(Slot& slot, const torch::Tensor& grad, double lr) const {
  const double correction1 = 1 - std::pow(recipe_.beta1, double(updates_));
  const double correction2 = 1 - std::pow(recipe_.beta2, double(updates_));
  slot.mean.mul_(recipe_.beta1).add_(grad, 1 - recipe_.beta1);
  slot.variance.mul_(recipe_.beta2).addcmul_(grad, grad, 1 - recipe_.beta2);
  const auto denominator = (slot.variance / correction2).sqrt_().add_(recipe_.eps);
  slot.parameter.addcdiv_(slot.mean, denominator, -lr / correction1);
}

void Optimizer::muon(Slot& slot, const torch::Tensor& grad, double lr) const {
  slot.mean.mul_(recipe_.momentum).add_(grad);
  slot.parameter.sub_(muon_direction(grad + recipe_.momentum * slot.mean), lr);
}

void Optimizer::zero_grad() {
  for (Slot& slot : slots_) slot.parameter.mutable_grad() = torch::Tensor();
}

void Optimizer::save(const std::filesystem::path& path) const {
  std::map<std::string, torch::Tensor> tensors;
  for (const Slot& slot : slots_) {
    tensors["mean." + slot.name] = slot.mean;
    if (slot.variance.defined()) tensors["variance." + slot.name] = slot.variance;
  }
  save_tensors(path, tensors, {{"updates", fmt::format("{}", updates_)}});
}

void Optimizer::load(const std::filesystem::path& path) {
  std::map<std::string, std::string> metadata;
  const auto tensors = load_tensors(path, &metadata);
  const auto take = [&](const std::string& name, torch::Tensor& into) {
    const auto found = tensors.find(name);
    if (found == tensors.end() || found->second.sizes() != into.sizes())
      throw DataError(fmt::format(
          "{}: '{}' is missing or of another shape, it belongs to another model",
          path.string(), name));
    into.copy_(found->second);
  };
  for (Slot& slot : slots_) {
    take("mean." + slot.name, slot.mean);
    if (slot.variance.defined()) take("variance." + slot.name, slot.variance);
  }
  updates_ = std::stoll(metadata["updates"]);
}

}  // namespace paperphone

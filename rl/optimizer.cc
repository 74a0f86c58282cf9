#include "rl/optimizer.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "env/check.h"
#include "env/error.h"

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

AdamW::AdamW(const NamedParameters& parameters, const OptimizerRecipe& recipe)
    : recipe_(recipe) {
  for (const auto& [name, parameter] : parameters) {
    if (!parameter.requires_grad()) continue;
    const auto zeros = torch::zeros_like(parameter, torch::kFloat32);
    slots_.push_back({name, parameter, zeros, zeros.clone()});
  }
}

double AdamW::step(double lr) {
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
  const double correction1 = 1 - std::pow(recipe_.beta1, double(updates_));
  const double correction2 = 1 - std::pow(recipe_.beta2, double(updates_));
  for (Slot& slot : slots_) {
    if (!slot.parameter.grad().defined()) continue;
    const torch::Tensor grad = slot.parameter.grad().to(torch::kFloat32) * scale;
    slot.mean.mul_(recipe_.beta1).add_(grad, 1 - recipe_.beta1);
    slot.variance.mul_(recipe_.beta2).addcmul_(grad, grad, 1 - recipe_.beta2);
    if (slot.parameter.dim() >= 2) slot.parameter.mul_(1 - lr * recipe_.weight_decay);
    const auto denominator =
        (slot.variance / correction2).sqrt_().add_(recipe_.eps);
    slot.parameter.addcdiv_(slot.mean, denominator, -lr / correction1);
  }
  zero_grad();
  return norm;
}

void AdamW::zero_grad() {
  for (Slot& slot : slots_) slot.parameter.mutable_grad() = torch::Tensor();
}

void AdamW::save(const std::filesystem::path& path) const {
  std::vector<torch::Tensor> tensors = {torch::tensor(updates_, torch::kInt64)};
  for (const Slot& slot : slots_) {
    tensors.push_back(slot.mean);
    tensors.push_back(slot.variance);
  }
  const std::filesystem::path temporary = path.string() + ".tmp";
  try {
    torch::save(tensors, temporary.string());
  } catch (const std::exception&) {
    throw DataError(fmt::format("{}: cannot be written, is the disk full?", path.string()));
  }
  std::filesystem::rename(temporary, path);
}

void AdamW::load(const std::filesystem::path& path) {
  std::vector<torch::Tensor> tensors;
  try {
    torch::load(tensors, path.string());
  } catch (const std::exception&) {
    throw DataError(fmt::format(
        "{}: not a complete optimiser state, resume from an earlier checkpoint",
        path.string()));
  }
  bool fits = tensors.size() == 1 + 2 * slots_.size();
  for (std::size_t i = 0; fits && i < slots_.size(); ++i)
    fits = tensors[1 + 2 * i].sizes() == slots_[i].mean.sizes();
  if (!fits)
    throw DataError(fmt::format("{}: belongs to another model than the one in the recipe",
                                path.string()));
  updates_ = tensors[0].item<std::int64_t>();
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    slots_[i].mean.copy_(tensors[1 + 2 * i]);
    slots_[i].variance.copy_(tensors[2 + 2 * i]);
  }
}

}  // namespace paperphone

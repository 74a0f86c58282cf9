#include "rl/optimizer/optimizer.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <numbers>
#include <numeric>

#include "agent/checkpoint/tensor_file.h"
#include "agent/kernels/kernel_dispatch.h"
#include "env/base/error.h"
#include "rl/optimizer/muon.h"

namespace paperphone::rl {

using agent::data;
namespace kernels = agent::kernels;

double learning_rate(const OptimizerRecipe& recipe, int step, int steps) {
  if (step < recipe.warmup_steps) return recipe.lr * (step + 1) / recipe.warmup_steps;
  if (recipe.schedule == "constant") return recipe.lr;
  const int length = std::max(1, steps - recipe.warmup_steps);
  const double done = std::min(1.0, double(step - recipe.warmup_steps) / length);
  const double left =
      recipe.schedule == "linear" ? 1 - done : 0.5 * (1 + std::cos(std::numbers::pi * done));
  return recipe.lr * (recipe.final_lr_fraction + (1 - recipe.final_lr_fraction) * left);
}

namespace {

constexpr std::int64_t kPiece = 16384;  // values; sums do not depend on threads

bool is_plain(const torch::Tensor& x) {
  return x.is_cpu() && x.scalar_type() == torch::kFloat32 && x.is_contiguous();
}

double sum_of_squares(const torch::Tensor& grad) {
  if (!is_plain(grad)) return grad.to(torch::kFloat32).square().sum().item<double>();
  const std::int64_t size = grad.numel(), pieces = (size + kPiece - 1) / kPiece;
  std::vector<double> sums(std::size_t(pieces), 0.0);
  at::parallel_for(0, pieces, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
      sums[std::size_t(i)] = kernels::sum_of_squares(
          data<float>(grad), {i * kPiece, std::min(size, (i + 1) * kPiece)});
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace

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
    if (grad.defined()) squares += sum_of_squares(grad);
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
    const torch::Tensor& grad = slot.parameter.grad();
    if (!grad.defined()) continue;
    const double decay = slot.parameter.dim() >= 2 ? 1 - lr * recipe_.weight_decay : 1.0;
    if (slot.variance.defined())
      adamw(slot, grad, scale, decay, lr);
    else
      muon(slot, grad, scale, decay, lr);
  }
  zero_grad();
  return norm;
}

void Optimizer::adamw(Slot& slot, const torch::Tensor& raw, double scale, double decay,
                      double lr) const {
  const double correction1 = 1 - std::pow(recipe_.beta1, double(updates_));
  const double correction2 = 1 - std::pow(recipe_.beta2, double(updates_));
  if (is_plain(raw) && is_plain(slot.parameter)) {
    const kernels::AdamwStep step{float(scale),
                                  float(decay),
                                  float(recipe_.beta1),
                                  float(recipe_.beta2),
                                  float(lr / correction1),
                                  float(1 / correction2),
                                  float(recipe_.eps)};
    at::parallel_for(0, raw.numel(), kPiece, [&](std::int64_t begin, std::int64_t end) {
      kernels::adamw(data<float>(raw), data<float>(slot.parameter), data<float>(slot.mean),
                     data<float>(slot.variance), step, {begin, end});
    });
    slot.parameter.unsafeGetTensorImpl()->bump_version();
    return;
  }
  const torch::Tensor grad = raw.to(torch::kFloat32) * scale;
  slot.parameter.mul_(decay);
  slot.mean.mul_(recipe_.beta1).add_(grad, 1 - recipe_.beta1);
  slot.variance.mul_(recipe_.beta2).addcmul_(grad, grad, 1 - recipe_.beta2);
  const auto denominator = (slot.variance / correction2).sqrt_().add_(recipe_.eps);
  slot.parameter.addcdiv_(slot.mean, denominator, -lr / correction1);
}

void Optimizer::muon(Slot& slot, const torch::Tensor& raw, double scale, double decay,
                     double lr) const {
  const torch::Tensor grad = raw.to(torch::kFloat32) * scale;
  slot.parameter.mul_(decay);
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
  agent::save_tensors(path, tensors, {{"updates", fmt::format("{}", updates_)}});
}

void Optimizer::load(const std::filesystem::path& path) {
  std::map<std::string, std::string> metadata;
  const auto tensors = agent::load_tensors(path, &metadata);
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

}  // namespace paperphone::rl

#include "agent/ops/gradient_checkpoint.h"

#include "agent/ops/opaque_tensor.h"

namespace paperphone::agent {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::variable_list;
using Layer = std::function<Tensor(const Tensor&)>;

struct GradientCheckpoint : Function<GradientCheckpoint> {
  static Tensor forward(AutogradContext* context, const Tensor& opaque, const Tensor& x,
                        at::ArrayRef<Tensor> parameters) {
    variable_list saved = {opaque, x};
    saved.insert(saved.end(), parameters.begin(), parameters.end());
    context->save_for_backward(saved);
    // With gradients, so that the layer takes the same ways as when it runs again; its
    // graph goes at once.
    const torch::AutoGradMode enable(true);
    return opaque_value<Layer>(opaque)(x.detach()).detach();
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto& layer = opaque_value<Layer>(saved[0]);
    const torch::AutoGradMode enable(true);
    variable_list inputs;
    const Tensor x = saved[1].detach().requires_grad_(saved[1].requires_grad());
    std::vector<std::size_t> places;  // of the inputs among ours
    if (x.requires_grad()) {
      inputs.push_back(x);
      places.push_back(1);
    }
    for (std::size_t i = 2; i < saved.size(); ++i)
      if (saved[i].requires_grad()) {
        inputs.push_back(saved[i]);
        places.push_back(i);
      }
    const auto found =
        torch::autograd::grad({layer(x)}, inputs, {gradients[0]},
                              /*retain_graph=*/false, /*create_graph=*/false,
                              /*allow_unused=*/true);
    variable_list out(saved.size());
    for (std::size_t i = 0; i < places.size(); ++i) out[places[i]] = found[i];
    return out;
  }
};

}  // namespace

Tensor gradient_checkpoint(Layer layer, const Tensor& x,
                           const std::vector<Tensor>& parameters) {
  if (!torch::GradMode::is_enabled()) return layer(x);
  return GradientCheckpoint::apply(
      opaque_tensor(std::make_shared<const Layer>(std::move(layer))), x,
      at::ArrayRef<Tensor>(parameters));
}

}  // namespace paperphone::agent

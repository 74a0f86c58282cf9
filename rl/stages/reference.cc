#include "rl/stages/reference.h"

namespace paperphone::rl {

using agent::Qwen25Vl;

Qwen25Vl reference_model(const StageContext& context) {
  if (context.stage->grpo.kl_coef == 0) return Qwen25Vl{nullptr};
  const std::filesystem::path folder =
      context.folder / ("reference_" + context.stage->name);
  if (!std::filesystem::exists(folder)) agent::save_agent(*context.agent, folder);
  // With its adapters, if it has any.
  Qwen25Vl reference =
      agent::load_agent(folder, {.device = context.agent->model->device().str()}).model;
  reference->set_compute_type(context.agent->model->compute_type());
  reference->set_arithmetic(context.agent->model->arithmetic());
  for (torch::Tensor& parameter : reference->parameters())
    parameter.set_requires_grad(false);
  return reference;
}

}  // namespace paperphone::rl

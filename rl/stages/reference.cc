#include "rl/stages/reference.h"

#include <fmt/format.h>

#include "env/base/error.h"

namespace paperphone::rl {

using agent::Qwen25Vl;

std::filesystem::path reference_folder(const std::filesystem::path& run,
                                       const std::string& stage) {
  return run / ("reference_" + stage);
}

Qwen25Vl reference_model(const StageContext& context) {
  if (context.stage->grpo.kl_coef == 0) return Qwen25Vl{nullptr};
  const std::filesystem::path folder =
      reference_folder(context.folder, context.stage->name);
  if (const auto mark = read_mark(folder); !mark)
    agent::save_agent(*context.agent, folder, {.kind = context.reference_kind});
  else if (mark->kind != context.reference_kind)
    in_the_way(folder, fmt::format("it holds something else: {}", mark->kind));
  if (const auto file = damage_of(folder))
    throw DataError(
        fmt::format("{}: damaged: {}; restore it from a copy or start a new "
                    "run",
                    folder.string(), *file));
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

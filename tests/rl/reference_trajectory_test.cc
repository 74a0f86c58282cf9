// Six updates against the losses of the public reference implementation: forward pass,
// gradients and optimizer together.
#include <gtest/gtest.h>

#include <cmath>

#include "rl/optimizer/optimizer.h"
#include "tests/agent/parity_case.h"

namespace paperphone::rl {

namespace {

using agent::testing::reference_root;
using agent::testing::ReferenceRun;

class Trajectory : public ::testing::TestWithParam<ReferenceRun> {
 protected:
  Trajectory()
      : model_(agent::testing::load_model(reference_root() / GetParam().checkpoint)),
        case_(agent::testing::load_parity_case(GetParam().name, model_->config(),
                                        reference_root())) {}

  // Loss and gradient norm at the present weights; gradients stay.
  std::pair<double, double> evaluate() {
    model_->zero_grad();
    const auto loss = -model_->target_logprobs(case_.batch).mean();
    loss.backward();
    double squares = 0;
    for (const auto& parameter : model_->parameters())
      if (parameter.grad().defined())
        squares += parameter.grad().to(torch::kFloat64).square().sum().item<double>();
    return {loss.item<double>(), std::sqrt(squares)};
  }
  double expected(const std::string& name, std::int64_t step) const {
    return case_[name][step].item<double>();
  }

  agent::Qwen25Vl model_;
  agent::testing::ParityCase case_;
};

TEST_P(Trajectory, AdamWAgrees) {
  // The case's settings. (It decays biases and norms too, ours are left alone: 2e-6 of
  // their size per step, far below what the tolerance can see.)
  const OptimizerRecipe recipe{.kind = "adamw",
                               .lr = 2e-4,
                               .weight_decay = 0.01,
                               .beta1 = 0.9,
                               .beta2 = 0.999,
                               .eps = 1e-8,
                               .grad_clip = 0};
  Optimizer::NamedParameters parameters;
  for (const auto& item : model_->named_parameters())
    parameters.emplace_back(item.key(), item.value());
  Optimizer optimizer(parameters, recipe);
  const std::int64_t steps = case_["adamw.loss"].size(0);
  for (std::int64_t step = 0; step < steps; ++step) {
    const auto [loss, norm] = evaluate();
    EXPECT_NEAR(loss, expected("adamw.loss", step), step == 0 ? 5e-5 : 5e-3) << step;
    if (step == 0) {
      const double first = expected("adamw.grad_norm", 0);
      EXPECT_NEAR(norm, first, 2e-4 * first);
    }
    optimizer.step(recipe.lr);
  }
}

TEST_P(Trajectory, PlainGradientDescentAgrees) {
  const std::int64_t steps = case_["sgd.loss"].size(0);
  for (std::int64_t step = 0; step < steps; ++step) {
    const auto [loss, norm] = evaluate();
    EXPECT_NEAR(loss, expected("sgd.loss", step), 1e-4) << step;
    const double reference = expected("sgd.grad_norm", step);
    EXPECT_NEAR(norm, reference, 1e-3 * reference) << step;
    const torch::NoGradGuard no_grad;
    for (auto& parameter : model_->parameters())
      if (parameter.grad().defined()) parameter.sub_(parameter.grad(), 1e-5);
  }
}

INSTANTIATE_TEST_SUITE_P(Float32, Trajectory,
                         ::testing::ValuesIn(agent::testing::reference_runs(true)),
                         agent::testing::name_of_run);

}  // namespace
}  // namespace paperphone::rl

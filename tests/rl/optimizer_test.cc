#include "rl/optimizer/optimizer.h"

#include <gtest/gtest.h>
#include <torch/optim/adamw.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "env/base/error.h"
#include "rl/optimizer/muon.h"

namespace paperphone::rl {
namespace {

void set_grad(torch::Tensor& parameter, const torch::Tensor& grad) {
  parameter.mutable_grad() = grad.clone();
}

TEST(LearningRate, WarmsUpThenFollowsTheSchedule) {
  OptimizerRecipe recipe;
  recipe.lr = 1.0;
  recipe.warmup_steps = 4;
  recipe.final_lr_fraction = 0.1;
  recipe.schedule = "cosine";
  EXPECT_DOUBLE_EQ(learning_rate(recipe, 0, 104), 0.25);
  EXPECT_DOUBLE_EQ(learning_rate(recipe, 3, 104), 1.0);
  EXPECT_DOUBLE_EQ(learning_rate(recipe, 4, 104), 1.0);
  EXPECT_NEAR(learning_rate(recipe, 54, 104), 0.55, 1e-12);
  EXPECT_NEAR(learning_rate(recipe, 104, 104), 0.1, 1e-12);
  recipe.schedule = "linear";
  EXPECT_NEAR(learning_rate(recipe, 29, 104), 0.775, 1e-12);
  recipe.schedule = "constant";
  EXPECT_DOUBLE_EQ(learning_rate(recipe, 90, 104), 1.0);
}

TEST(AdamW, FirstStepOfAHandComputedCase) {
  // After one step the corrected moments are g and g^2, so the step is lr * sign(g).
  torch::Tensor p = torch::tensor({{1.0f, -2.0f}}).requires_grad_(true);
  OptimizerRecipe recipe;
  recipe.weight_decay = 0.1;
  recipe.grad_clip = 0;
  Optimizer optimizer({{"p", p}}, recipe);
  set_grad(p, torch::tensor({{0.5f, -4.0f}}));
  const double norm = optimizer.step(0.01);
  EXPECT_NEAR(norm, std::sqrt(0.25 + 16), 1e-6);
  EXPECT_NEAR(p[0][0].item<double>(), 1 * (1 - 0.001) - 0.01, 1e-6);
  EXPECT_NEAR(p[0][1].item<double>(), -2 * (1 - 0.001) + 0.01, 1e-6);
}

TEST(AdamW, AgreesWithTorchOverManySteps) {
  torch::Tensor ours = torch::tensor({{0.3f, -0.2f}, {1.0f, 2.0f}}).requires_grad_(true);
  torch::Tensor theirs = ours.detach().clone().requires_grad_(true);
  OptimizerRecipe recipe;
  recipe.weight_decay = 0.05;
  recipe.grad_clip = 0;
  Optimizer optimizer({{"p", ours}}, recipe);
  torch::optim::AdamW reference({theirs}, torch::optim::AdamWOptions(0.02)
                                              .betas({recipe.beta1, recipe.beta2})
                                              .eps(recipe.eps)
                                              .weight_decay(recipe.weight_decay));
  for (int i = 0; i < 20; ++i) {
    ((ours * ours).sum() + (ours * 0.3).sin().sum()).backward();
    optimizer.step(0.02);
    reference.zero_grad();
    ((theirs * theirs).sum() + (theirs * 0.3).sin().sum()).backward();
    reference.step();
  }
  EXPECT_TRUE(torch::allclose(ours, theirs, 1e-5, 1e-6));
}

TEST(AdamW, ClipsByTheGlobalNorm) {
  torch::Tensor a = torch::zeros({1}).requires_grad_(true);
  torch::Tensor b = torch::zeros({1}).requires_grad_(true);
  OptimizerRecipe recipe;
  recipe.grad_clip = 1.0;
  recipe.eps = 1.0;  // so that the size of the gradient shows
  Optimizer optimizer({{"a", a}, {"b", b}}, recipe);
  set_grad(a, torch::tensor({3.0f}));
  set_grad(b, torch::tensor({4.0f}));
  EXPECT_NEAR(optimizer.step(1.0), 5.0, 1e-6);
  EXPECT_NEAR(a.item<double>(), -0.6 / (0.6 + 1.0), 1e-5);
  EXPECT_NEAR(b.item<double>(), -0.8 / (0.8 + 1.0), 1e-5);
}

TEST(AdamW, ANonFiniteGradientMovesNothing) {
  torch::Tensor p = torch::ones({2}).requires_grad_(true);
  Optimizer optimizer({{"p", p}}, {});
  set_grad(p, torch::tensor({1.0f, std::numeric_limits<float>::infinity()}));
  EXPECT_FALSE(std::isfinite(optimizer.step(0.1)));
  EXPECT_TRUE(torch::equal(p.detach(), torch::ones({2})));
}

TEST(Muon, OrthogonalizesMatricesOfAnyShape) {
  for (const auto& [rows, columns] : {std::pair{48, 20}, std::pair{20, 48}}) {
    const torch::Tensor m =
        torch::sin(torch::arange(rows * columns, torch::kFloat32) * 1.7f)
            .view({rows, columns});
    const torch::Tensor o = orthogonalize(m);
    ASSERT_EQ(o.sizes(), m.sizes());
    // Some directions of this matrix are empty; the others have length about 1.
    const torch::Tensor before = std::get<1>(torch::linalg_svd(m, false));
    const torch::Tensor after = std::get<1>(torch::linalg_svd(o, false));
    const auto full = (before > 0.05 * before[0].item<double>()).sum().item<std::int64_t>();
    ASSERT_GE(full, 2);
    EXPECT_GT(after[full - 1].item<double>(), 0.6);
    EXPECT_LT(after[0].item<double>(), 1.3);
    // The same singular vectors: the product with the original is symmetric.
    const torch::Tensor product = torch::mm(o, m.t());
    EXPECT_LT((product - product.t()).norm().item<double>(),
              0.05 * product.norm().item<double>());
  }
}

TEST(Muon, MovesHiddenMatricesAndLeavesTheRestToAdamW) {
  torch::Tensor matrix = torch::zeros({4, 4}).requires_grad_(true);
  torch::Tensor table = torch::zeros({4, 4}).requires_grad_(true);
  torch::Tensor norm = torch::zeros({4}).requires_grad_(true);
  OptimizerRecipe recipe;
  recipe.kind = "muon";
  recipe.grad_clip = 0;
  Optimizer optimizer({{"model.layers.0.mlp.up_proj.weight", matrix},
                       {"model.embed_tokens.weight", table},
                       {"model.norm.weight", norm}},
                      recipe);
  const torch::Tensor grad = torch::diag(torch::tensor({4.0f, 1.0f, 0.5f, -2.0f}));
  set_grad(matrix, grad);
  set_grad(table, grad);
  set_grad(norm, torch::ones({4}));
  optimizer.step(0.01);
  // An orthogonal direction: however large its gradient, each entry moves about
  // 0.01 * 0.2 * sqrt(4).
  for (int i = 0; i < 4; ++i)
    EXPECT_NEAR(std::abs(matrix[i][i].item<double>()), 0.004, 0.0014) << i;
  EXPECT_GT(matrix[3][3].item<double>(), 0);
  EXPECT_NEAR(table[0][0].item<double>(), -0.01, 1e-6);
  EXPECT_NEAR(norm[0].item<double>(), -0.01, 1e-6);
}

class OptimizerState : public ::testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Kinds, OptimizerState, ::testing::Values("adamw", "muon"));

TEST_P(OptimizerState, SurvivesSavingBitForBit) {
  const auto path =
      std::filesystem::path(::testing::TempDir()) / "optimizer_test.safetensors";
  OptimizerRecipe recipe;
  recipe.kind = GetParam();
  const auto run = [&](bool interrupt) {
    torch::Tensor p = torch::tensor({{0.3f, -0.2f, 0.7f}}).requires_grad_(true);
    auto optimizer = std::make_unique<Optimizer>(Optimizer::NamedParameters{{"p", p}},
                                             recipe);
    for (int i = 0; i < 6; ++i) {
      if (interrupt && i == 3) {
        optimizer->save(path);
        optimizer = std::make_unique<Optimizer>(Optimizer::NamedParameters{{"p", p}},
                                            recipe);
        optimizer->load(path);
      }
      (p * p * p).sum().backward();
      optimizer->step(0.05);
    }
    return p.detach().clone();
  };
  EXPECT_TRUE(torch::equal(run(false), run(true)));
}

TEST(AdamW, RefusesTheStateOfAnotherModel) {
  const auto path =
      std::filesystem::path(::testing::TempDir()) / "optimizer_other.safetensors";
  torch::Tensor p = torch::ones({2}).requires_grad_(true);
  torch::Tensor q = torch::ones({3}).requires_grad_(true);
  Optimizer({{"p", p}}, {}).save(path);
  Optimizer other({{"p", q}}, {});
  try {
    other.load(path);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_NE(std::string(error.what()).find("belongs to another model"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace paperphone::rl

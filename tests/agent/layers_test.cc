#include "agent/model/layers.h"

#include <gtest/gtest.h>

#include "agent/ops/bf16_linear.h"

namespace paperphone::agent {
namespace {

TEST(Projection, TakesChannelsLastAsTheSamePatches) {
  Projection projection(std::vector<std::int64_t>{6, 4, 5, 5}, Bias::kYes);
  {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : projection->parameters()) parameter.normal_();
    projection->add_adapter(2, 0.5, Rng(3));
    projection->lora_B.normal_();
  }
  const auto patches = torch::randn({7, 4, 5, 5});
  const auto last = patches.permute({0, 2, 3, 1}).flatten(1);
  EXPECT_TRUE(torch::allclose(projection->forward(last, Channels::kLast),
                              projection->forward(patches.flatten(1)), 1e-4, 1e-4));
}

// In bfloat16, small enough for agent/ops/bf16_linear.h.
TEST(Projection, GradientsOfWhatIsLearnedAreNotRounded) {
  const auto exact = [](const std::vector<std::int64_t>& shape) {
    return torch::randn(shape).to(torch::kBFloat16);
  };
  torch::manual_seed(5);
  Projection projection(std::vector<std::int64_t>{96, 4, 4, 4}, Bias::kYes);
  projection->add_adapter(32, 0.5, Rng(3));
  {
    const torch::NoGradGuard no_grad;
    for (auto& parameter : projection->parameters())
      parameter.copy_(exact(parameter.sizes().vec()));
  }
  const auto x = exact({41, 64}), dy = exact({41, 96});
  if (!has_bf16_linear(x, projection->weight.flatten(1)))
    GTEST_SKIP() << "this processor has no products of bfloat16 pairs";
  const auto y = projection->forward(x);
  {
    const torch::NoGradGuard no_grad;
    EXPECT_TRUE(torch::equal(projection->forward(x), y)) << "as it is sampled";
  }
  y.backward(dy);
  const auto off = [](const torch::Tensor& found, const torch::Tensor& wanted) {
    return ((found - wanted).abs().max() / wanted.abs().max()).item<double>();
  };
  const auto dy4 = dy.to(torch::kFloat32), x4 = x.to(torch::kFloat32);
  const auto dw = dy4.t().matmul(x4);
  EXPECT_LT(off(projection->weight.grad().flatten(1), dw), 1e-6);
  EXPECT_LT(off(projection->bias.grad(), dy4.sum(0)), 1e-6);
  // Between the adapter's halves values are bfloat16, but what is summed up is not rounded.
  const auto da = (0.5 * dy4.matmul(projection->lora_B.detach())).t().matmul(x4);
  EXPECT_LT(off(projection->lora_A.grad(), da), 1e-2);
  for (const auto& learned : {projection->lora_A.grad(), projection->lora_B.grad()})
    EXPECT_FALSE(torch::equal(learned, learned.to(torch::kBFloat16).to(torch::kFloat32)));

  const auto pixels_last = x.view({41, 4, 4, 4}).permute({0, 2, 3, 1}).flatten(1);
  const auto again = projection->forward(pixels_last, Channels::kLast);
  EXPECT_LT(off(again.to(torch::kFloat32), y.to(torch::kFloat32)), 1e-2);
}

TEST(Linear, OfVeryManyRowsIsTheSame) {
  const auto x = torch::randn({3, 150, 160, 12});
  const auto weight = torch::randn({5, 12}), bias = torch::randn({5});
  std::vector<std::vector<torch::Tensor>> found;
  for (bool library : {false, true}) {
    std::vector<torch::Tensor> leaves;
    for (const auto& t : {x, weight, bias})
      leaves.push_back(t.detach().clone().requires_grad_());
    const auto y = library
                       ? torch::linear(leaves[0], leaves[1], leaves[2])
                       : linear(LinearPath::kLibrary, leaves[0], leaves[1], leaves[2]);
    ASSERT_EQ(y.sizes(), (std::vector<std::int64_t>{3, 150, 160, 5}));
    y.sin().sum().backward();
    found.push_back({y.detach()});
    for (const auto& leaf : leaves) found.back().push_back(leaf.grad());
  }
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_TRUE(torch::allclose(found[0][i], found[1][i], 1e-3, 1e-2)) << i;
}

}  // namespace
}  // namespace paperphone::agent

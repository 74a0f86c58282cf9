#include "agent/layers.h"

#include <gtest/gtest.h>

namespace paperphone {
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

TEST(Linear, OfVeryManyRowsIsTheSame) {
  const auto x = torch::randn({3, 150, 160, 12});
  const auto weight = torch::randn({5, 12}), bias = torch::randn({5});
  std::vector<std::vector<torch::Tensor>> found;
  for (bool library : {false, true}) {
    std::vector<torch::Tensor> leaves;
    for (const auto& t : {x, weight, bias})
      leaves.push_back(t.detach().clone().requires_grad_());
    const auto y =
        library ? torch::linear(leaves[0], leaves[1], leaves[2])
                : linear_by(LinearWay::kLibrary, leaves[0], leaves[1], leaves[2]);
    ASSERT_EQ(y.sizes(), (std::vector<std::int64_t>{3, 150, 160, 5}));
    y.sin().sum().backward();
    found.push_back({y.detach()});
    for (const auto& leaf : leaves) found.back().push_back(leaf.grad());
  }
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_TRUE(torch::allclose(found[0][i], found[1][i], 1e-3, 1e-2)) << i;
}

}  // namespace
}  // namespace paperphone

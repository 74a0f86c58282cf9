#include "agent/model/decoding.h"

#include <gtest/gtest.h>

#include "tests/agent/parity_case.h"

namespace paperphone::agent {
namespace {

using testing::largest_difference;

TEST(SkinnyLinear, IsTheProductForEveryShape) {
  const torch::NoGradGuard no_grad;
  torch::manual_seed(1);
  for (std::int64_t K : {1, 31, 32, 33, 100})
    for (std::int64_t N : {1, 4, 7, 64})
      for (std::int64_t R : {1, 2, 3, 4, 7, 16}) {
        const auto x = torch::randn({R, K}), w = torch::randn({N, K}), b = torch::randn(N);
        EXPECT_LT(largest_difference(skinny_linear(x, w, b), torch::linear(x, w, b)),
                  1e-4)
            << R << "x" << K << "x" << N;
        const auto bf = [](const torch::Tensor& t) { return t.to(torch::kBFloat16); };
        const auto back = [&](const torch::Tensor& t) {
          return bf(t).to(torch::kFloat32);
        };
        EXPECT_TRUE(torch::allclose(skinny_linear(bf(x), bf(w), {}).to(torch::kFloat32),
                                    torch::linear(back(x), back(w)), 1e-2, 1e-2))
            << R << "x" << K << "x" << N;
      }
}

TEST(SkinnyLinear, IsForFewRowsWithoutGradients) {
  const auto one = torch::zeros({1, 1, 8}), many = torch::zeros({100, 8});
  EXPECT_FALSE(is_skinny(one));  // gradients are recorded
  const torch::NoGradGuard no_grad;
  EXPECT_TRUE(is_skinny(one));
  EXPECT_FALSE(is_skinny(many));
  EXPECT_FALSE(is_skinny(one.to(torch::kFloat64)));
}

TEST(SkinnyLinear, DoesNotDependOnTheNumberOfThreads) {
  const torch::NoGradGuard no_grad;
  const auto x = torch::randn({3, 700}), w = torch::randn({1001, 700});
  const int before = torch::get_num_threads();
  torch::set_num_threads(1);
  const auto one = skinny_linear(x, w, {});
  torch::set_num_threads(2);
  const auto two = skinny_linear(x, w, {});
  torch::set_num_threads(before);
  EXPECT_TRUE(torch::equal(one, two));
}

}  // namespace
}  // namespace paperphone::agent

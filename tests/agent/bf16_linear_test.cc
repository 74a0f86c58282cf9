#include "agent/ops/bf16_linear.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <gtest/gtest.h>

namespace paperphone::agent {
namespace {

// Normal values that bfloat16 holds exactly.
torch::Tensor values(const std::vector<std::int64_t>& shape, std::uint64_t seed) {
  return torch::randn(shape, at::detail::createCPUGenerator(seed))
      .to(torch::kBFloat16)
      .to(torch::kFloat32);
}
torch::Tensor as_bf16(const torch::Tensor& x) { return x.to(torch::kBFloat16); }

bool lacks_bf16_linear() {
  return !has_bf16_linear(as_bf16(values({1, 32}, 1)), values({32, 32}, 1));
}

struct Result {
  torch::Tensor y;
  std::vector<torch::Tensor> gradients;  // of x, weight, bias
};

// y and the gradients of sum(y dy), x and dy in bfloat16.
Result run(const torch::Tensor& x, const torch::Tensor& weight,
           const torch::Tensor& bias, const torch::Tensor& dy) {
  Result result;
  std::vector<torch::Tensor> leaves = {as_bf16(x).requires_grad_(),
                                       weight.detach().clone().requires_grad_()};
  if (bias.defined()) leaves.push_back(bias.detach().clone().requires_grad_());
  const auto y =
      bf16_linear(leaves[0], leaves[1], bias.defined() ? leaves[2] : torch::Tensor());
  EXPECT_EQ(y.scalar_type(), torch::kBFloat16);
  y.backward(as_bf16(dy));
  result.y = y.detach();
  for (const auto& leaf : leaves) {
    EXPECT_EQ(leaf.grad().scalar_type(), leaf.scalar_type());
    result.gradients.push_back(leaf.grad());
  }
  return result;
}

// Off by at most `share` of what the terms of each sum come to.
void expect_near(const torch::Tensor& ours, const torch::Tensor& exact,
                 const torch::Tensor& terms, double share, const char* what) {
  ASSERT_EQ(ours.sizes(), exact.sizes()) << what;
  const auto off = (ours.to(torch::kFloat64) - exact).abs() / (terms + 1e-6);
  EXPECT_LE(off.max().item<double>(), share) << what;
}

TEST(Bf16Linear, IsTheLinearMapAndItsGradients) {
  if (lacks_bf16_linear())
    GTEST_SKIP() << "this processor has no products of bfloat16 pairs";
  // Last a row more than two strips, and rows enough for several pieces.
  for (const auto& [N, K] : std::vector<std::pair<std::int64_t, std::int64_t>>{
           {32, 32}, {96, 64}, {352, 128}, {128, 352}})
    for (std::int64_t R : {1, 7, 8, 65, 513, 3001}) {
      SCOPED_TRACE(::testing::Message() << R << " rows, " << K << " to " << N);
      const auto x = values({R, K}, 1), weight = values({N, K}, 2),
                 bias = values({N}, 3), dy = values({R, N}, 4);
      const auto x8 = x.to(torch::kFloat64), w8 = weight.to(torch::kFloat64),
                 b8 = bias.to(torch::kFloat64), dy8 = dy.to(torch::kFloat64);
      const auto y8 = torch::linear(x8, w8, b8);
      const Result found = run(x, weight, bias, dy);
      const auto terms = torch::linear(x8.abs(), w8.abs(), b8.abs());
      expect_near(found.y, y8, terms, 1.0 / 256, "y");
      expect_near(found.gradients[0], dy8.matmul(w8), dy8.abs().matmul(w8.abs()),
                  1.0 / 256, "dx");
      // These are not rounded.
      expect_near(found.gradients[1], dy8.t().matmul(x8),
                  dy8.abs().t().matmul(x8.abs()), 1e-5, "dW");
      expect_near(found.gradients[2], dy8.sum(0), dy8.abs().sum(0), 1e-5, "db");

      const Result bare = run(x, weight, {}, dy);
      expect_near(bare.y, torch::linear(x8, w8), terms, 1.0 / 256, "y without bias");
      EXPECT_TRUE(torch::equal(bare.gradients[1], found.gradients[1]));
    }
}

TEST(Bf16Linear, RowsAndThreadsDoNotMatter) {
  if (lacks_bf16_linear())
    GTEST_SKIP() << "this processor has no products of bfloat16 pairs";
  const auto x = values({2500, 64}, 1), weight = values({96, 64}, 2),
             bias = values({96}, 3), dy = values({2500, 96}, 4);
  const int threads = at::get_num_threads();
  std::vector<Result> results;
  for (int n : {1, 2, 3}) {
    at::set_num_threads(n);
    results.push_back(run(x, weight, bias, dy));
  }
  at::set_num_threads(threads);
  for (const Result& other : results) {
    EXPECT_TRUE(torch::equal(other.y, results[0].y));
    for (int i = 0; i < 3; ++i)
      EXPECT_TRUE(torch::equal(other.gradients[i], results[0].gradients[i])) << i;
  }
  const torch::NoGradGuard no_grad;
  for (const auto& [first, count] : std::vector<std::pair<std::int64_t, std::int64_t>>{
           {0, 1}, {13, 700}, {2499, 1}}) {
    const auto alone = bf16_linear(as_bf16(x.narrow(0, first, count)), weight, bias);
    EXPECT_TRUE(torch::equal(alone, results[0].y.narrow(0, first, count))) << first;
  }
}

TEST(Bf16Linear, KeepsShapesAndTypes) {
  if (lacks_bf16_linear())
    GTEST_SKIP() << "this processor has no products of bfloat16 pairs";
  const auto x = values({3, 5, 64}, 1), weight = values({32, 64}, 2),
             bias = values({32}, 3), dy = values({3, 5, 32}, 4);
  const Result floats = run(x, weight, bias, dy);
  EXPECT_EQ(floats.y.sizes(), dy.sizes());
  EXPECT_EQ(floats.gradients[0].sizes(), x.sizes());
  const Result halves = run(x, as_bf16(weight), as_bf16(bias), dy);
  EXPECT_TRUE(torch::equal(halves.y, floats.y));
  // As rows that are no neighbours, too.
  const auto across = as_bf16(x).transpose(0, 1);
  EXPECT_TRUE(
      torch::equal(bf16_linear(across, weight, bias).transpose(0, 1), floats.y));
}

TEST(Bf16Linear, FindsOnlyTheGradientsThatAreAskedFor) {
  if (lacks_bf16_linear())
    GTEST_SKIP() << "this processor has no products of bfloat16 pairs";
  const auto x = as_bf16(values({5, 64}, 1)), weight = values({32, 64}, 2),
             bias = values({32}, 3);
  for (int wanted = 0; wanted < 3; ++wanted) {
    std::vector<torch::Tensor> leaves = {x.clone(), weight.clone(), bias.clone()};
    leaves[std::size_t(wanted)].requires_grad_();
    bf16_linear(leaves[0], leaves[1], leaves[2]).sum().backward();
    for (int i = 0; i < 3; ++i)
      EXPECT_EQ(leaves[std::size_t(i)].grad().defined(), i == wanted);
  }
}

TEST(Bf16Linear, LeavesOtherTypesAndSizesAlone) {
  const auto x = as_bf16(values({4, 64}, 1));
  EXPECT_FALSE(has_bf16_linear(values({4, 64}, 1), values({32, 64}, 2))) << "float32";
  EXPECT_FALSE(has_bf16_linear(x, values({33, 64}, 2))) << "columns";
  EXPECT_FALSE(has_bf16_linear(x, values({8192, 64}, 2)))
      << "larger than a core's cache";
  EXPECT_FALSE(has_bf16_linear(x.narrow(0, 0, 0), values({32, 64}, 2))) << "no rows";
}

}  // namespace
}  // namespace paperphone::agent

#include "agent/ops/flash_attention.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include "agent/ops/packed_attention.h"

namespace paperphone::agent {
namespace {

using Leaves = std::vector<torch::Tensor>;

// Normal values that bfloat16 holds exactly.
torch::Tensor values(const std::vector<std::int64_t>& shape, std::uint64_t seed) {
  return torch::randn(shape, at::detail::createCPUGenerator(seed)).to(torch::kBFloat16);
}

struct Result {
  torch::Tensor value;
  Leaves gradients;
};

// Value and gradients of f in `type`, looked at where `kept` is 1 (undefined:
// everywhere).
template <class F>
Result run(F f, const Leaves& inputs, torch::ScalarType type,
           const torch::Tensor& kept) {
  Leaves leaves;
  for (const auto& input : inputs)
    leaves.push_back(input.to(type).detach().requires_grad_());
  const auto y = f(leaves).to(torch::kFloat32);
  const auto weights = values(y.sizes().vec(), 4).to(torch::kFloat32);
  const auto mask = kept.defined() ? kept : torch::ones({});
  (y * weights * mask).sum().backward();
  Result result{(y * mask).detach(), {}};
  for (const auto& leaf : leaves)
    result.gradients.push_back(leaf.grad().to(torch::kFloat32) * mask);
  return result;
}

// Within what some roundings to bfloat16 (8 bits) make of the largest value.
void expect_near(const torch::Tensor& ours, const torch::Tensor& exact, double share,
                 const char* what) {
  const double largest = exact.abs().max().item<double>();
  const double off = (ours - exact).abs().max().item<double>();
  EXPECT_LE(off, largest * share + 1e-6) << what;
}

void expect_same(const Result& ours, const Result& exact, double share = 0.01) {
  expect_near(ours.value, exact.value, share, "value");
  const char* const names[3] = {"queries", "keys", "values"};
  for (std::size_t i = 0; i < 3; ++i)
    expect_near(ours.gradients[i], exact.gradients[i], share, names[i]);
}

bool lacks_flash_attention(std::int64_t E) {
  return !has_flash_attention(values({1, E}, 1));
}

TEST(FlashAttention, IsSoftmaxForAnyNumberOfQueriesAndKeys) {
  if (lacks_flash_attention(32))
    GTEST_SKIP() << "this processor has no products of bfloat16 pairs";
  for (std::int64_t E : {16, 32, 48, 128})
    for (const auto& [Q, K] : std::vector<std::pair<std::int64_t, std::int64_t>>{
             {1, 1}, {3, 65}, {8, 64}, {33, 7}, {70, 131}}) {
      SCOPED_TRACE(::testing::Message() << "E " << E << " Q " << Q << " K " << K);
      const Leaves inputs = {values({3, Q, E}, 1), values({3, K, E}, 2),
                             values({3, K, E}, 3)};
      expect_same(
          run([](const Leaves& x) { return flash_attention(x[0], x[1], x[2], 0.3); },
              inputs, torch::kBFloat16, {}),
          run(
              [](const Leaves& x) {
                const auto scores = torch::bmm(x[0], x[1].transpose(1, 2)) * 0.3;
                return torch::bmm(torch::softmax(scores, -1), x[2]);
              },
              inputs, torch::kFloat32, {}));
    }
}

// Rows as (prefix, segments...) lengths after `left` positions of padding.
torch::Tensor segments_of(const std::vector<std::vector<int>>& rows, std::int64_t S,
                          std::int64_t left) {
  const auto out = torch::full({std::int64_t(rows.size()), S}, -1, torch::kInt64);
  for (std::size_t b = 0; b < rows.size(); ++b) {
    std::int64_t at = left;
    for (std::size_t i = 0; i < rows[b].size(); at += rows[b][i++])
      out[std::int64_t(b)].narrow(0, at, rows[b][i]).fill_(std::int64_t(i));
  }
  return out;
}

TEST(FlashAttention, SeesPrefixAndOwnSegmentOnly) {
  if (lacks_flash_attention(32))
    GTEST_SKIP() << "this processor has no products of bfloat16 pairs";
  const std::vector<std::vector<std::vector<int>>> batches = {
      {{5}},
      {{100}},
      {{70, 30}, {3, 66}},
      {{64, 3, 65, 1}, {130, 2}, {1, 1, 1, 1}},
      {{0, 4, 20}, {9, 5}},  // nothing shared
  };
  for (std::int64_t left : {0, 2})
    for (const auto& rows : batches) {
      const auto segments = segments_of(rows, 140, left);
      SCOPED_TRACE(::testing::Message() << rows.size() << " rows after " << left);
      const auto B = std::int64_t(rows.size());
      const Leaves inputs = {values({B, 4, 140, 32}, 1), values({B, 2, 140, 32}, 2),
                             values({B, 2, 140, 32}, 3)};
      const auto kept = (segments >= 0).view({B, 1, 140, 1}).to(torch::kFloat32);
      const auto layout = make_packed_layout(segments, inputs[0]);
      ASSERT_EQ(std::int64_t(layout->runs_B.size()), B);
      expect_same(run(
                      [&](const Leaves& x) {
                        return flash_packed_attention(x[0], x[1], x[2], layout, 0.3);
                      },
                      inputs, torch::kBFloat16, kept),
                  run(
                      [&](const Leaves& x) {
                        return dense_attention(x[0], x[1], x[2],
                                               attention_mask(segments), 0.3);
                      },
                      inputs, torch::kFloat32, kept));
    }
}

TEST(FlashAttention, LeavesRowsWithPaddingInsideToOthers) {
  const auto segments = torch::tensor({{0, 0, -1, 0, 1, 1}}, torch::kInt64);
  const auto layout = make_packed_layout(segments, values({1, 1, 6, 32}, 1));
  EXPECT_TRUE(layout->runs_B.empty());
  const Leaves inputs = {values({1, 2, 6, 32}, 1), values({1, 1, 6, 32}, 2),
                         values({1, 1, 6, 32}, 3)};
  const auto kept = (segments >= 0).view({1, 1, 6, 1}).to(torch::kFloat32);
  expect_same(run(
                  [&](const Leaves& x) {
                    return packed_attention(x[0], x[1], x[2], layout, 0.3);
                  },
                  inputs, torch::kBFloat16, kept),
              run(
                  [&](const Leaves& x) {
                    return dense_attention(x[0], x[1], x[2], attention_mask(segments),
                                           0.3);
                  },
                  inputs, torch::kFloat32, kept),
              0.02);  // whose weights are rounded once more
}

TEST(FlashAttention, DoesNotDependOnTheNumberOfThreads) {
  if (lacks_flash_attention(32))
    GTEST_SKIP() << "this processor has no products of bfloat16 pairs";
  const Leaves inputs = {values({5, 70, 32}, 1), values({5, 90, 32}, 2),
                         values({5, 90, 32}, 3)};
  const auto attend = [](const Leaves& x) {
    return flash_attention(x[0], x[1], x[2], 0.3);
  };
  const int before = torch::get_num_threads();
  torch::set_num_threads(1);
  const Result one = run(attend, inputs, torch::kBFloat16, {});
  torch::set_num_threads(3);
  const Result three = run(attend, inputs, torch::kBFloat16, {});
  torch::set_num_threads(before);
  EXPECT_TRUE(torch::equal(one.value, three.value));
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_TRUE(torch::equal(one.gradients[i], three.gradients[i])) << i;
}

}  // namespace
}  // namespace paperphone::agent

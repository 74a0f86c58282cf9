#include "agent/ops/packed_attention.h"

#include <gtest/gtest.h>

namespace paperphone::agent {
namespace {

// Rows as (prefix, segments...) lengths -> segment numbers, padded with -1.
torch::Tensor segments_of(const std::vector<std::vector<int>>& rows) {
  std::size_t width = 0;
  std::vector<std::vector<std::int64_t>> numbers;
  for (const auto& lengths : rows) {
    auto& row = numbers.emplace_back();
    for (std::size_t i = 0; i < lengths.size(); ++i)
      row.insert(row.end(), std::size_t(lengths[i]), std::int64_t(i));
    width = std::max(width, row.size());
  }
  const auto out =
      torch::full({std::int64_t(rows.size()), std::int64_t(width)}, -1, torch::kInt64);
  for (std::size_t b = 0; b < numbers.size(); ++b)
    for (std::size_t s = 0; s < numbers[b].size(); ++s)
      out[std::int64_t(b)][std::int64_t(s)] = numbers[b][s];
  return out;
}

struct Result {
  torch::Tensor value;
  std::vector<torch::Tensor> gradients;
};

// Attention of 4 query and 2 key heads of 8 values, looked at where there is no padding.
Result run(bool packed, const torch::Tensor& segments_BS, torch::ScalarType type) {
  const std::int64_t B = segments_BS.size(0), S = segments_BS.size(1);
  std::vector<torch::Tensor> leaves;
  double phase = 0.3;
  for (std::int64_t heads : {4, 2, 2}) {
    phase += 0.7;
    leaves.push_back((torch::arange(B * heads * S * 8, torch::kFloat32) * phase)
                         .sin()
                         .view({B, heads, S, 8})
                         .to(type)
                         .requires_grad_());
  }
  const torch::Tensor out =
      packed ? packed_attention(leaves[0], leaves[1], leaves[2],
                                make_packed_layout(segments_BS, leaves[0]), 0.35)
             : dense_attention(leaves[0], leaves[1], leaves[2],
                               attention_mask(segments_BS), 0.35);
  const auto kept = (segments_BS >= 0).view({B, 1, S, 1}).to(torch::kFloat32);
  Result result{out.detach().to(torch::kFloat32) * kept, {}};
  const auto weights = torch::arange(out.numel(), torch::kFloat32).view(out.sizes()).cos();
  (out.to(torch::kFloat32) * weights * kept).sum().backward();
  for (const auto& leaf : leaves) {
    // Of padding there is no gradient, whatever the plain form says about it.
    result.gradients.push_back(leaf.grad().to(torch::kFloat32) * kept);
  }
  return result;
}

void expect_plain_form(const torch::Tensor& segments_BS) {
  const Result ours = run(true, segments_BS, torch::kFloat32);
  const Result plain = run(false, segments_BS, torch::kFloat32);
  EXPECT_TRUE(torch::allclose(ours.value, plain.value, 1e-5, 1e-5)) << segments_BS;
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(torch::allclose(ours.gradients[i], plain.gradients[i], 1e-4, 1e-5))
        << "gradient " << i << "\n" << segments_BS;
}

TEST(PackedAttention, IsThePlainFormWithGradients) {
  const std::vector<std::vector<std::vector<int>>> batches = {
      {{5}},                              // a prompt alone
      {{7, 3}},                           // one response
      {{6, 3, 5, 1}, {6, 2, 2, 4}},       // several on equal prefixes
      {{6, 3, 5}, {2, 4}, {9}, {1, 1, 1, 1}},  // everything different
  };
  for (const auto& rows : batches) expect_plain_form(segments_of(rows));
}

TEST(PackedAttention, TakesPaddingOnTheLeftToo) {
  expect_plain_form(torch::tensor(
      {{-1, -1, 0, 0, 0, 1, 1}, {0, 0, 0, 0, 1, 2, -1}}, torch::kInt64));
}

TEST(PackedAttention, BfloatStaysWithinItsRounding) {
  const auto segments = segments_of({{6, 3, 5}, {4, 4}});
  const Result ours = run(true, segments, torch::kBFloat16);
  const Result exact = run(false, segments, torch::kFloat32);
  EXPECT_TRUE(torch::allclose(ours.value, exact.value, 3e-2, 2e-2));
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(torch::allclose(ours.gradients[i], exact.gradients[i], 5e-2, 5e-2)) << i;
}

TEST(PackedAttention, DoesNotDependOnTheNumberOfThreads) {
  const auto segments = segments_of({{40, 13, 25}, {31, 24, 3, 9}});
  const int before = torch::get_num_threads();
  torch::set_num_threads(1);
  const Result one = run(true, segments, torch::kBFloat16);
  torch::set_num_threads(2);
  const Result two = run(true, segments, torch::kBFloat16);
  torch::set_num_threads(before);
  EXPECT_TRUE(torch::equal(one.value, two.value));
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(torch::equal(one.gradients[i], two.gradients[i])) << i;
}

}  // namespace
}  // namespace paperphone::agent

#include "agent/ops/fused.h"

#include <gtest/gtest.h>

namespace paperphone::agent {
namespace {

torch::Tensor random(std::vector<std::int64_t> shape) {
  return torch::randn(shape, torch::kFloat64).to(torch::kFloat32);
}

// What each step means, in plain float32 operations.
torch::Tensor plain_rms_norm(const torch::Tensor& x, const torch::Tensor& w) {
  return x * torch::rsqrt(x.square().mean(-1, true) + 1e-6) * w;
}
torch::Tensor plain_rotate(const torch::Tensor& x, const torch::Tensor& cos,
                           const torch::Tensor& sin) {
  const auto h = x.chunk(2, -1);
  const auto c = cos.unsqueeze(1), s = sin.unsqueeze(1);
  return torch::cat({h[0] * c - h[1] * s, h[1] * c + h[0] * s}, -1);
}
torch::Tensor dense_attention_of(const torch::Tensor& q, const torch::Tensor& k,
                                 const torch::Tensor& v) {
  return torch::bmm(torch::softmax(torch::bmm(q, k.transpose(1, 2)) * 0.25, -1), v);
}

// Values and gradients of two functions of the same inputs.
template <class F, class G>
void expect_same(F ours, G plain, std::vector<torch::Tensor> inputs) {
  std::vector<std::vector<torch::Tensor>> gradients;
  std::vector<torch::Tensor> values;
  const auto run = [&](auto f) {
    std::vector<torch::Tensor> leaves;
    for (const auto& input : inputs)
      leaves.push_back(input.detach().clone().requires_grad_());
    const auto y = f(leaves);
    values.push_back(y.detach());
    const auto weights =
        torch::arange(y.numel(), torch::kFloat32).view(y.sizes()).sin();
    (y.to(torch::kFloat32) * weights).sum().backward();
    gradients.emplace_back();
    for (const auto& leaf : leaves) gradients.back().push_back(leaf.grad());
  };
  run(ours);
  run(plain);
  EXPECT_TRUE(torch::allclose(values[0], values[1], 1e-5, 1e-5));
  for (std::size_t i = 0; i < inputs.size(); ++i)
    EXPECT_TRUE(torch::allclose(gradients[0][i], gradients[1][i], 1e-4, 1e-5))
        << "gradient " << i;
}

using Leaves = std::vector<torch::Tensor>;

TEST(Fused, NormIsTheFormula) {
  for (std::int64_t width : {5, 32, 100})
    expect_same([](const Leaves& x) { return rms_norm(x[0], x[1], 1e-6); },
                [](const Leaves& x) { return plain_rms_norm(x[0], x[1]); },
                {random({7, width}), random({width})});
}

TEST(Fused, RotationIsTheFormula) {
  for (std::int64_t pairs : {3, 8, 16}) {
    const auto angle = random({6, pairs});
    const RotaryTables rotary{angle.cos(), angle.sin()};
    expect_same(
        [&](const Leaves& x) {
          return split_heads(x[0], 2, 4, {Rotary::kApply}, rotary)[0];
        },
        [&](const Leaves& x) {
          return plain_rotate(x[0].view({6, 4, -1}), rotary.cos_RE, rotary.sin_RE)
              .view({2, 3, 4, -1})
              .transpose(1, 2);
        },
        {random({6, 4 * 2 * pairs})});
  }
}

TEST(Fused, PartsOfOneProjectionAreCutApart) {
  const auto angle = random({6, 8});
  const RotaryTables rotary{angle.cos(), angle.sin()};
  expect_same(
      [&](const Leaves& x) {
        const auto parts =
            split_heads(x[0], 1, 4, {Rotary::kApply, Rotary::kSkip}, rotary);
        return parts[0] * parts[1];
      },
      [&](const Leaves& x) {
        const auto both = x[0].view({6, 2, 4, 16});
        const auto a = plain_rotate(both.select(1, 0), rotary.cos_RE, rotary.sin_RE);
        return (a * both.select(1, 1)).transpose(0, 1).unsqueeze(0);
      },
      {random({6, 2 * 4 * 16})});
}

TEST(Fused, MergingHeadsUndoesTheCut) {
  const auto x = random({6, 32});
  const auto heads = split_heads(x, 2, 4, {Rotary::kSkip}, {})[0];
  EXPECT_TRUE(torch::equal(merge_heads(heads), x));
  expect_same([](const Leaves& h) { return merge_heads(h[0]); },
              [](const Leaves& h) {
                return h[0].transpose(1, 2).reshape({6, 20});
              },
              {random({2, 4, 3, 5})});
}

TEST(Fused, GateIsTheFormula) {
  expect_same([](const Leaves& x) { return swiglu(x[0], x[1]); },
              [](const Leaves& x) { return torch::silu(x[0]) * x[1]; },
              {random({9, 37}), random({9, 37})});
  expect_same([](const Leaves& x) { return swiglu(x[0], x[1], x[2], x[3]); },
              [](const Leaves& x) {
                return torch::silu(x[0] + x[2]) * (x[1] + x[3]);
              },
              {random({9, 37}), random({9, 37}), random({37}), random({37})});
  // More rows than are summed up in one piece.
  expect_same([](const Leaves& x) { return swiglu(x[0], x[1], x[2], x[3]); },
              [](const Leaves& x) {
                return torch::silu(x[0] + x[2]) * (x[1] + x[3]);
              },
              {random({1100, 3}), random({1100, 3}), random({3}), random({3})});
}

TEST(Fused, GeluIsTheFormula) {
  // Every bfloat16 value between -20 and 20 but those next to zero.
  const auto x = torch::arange(1, 65536, torch::kInt32)
                     .to(torch::kInt16)
                     .view(torch::kBFloat16);
  const auto kept = x.masked_select((x.abs() <= 20).logical_and(x.abs() >= 1e-3));
  ASSERT_GT(kept.numel(), 3000);
  auto ours = kept.clone().requires_grad_();
  auto exact = kept.to(torch::kFloat64).requires_grad_();
  const auto y = agent::gelu(ours);
  const auto y8 = torch::gelu(exact);
  y.sum().backward();
  y8.sum().backward();
  EXPECT_TRUE(torch::allclose(y.to(torch::kFloat64), y8, 1.0 / 256, 2e-6));
  EXPECT_TRUE(torch::allclose(ours.grad().to(torch::kFloat64), exact.grad(), 1.0 / 256, 2e-6));
}

TEST(Fused, AttentionIsTheFormula) {
  for (std::int64_t keys : {7, 40, 1500}) {
    expect_same([](const Leaves& x) { return full_attention(x[0], x[1], x[2], 0.25); },
                [](const Leaves& x) { return dense_attention_of(x[0], x[1], x[2]); },
                {random({3, 5, 8}), random({3, keys, 8}), random({3, keys, 8})});
  }
}

TEST(Fused, TheLibrarysAttentionIsTheFormula) {
  const auto formula = [](const Leaves& x, const torch::Tensor& mask) {
    auto scores = torch::matmul(x[0], x[1].transpose(2, 3)) * 0.25;
    if (mask.defined()) scores = scores + mask;
    return torch::matmul(torch::softmax(scores, -1), x[2]);
  };
  const auto hidden = torch::full({}, -1e9f);
  const auto causal =
      torch::where(torch::ones({5, 5}, torch::kBool).tril(), torch::zeros({}), hidden);
  for (const torch::Tensor& mask : {torch::Tensor(), causal, causal.expand({2, 1, 5, 5})})
    expect_same(
        [&](const Leaves& x) { return library_attention(x[0], x[1], x[2], mask, 0.25); },
        [&](const Leaves& x) { return formula(x, mask); },
        {random({2, 3, 5, 8}), random({2, 3, 5, 8}), random({2, 3, 5, 8})});
}

TEST(Fused, SquaresStandWhereTheirPixelsDo) {
  // Two pictures of 4 x 6 patches of 8 x 8 pixels, patches in groups of 2 x 2; every
  // value says where it is: picture, color, row, column.
  constexpr std::int64_t F = 2, h = 4, w = 6, m = 2, p = 8;
  const auto pixels = torch::arange(F * 3 * h * p * w * p, torch::kFloat32)
                          .view({F, 3, h * p, w * p});
  const auto patches = pixels.view({F, 3, h / m, m, p, w / m, m, p})
                           .permute({0, 2, 5, 3, 6, 1, 4, 7})
                           .reshape({F * h * w, 3 * p * p});
  const auto squares = pixel_unshuffle(patches, {F, h, w, m, p}, torch::kFloat32);
  ASSERT_EQ(squares.sizes(), (std::vector<std::int64_t>{F, h * 2, w * 2, 48}));
  for (std::int64_t f : {0, 1})
    for (std::int64_t row : {0, 1, 5, 7})
      for (std::int64_t column : {0, 3, 11})
        EXPECT_TRUE(torch::equal(squares[f][row][column].view({3, 4, 4}),
                                 pixels[f]
                                     .narrow(1, row * 4, 4)
                                     .narrow(2, column * 4, 4)))
            << f << " " << row << " " << column;
  const auto rounded = pixel_unshuffle(patches, {F, h, w, m, p}, torch::kBFloat16);
  EXPECT_TRUE(torch::equal(rounded, squares.to(torch::kBFloat16)));
}

TEST(Fused, BfloatStaysWithinItsRounding) {
  const auto x = random({50, 64}), w = random({64});
  const auto b = x.to(torch::kBFloat16);
  const auto back = [](const torch::Tensor& t) { return t.to(torch::kFloat32); };
  EXPECT_TRUE(torch::allclose(back(rms_norm(b, w, 1e-6)), plain_rms_norm(back(b), w),
                              2e-2, 1e-2));
  EXPECT_TRUE(
      torch::allclose(back(swiglu(b, b)), torch::silu(back(b)) * back(b), 2e-2, 1e-2));
  const auto q = b.view({2, 25, 64}), f = back(q);
  EXPECT_TRUE(torch::allclose(back(full_attention(q, q, q, 0.25)),
                              dense_attention_of(f, f, f), 2e-2, 2e-2));
}

}  // namespace
}  // namespace paperphone::agent

// Linear maps and norms whose float32 parameters may be used in bfloat16.
#pragma once

#include <cstdint>

#include "agent/ops/exact.h"
#include "agent/ops/fused.h"
#include "agent/ops/tensor.h"
#include "env/base/rng.h"

namespace paperphone::agent {

// `parameter` in another type: part of the graph while gradients are recorded,
// otherwise converted once and kept until the parameter changes. Changes are seen by
// the tensor's version, so parameters must be updated in place (optimizers do), not
// through .data().
class CastCache {
 public:
  torch::Tensor get(const torch::Tensor& parameter, torch::ScalarType type);

 private:
  torch::Tensor copy_;
  const void* storage_ = nullptr;
  std::uint32_t version_ = 0;
};

// How x W^T + b is computed.
enum class LinearPath : std::uint8_t {
  kLibrary,   // small weights by agent/ops/bf16_linear.h where that can be
  kDecoding,  // without gradients, a few rows by agent/model/decoding.h; else as
              // kLibrary
  kExact,     // agent/ops/exact.h
};
// The bias may be undefined. All of one type.
torch::Tensor linear(LinearPath path, const torch::Tensor& x,
                     const torch::Tensor& weight, const torch::Tensor& bias);
// The decoder's.
LinearPath decoder_path(Arithmetic arithmetic);

enum class Bias : std::uint8_t { kYes, kNo };

// Where the channels of a flattened patch stand: [C, height, width] as in the weights, or
// [height, width, C] as convolutions leave them.
enum class Channels : std::uint8_t { kFirst, kLast };

// y = x W^T + b, in the type of x. The weight may be declared with more than two
// axes (a convolution whose kernel equals its stride): it acts on flattened patches.
//
// With an adapter: y + scale B (A x), A [rank, in], B [out, rank]
// (LoRA, arXiv:2106.09685; agent/checkpoint/lora.h).
class ProjectionImpl : public torch::nn::Module {
 public:
  ProjectionImpl(std::vector<std::int64_t> weight_shape, Bias bias);
  torch::Tensor forward(const torch::Tensor& x, Channels channels = Channels::kFirst);
  // Without the bias, for steps that add it themselves.
  torch::Tensor product(const torch::Tensor& x) { return run(x, {}, Channels::kFirst); }

  void set_path(LinearPath path) { path_ = path; }

  // A is drawn from `rng` (uniform, deviation of PEFT's default), B is zero.
  void add_adapter(int rank, double scale, const Rng& rng);
  bool has_adapter() const { return lora_A.defined(); }
  // Into the weight and out of it; what comes back is the old weight, bit for bit.
  void merge_adapter();
  void unmerge_adapter();
  bool is_merged() const { return unmerged_.defined(); }

  torch::Tensor weight;
  torch::Tensor bias;            // undefined without bias
  torch::Tensor lora_A, lora_B;  // undefined without adapter

 private:
  torch::Tensor run(const torch::Tensor& x, const torch::Tensor& with_bias,
                    Channels channels);

  CastCache weight_cast_, bias_cast_, a_cast_, b_cast_;
  LinearPath path_ = LinearPath::kLibrary;
  double lora_scale_ = 0;
  torch::Tensor unmerged_;  // the weight before merging
};
TORCH_MODULE(Projection);

class RmsNormImpl : public torch::nn::Module {
 public:
  RmsNormImpl(std::int64_t width, double eps);
  torch::Tensor forward(const torch::Tensor& x) { return rms_norm(x, weight, eps_); }

  torch::Tensor weight;

 private:
  double eps_;
};
TORCH_MODULE(RmsNorm);

// down(silu(gate(x)) * up(x)); the vision tower's has biases, the decoder's has not.
class MlpImpl : public torch::nn::Module {
 public:
  MlpImpl(std::int64_t width, std::int64_t inner, Bias bias);
  torch::Tensor forward(const torch::Tensor& x) {
    return down_proj(swiglu(gate_proj->product(x), up_proj->product(x), gate_proj->bias,
                            up_proj->bias));
  }

  Projection gate_proj{nullptr}, up_proj{nullptr}, down_proj{nullptr};
};
TORCH_MODULE(Mlp);

class EmbeddingTableImpl : public torch::nn::Module {  // rows looked up by index
 public:
  EmbeddingTableImpl(std::int64_t rows, std::int64_t width);
  torch::Tensor forward(const torch::Tensor& index, torch::ScalarType type);

  torch::Tensor weight;
};
TORCH_MODULE(EmbeddingTable);

}  // namespace paperphone::agent

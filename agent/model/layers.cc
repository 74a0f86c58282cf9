#include "agent/model/layers.h"

#include <cmath>

#include "agent/model/decoding.h"
#include "agent/ops/bf16_linear.h"
#include "env/base/check.h"

namespace paperphone::agent {

torch::Tensor CastCache::get(const torch::Tensor& parameter, torch::ScalarType type) {
  if (parameter.scalar_type() == type) return parameter;
  if (torch::GradMode::is_enabled()) return parameter.to(type);
  const bool fresh = copy_.defined() && copy_.scalar_type() == type &&
                     storage_ == parameter.data_ptr() &&
                     version_ == parameter._version();
  if (!fresh) {
    copy_ = parameter.to(type);
    storage_ = parameter.data_ptr();
    version_ = std::uint32_t(parameter._version());
  }
  return copy_;
}

namespace {

// Very many rows of few values: the library would find a weight's gradient, one small
// matrix summed over all rows, with a single thread. So rows stay in their stacks.
bool is_tall(const torch::Tensor& x, const torch::Tensor& weight) {
  return x.dim() > 2 && x.size(0) > 1 && weight.numel() <= 4096 &&
         x.numel() / x.size(-1) >= 65536;
}
torch::Tensor tall_linear(const torch::Tensor& x, const torch::Tensor& weight,
                          const torch::Tensor& bias) {
  auto shape = x.sizes().vec();
  shape.back() = weight.size(0);
  const auto y = torch::bmm(x.flatten(1, -2),
                            weight.t().unsqueeze(0).expand({x.size(0), -1, -1}));
  // To a whole line at once: a loop over so few columns would be all beginning and end.
  const std::int64_t line = x.size(-2);
  if (bias.defined()) y.view({-1, line * weight.size(0)}).add_(bias.repeat(line));
  return y.view(shape);
}

}  // namespace

torch::Tensor linear(LinearPath path, const torch::Tensor& x,
                     const torch::Tensor& weight, const torch::Tensor& bias) {
  if (path == LinearPath::kExact) return exact_linear(x, weight, bias);
  if (path == LinearPath::kDecoding && is_skinny(x))
    return skinny_linear(x, weight, bias);
  if (has_bf16_linear(x, weight)) return bf16_linear(x, weight, bias);
  if (is_tall(x, weight)) return tall_linear(x, weight, bias);
  return torch::linear(x, weight, bias);
}

LinearPath decoder_path(Arithmetic arithmetic) {
  return arithmetic == Arithmetic::kExact ? LinearPath::kExact : LinearPath::kDecoding;
}

ProjectionImpl::ProjectionImpl(std::vector<std::int64_t> weight_shape, Bias with_bias) {
  weight = register_parameter("weight", torch::empty(weight_shape));
  if (with_bias == Bias::kYes)
    bias = register_parameter("bias", torch::empty({weight_shape[0]}));
}

torch::Tensor ProjectionImpl::forward(const torch::Tensor& x, Channels channels) {
  return run(x, bias, channels);
}

torch::Tensor ProjectionImpl::run(const torch::Tensor& x, const torch::Tensor& with_bias,
                                  Channels channels) {
  const auto type = x.scalar_type();
  const auto on_patches = [&](const torch::Tensor& matrix) {
    if (channels == Channels::kFirst) return matrix.flatten(1);
    return matrix.view({-1, weight.size(1), weight.size(2), weight.size(3)})
        .permute({0, 2, 3, 1})
        .flatten(1);
  };
  const auto as_it_is = [](const torch::Tensor& matrix) { return matrix; };
  const auto map = [&](const torch::Tensor& from, const torch::Tensor& parameter,
                       CastCache& cast, const auto& shaped,
                       const torch::Tensor& added) {
    // What is learned goes in itself: its gradient needs no rounding then.
    if (torch::GradMode::is_enabled() && parameter.requires_grad() &&
        path_ != LinearPath::kExact) {
      const auto matrix = shaped(parameter);
      if (has_bf16_linear(from, matrix)) return bf16_linear(from, matrix, added);
    }
    return linear(path_, from, shaped(cast.get(parameter, type)),
                  added.defined() ? bias_cast_.get(added, type) : added);
  };
  const auto y = map(x, weight, weight_cast_, on_patches, with_bias);
  if (!has_adapter() || is_merged()) return y;
  const auto inner = map(x, lora_A, a_cast_, on_patches, {});
  return y + map(inner, lora_B, b_cast_, as_it_is, {}) * lora_scale_;
}

void ProjectionImpl::add_adapter(int rank, double scale, const Rng& rng) {
  CHECK_TRUE(!has_adapter() && rank > 0);
  const torch::NoGradGuard no_grad;
  const std::int64_t in = weight.numel() / weight.size(0);
  const auto a = torch::empty({rank, in}, torch::kFloat32);
  // kaiming_uniform with a = sqrt(5): uniform in +-1 / sqrt(in).
  const double bound = 1.0 / std::sqrt(double(in));
  Rng stream = rng;
  float* out = a.data_ptr<float>();
  for (std::int64_t i = 0; i < a.numel(); ++i)
    out[i] = float(bound * (2 * stream.uniform() - 1));
  const auto options = torch::TensorOptions(torch::kFloat32).device(weight.device());
  lora_A = register_parameter("lora_A", a.to(weight.device()));
  lora_B = register_parameter("lora_B", torch::zeros({weight.size(0), rank}, options));
  lora_scale_ = scale;
}

void ProjectionImpl::merge_adapter() {
  if (!has_adapter() || is_merged()) return;
  const torch::NoGradGuard no_grad;
  unmerged_ = weight.detach().clone();
  weight.add_(torch::matmul(lora_B, lora_A)
                  .mul(lora_scale_)
                  .view(weight.sizes())
                  .to(weight.scalar_type()));
}

void ProjectionImpl::unmerge_adapter() {
  if (!is_merged()) return;
  const torch::NoGradGuard no_grad;
  weight.copy_(unmerged_);
  unmerged_ = torch::Tensor();
}

RmsNormImpl::RmsNormImpl(std::int64_t width, double eps) : eps_(eps) {
  weight = register_parameter("weight", torch::empty({width}));
}

MlpImpl::MlpImpl(std::int64_t width, std::int64_t inner, Bias bias) {
  using Shape = std::vector<std::int64_t>;
  gate_proj = register_module("gate_proj", Projection(Shape{inner, width}, bias));
  up_proj = register_module("up_proj", Projection(Shape{inner, width}, bias));
  down_proj = register_module("down_proj", Projection(Shape{width, inner}, bias));
}

EmbeddingTableImpl::EmbeddingTableImpl(std::int64_t rows, std::int64_t width) {
  weight = register_parameter("weight", torch::empty({rows, width}));
}

torch::Tensor EmbeddingTableImpl::forward(const torch::Tensor& index,
                                          torch::ScalarType type) {
  return torch::embedding(weight, index.to(weight.device())).to(type);
}

}  // namespace paperphone::agent

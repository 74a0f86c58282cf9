#include "agent/layers.h"

namespace paperphone {

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

ProjectionImpl::ProjectionImpl(std::vector<std::int64_t> weight_shape, Bias with_bias) {
  weight = register_parameter("weight", torch::empty(weight_shape));
  if (with_bias == Bias::kYes)
    bias = register_parameter("bias", torch::empty({weight_shape[0]}));
}

torch::Tensor ProjectionImpl::forward(const torch::Tensor& x) {
  auto w = weight_cast_.get(weight, x.scalar_type());
  if (w.dim() > 2) w = w.flatten(1);
  if (!bias.defined()) return torch::linear(x, w);
  return torch::linear(x, w, bias_cast_.get(bias, x.scalar_type()));
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
  return torch::embedding(weight, index).to(type);
}

}  // namespace paperphone

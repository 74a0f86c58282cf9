#include "agent/decoder.h"

#include <cmath>

#include "env/check.h"

namespace paperphone {
namespace {

using Shape = std::vector<std::int64_t>;
}  // namespace

RotaryTables mrope_tables(const torch::Tensor& positions_3R,
                          const ModelConfig& config) {
  const int pairs = config.head_dim() / 2;
  std::vector<float> inverse(pairs);
  std::vector<int> axis(pairs);
  int pair = 0;
  for (int a = 0; a < 3; ++a)
    for (int i = 0; i < config.mrope_section[a]; ++i, ++pair) axis[pair] = a;
  for (int j = 0; j < pairs; ++j)
    inverse[j] = float(1.0 / std::pow(config.rope_theta, 2.0 * j / config.head_dim()));

  const auto positions = positions_3R.contiguous();
  const std::int64_t R = positions.size(1);
  const auto* from = positions.data_ptr<std::int64_t>();
  const auto angles = torch::empty({R, pairs}, torch::kFloat32);
  float* out = angles.data_ptr<float>();
  for (std::int64_t r = 0; r < R; ++r)
    for (int j = 0; j < pairs; ++j) *out++ = float(from[axis[j] * R + r]) * inverse[j];
  return {angles.cos(), angles.sin()};
}

DecoderAttentionImpl::DecoderAttentionImpl(const ModelConfig& config)
    : H_(config.num_heads), K_(config.num_kv_heads), E_(config.head_dim()) {
  const std::int64_t D = config.hidden_size;
  q_proj_ = register_module("q_proj", Projection(Shape{H_ * E_, D}, Bias::kYes));
  k_proj_ = register_module("k_proj", Projection(Shape{K_ * E_, D}, Bias::kYes));
  v_proj_ = register_module("v_proj", Projection(Shape{K_ * E_, D}, Bias::kYes));
  o_proj_ = register_module("o_proj", Projection(Shape{D, H_ * E_}, Bias::kNo));
}

DecoderAttentionImpl::Heads DecoderAttentionImpl::heads(const torch::Tensor& x_RD,
                                                        std::int64_t B,
                                                        const RotaryTables& rotary) {
  return {split_heads(q_proj_(x_RD), B, H_, {Turn::kRotate}, rotary)[0],
          split_heads(k_proj_(x_RD), B, K_, {Turn::kRotate}, rotary)[0],
          split_heads(v_proj_(x_RD), B, K_, {Turn::kKeep}, rotary)[0]};
}

torch::Tensor DecoderAttentionImpl::forward(const torch::Tensor& x_BSD,
                                            const RotaryTables& rotary,
                                            const PackedLayoutPtr& layout, int layer,
                                            KeyValues* cache) {
  const std::int64_t B = x_BSD.size(0), S = x_BSD.size(1);
  const Heads h = heads(x_BSD.view({B * S, -1}), B, rotary);
  if (cache != nullptr) {
    CHECK_EQ(int(cache->keys.size()), layer);
    cache->keys.push_back(h.k);
    cache->values.push_back(h.v);
  }
  const auto mixed =
      packed_attention(h.q, h.k, h.v, layout, 1.0 / std::sqrt(double(E_)));
  return o_proj_(merge_heads(mixed)).view({B, S, -1});
}

torch::Tensor DecoderAttentionImpl::step(const torch::Tensor& x_RD,
                                         const RotaryTables& rotary,
                                         const KeyValues& prefix,
                                         const torch::Tensor& prefix_mask_BS, int layer,
                                         KeyValues* own) {
  const std::int64_t R = x_RD.size(0), B = prefix_mask_BS.size(0), n = R / B;
  const std::int64_t G = H_ / K_, S = prefix_mask_BS.size(1);
  const Heads h = heads(x_RD, R, rotary);
  auto& keys = own->keys[layer];
  auto& values = own->values[layer];
  const auto k = h.k.view({R, K_, 1, E_}), v = h.v.view({R, K_, 1, E_});
  keys = keys.defined() ? torch::cat({keys, k}, 2) : k;
  values = values.defined() ? torch::cat({values, v}, 2) : v;
  const std::int64_t t = keys.size(2);

  const double scale = 1.0 / std::sqrt(double(E_));
  // Against the shared prefix all n samples of a row are queries of one product.
  const auto q_shared =
      h.q.view({B, n, K_, G, E_}).transpose(1, 2).reshape({B, K_, n * G, E_});
  const auto q_own = h.q.view({R, K_, G, E_});
  const auto shared = torch::matmul(q_shared, prefix.keys[layer].transpose(2, 3))
                          .to(torch::kFloat32)
                          .mul_(scale)
                          .add_(prefix_mask_BS.view({B, 1, 1, S}));
  const auto mine =
      torch::matmul(q_own, keys.transpose(2, 3)).to(torch::kFloat32).mul_(scale);
  const auto scores = torch::cat(
      {shared.view({B, K_, n, G, S}).transpose(1, 2).reshape({R, K_, G, S}), mine}, -1);
  const auto probabilities = torch::softmax(scores, -1).to(x_RD.scalar_type());
  const auto p_shared = probabilities.narrow(-1, 0, S)
                            .view({B, n, K_, G, S})
                            .transpose(1, 2)
                            .reshape({B, K_, n * G, S});
  const auto from_shared = torch::matmul(p_shared, prefix.values[layer])
                               .view({B, K_, n, G, E_})
                               .transpose(1, 2)
                               .reshape({R, K_, G, E_});
  const auto from_own = torch::matmul(probabilities.narrow(-1, S, t), values);
  return o_proj_((from_shared + from_own).reshape({R, H_ * E_}));
}

DecoderLayerImpl::DecoderLayerImpl(const ModelConfig& config) {
  const std::int64_t D = config.hidden_size;
  input_layernorm = register_module("input_layernorm", RmsNorm(D, config.rms_norm_eps));
  post_attention_layernorm =
      register_module("post_attention_layernorm", RmsNorm(D, config.rms_norm_eps));
  self_attn = register_module("self_attn", DecoderAttention(config));
  mlp = register_module("mlp", Mlp(D, config.intermediate_size, Bias::kNo));
}

DecoderImpl::DecoderImpl(const ModelConfig& config) : config_(config) {
  embed_tokens = register_module("embed_tokens",
                                 EmbeddingTable(config.vocab_size, config.hidden_size));
  torch::nn::ModuleList layers;
  for (int i = 0; i < config.num_layers; ++i) {
    layers_.emplace_back(config);
    layers->push_back(layers_.back());
  }
  register_module("layers", layers);
  norm_ = register_module("norm", RmsNorm(config.hidden_size, config.rms_norm_eps));
}

torch::Tensor DecoderImpl::forward(torch::Tensor x_BSD,
                                   const torch::Tensor& positions_3BS,
                                   const torch::Tensor& segments_BS, KeyValues* cache) {
  const RotaryTables rotary = mrope_tables(positions_3BS.flatten(1), config_);
  const PackedLayoutPtr layout = make_packed_layout(segments_BS);
  for (int i = 0; i < int(layers_.size()); ++i) {
    auto& layer = *layers_[i];
    x_BSD = x_BSD +
            layer.self_attn(layer.input_layernorm(x_BSD), rotary, layout, i, cache);
    x_BSD = x_BSD + layer.mlp(layer.post_attention_layernorm(x_BSD));
  }
  return norm_(x_BSD);
}

torch::Tensor DecoderImpl::step(torch::Tensor x_RD, const torch::Tensor& positions_R,
                                const KeyValues& prefix,
                                const torch::Tensor& prefix_mask_BS, KeyValues* own) {
  const RotaryTables rotary =
      mrope_tables(positions_R.unsqueeze(0).expand({3, -1}), config_);
  own->keys.resize(layers_.size());
  own->values.resize(layers_.size());
  for (int i = 0; i < int(layers_.size()); ++i) {
    auto& layer = *layers_[i];
    x_RD = x_RD + layer.self_attn->step(layer.input_layernorm(x_RD), rotary, prefix,
                                        prefix_mask_BS, i, own);
    x_RD = x_RD + layer.mlp(layer.post_attention_layernorm(x_RD));
  }
  return norm_(x_RD);
}

}  // namespace paperphone

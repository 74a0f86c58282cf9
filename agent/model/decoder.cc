#include "agent/model/decoder.h"

#include <cmath>

#include "agent/kernels/kernel_dispatch.h"
#include "agent/model/decoding.h"
#include "agent/ops/fused.h"
#include "agent/ops/gradient_checkpoint.h"
#include "env/base/check.h"

namespace paperphone::agent {
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
  return {split_heads(q_proj_(x_RD), B, H_, {Rotary::kApply}, rotary)[0],
          split_heads(k_proj_(x_RD), B, K_, {Rotary::kApply}, rotary)[0],
          split_heads(v_proj_(x_RD), B, K_, {Rotary::kSkip}, rotary)[0]};
}

torch::Tensor DecoderAttentionImpl::forward(const torch::Tensor& x_BSD,
                                            const RotaryTables& rotary,
                                            const PackedLayoutPtr& layout,
                                            const torch::Tensor& index_L, int layer,
                                            KeyValues* cache) {
  const std::int64_t B = x_BSD.size(0), S = x_BSD.size(1);
  const Heads h = heads(x_BSD.view({B * S, -1}), B, rotary);
  if (cache != nullptr) {
    CHECK_EQ(int(cache->keys.size()), layer);
    cache->keys.push_back(h.k);
    cache->values.push_back(h.v);
  }
  const double scale = 1.0 / std::sqrt(double(E_));
  const auto mixed = arithmetic_ == Arithmetic::kFast
                         ? packed_attention(h.q, h.k, h.v, layout, scale)
                         : exact_attention(h.q, h.k, h.v, layout, scale);
  const auto merged = merge_heads(mixed);
  if (index_L.defined()) return o_proj_(merged.index_select(0, index_L));
  return o_proj_(merged).view({B, S, -1});
}

namespace {

// [B, K, P, E] and [B, K, S, E], both filled from the left -> the rows of both in one.
torch::Tensor joined(const torch::Tensor& past, const std::vector<std::int64_t>& before,
                     const torch::Tensor& now, const std::vector<std::int64_t>& lengths) {
  std::int64_t width = 0;
  for (std::size_t b = 0; b < lengths.size(); ++b)
    width = std::max(width, before[b] + lengths[b]);
  const auto out =
      torch::zeros({now.size(0), now.size(1), width, now.size(3)}, now.options());
  for (std::size_t b = 0; b < lengths.size(); ++b) {
    const auto row = std::int64_t(b);
    out[row].narrow(1, 0, before[b]).copy_(past[row].narrow(1, 0, before[b]));
    out[row].narrow(1, before[b], lengths[b]).copy_(now[row].narrow(1, 0, lengths[b]));
  }
  return out;
}

}  // namespace

torch::Tensor DecoderAttentionImpl::extend(const torch::Tensor& x_BSD,
                                           const RotaryTables& rotary,
                                           const KeyValues& past,
                                           const std::vector<std::int64_t>& lengths,
                                           const torch::Tensor& mask, int layer,
                                           KeyValues* cache) {
  const std::int64_t B = x_BSD.size(0), S = x_BSD.size(1), G = H_ / K_;
  const Heads h = heads(x_BSD.view({B * S, -1}), B, rotary);
  const auto& past_k = past.keys[layer];
  const auto& past_v = past.values[layer];
  cache->keys.push_back(joined(past_k, past.lengths_B, h.k, lengths));
  cache->values.push_back(joined(past_v, past.lengths_B, h.v, lengths));
  const double scale = 1.0 / std::sqrt(double(E_));
  if (arithmetic_ == Arithmetic::kExact)
    return o_proj_(merge_heads(cached_attention(h.q, {past_k, past_v, past.lengths_B},
                                                1, h.k, h.v, 0, scale)))
        .view({B, S, -1});
  const auto q = h.q.reshape({B, K_, G * S, E_});
  const auto k = torch::cat({past_k, h.k}, 2), v = torch::cat({past_v, h.v}, 2);
  const auto mixed = library_attention(q, k, v, mask.repeat({1, 1, G, 1}), scale);
  return o_proj_(merge_heads(mixed.view({B, H_, S, E_}).contiguous())).view({B, S, -1});
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
  if (has_kernels(x_RD))
    return o_proj_(merge_heads(
        cached_attention(h.q.view({R, H_, 1, E_}),
                         {prefix.keys[layer], prefix.values[layer], prefix.lengths_B},
                         n, keys, values, t - 1, scale)));
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
                                   const torch::Tensor& segments_BS,
                                   const torch::Tensor& index_L, KeyValues* cache) {
  const RotaryTables rotary =
      mrope_tables(positions_3BS.flatten(1), config_).to(x_BSD.device());
  const PackedLayoutPtr layout = make_packed_layout(segments_BS, x_BSD);
  if (cache != nullptr) {
    const auto count = (segments_BS == 0).sum(1);
    for (std::int64_t b = 0; b < count.size(0); ++b)
      cache->lengths_B.push_back(count[b].item<std::int64_t>());
  }
  for (int i = 0; i < int(layers_.size()); ++i) {
    const bool last = i + 1 == int(layers_.size());
    auto run = [layer = layers_[i], rotary, layout, i, cache,
                index = last ? index_L : torch::Tensor()](const torch::Tensor& x) mutable {
      const auto seen = layer->self_attn->forward(layer->input_layernorm->forward(x),
                                                  rotary, layout, index, i, cache);
      const auto mixed =
          (index.defined() ? x.flatten(0, 1).index_select(0, index) : x) + seen;
      return mixed +
             layer->mlp->forward(layer->post_attention_layernorm->forward(mixed));
    };
    x_BSD = gradient_checkpointing_ && cache == nullptr
                ? gradient_checkpoint(run, x_BSD, layers_[i]->parameters())
                : run(x_BSD);
  }
  return norm_(x_BSD);
}

torch::Tensor DecoderImpl::extend(torch::Tensor x_BSD,
                                  const torch::Tensor& positions_3BS,
                                  const std::vector<std::int64_t>& lengths_B,
                                  const KeyValues& past, KeyValues* cache) {
  const RotaryTables rotary =
      mrope_tables(positions_3BS.flatten(1), config_).to(x_BSD.device());
  const std::int64_t B = x_BSD.size(0), S = x_BSD.size(1), P = past.keys[0].size(2);
  const auto place = torch::arange(P, torch::kInt64);
  const auto before = torch::tensor(past.lengths_B, torch::kInt64).unsqueeze(1);
  const auto seen_past = (place < before).view({B, 1, 1, P}).expand({B, 1, S, P});
  const auto seen_own = torch::ones({S, S}, torch::kBool).tril().expand({B, 1, S, S});
  const auto mask = torch::where(torch::cat({seen_past, seen_own}, -1),
                                 torch::zeros({}), torch::full({}, -1e9f))
                        .to(x_BSD.device());
  cache->lengths_B.clear();
  for (std::size_t b = 0; b < lengths_B.size(); ++b)
    cache->lengths_B.push_back(past.lengths_B[b] + lengths_B[b]);
  for (int i = 0; i < int(layers_.size()); ++i) {
    auto& layer = *layers_[i];
    x_BSD = x_BSD + layer.self_attn->extend(layer.input_layernorm(x_BSD), rotary, past,
                                            lengths_B, mask, i, cache);
    x_BSD = x_BSD + layer.mlp(layer.post_attention_layernorm(x_BSD));
  }
  return norm_(x_BSD);
}

void DecoderImpl::set_arithmetic(Arithmetic arithmetic) {
  for (const auto& module : modules()) {
    if (auto* projection = module->as<ProjectionImpl>())
      projection->set_path(decoder_path(arithmetic));
    if (auto* attention = module->as<DecoderAttentionImpl>())
      attention->set_arithmetic(arithmetic);
  }
}

torch::Tensor DecoderImpl::step(torch::Tensor x_RD, const torch::Tensor& positions_R,
                                const KeyValues& prefix,
                                const torch::Tensor& prefix_mask_BS, KeyValues* own) {
  const RotaryTables rotary =
      mrope_tables(positions_R.unsqueeze(0).expand({3, -1}), config_).to(x_RD.device());
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

}  // namespace paperphone::agent

// The language model: embeddings and image tokens -> normed states.
//
// Shape letters as in qwen2_5_vl.h; R = B * G samples, t own positions of a sample.
#pragma once

#include <vector>

#include "agent/model/layers.h"
#include "agent/model/model_config.h"
#include "agent/ops/packed_attention.h"
#include "agent/ops/tensor.h"

namespace paperphone::agent {

// Keys and values of prefixes, one entry per layer: [B, K, S, E], after rotation. Row b
// holds lengths_B[b] positions from the left; what stands behind them means nothing.
struct KeyValues {
  std::vector<torch::Tensor> keys;
  std::vector<torch::Tensor> values;
  std::vector<std::int64_t> lengths_B;
};

// The three-axis angles: pair j turns with the position on the axis that mrope_section
// gives it. positions_3R: int64.
RotaryTables mrope_tables(const torch::Tensor& positions_3R, const ModelConfig& config);

class DecoderAttentionImpl : public torch::nn::Module {
 public:
  explicit DecoderAttentionImpl(const ModelConfig& config);
  // `index_L` defined: only of these positions, [L, D]. cache: receives keys and values.
  torch::Tensor forward(const torch::Tensor& x_BSD, const RotaryTables& rotary,
                        const PackedLayoutPtr& layout, const torch::Tensor& index_L,
                        int layer, KeyValues* cache);
  // See DecoderImpl::extend and ::step.
  torch::Tensor extend(const torch::Tensor& x_BSD, const RotaryTables& rotary,
                       const KeyValues& past, const std::vector<std::int64_t>& lengths,
                       const torch::Tensor& mask, int layer, KeyValues* cache);
  torch::Tensor step(const torch::Tensor& x_RD, const RotaryTables& rotary,
                     const KeyValues& prefix, const torch::Tensor& prefix_mask_BS,
                     int layer, KeyValues* own);

  void set_arithmetic(Arithmetic arithmetic) { arithmetic_ = arithmetic; }

 private:
  struct Heads {
    torch::Tensor q, k, v;  // [B, H or K, S, E], q and k rotated
  };
  Heads heads(const torch::Tensor& x_RD, std::int64_t B, const RotaryTables& rotary);

  std::int64_t H_, K_, E_;
  Arithmetic arithmetic_ = Arithmetic::kFast;
  Projection q_proj_{nullptr}, k_proj_{nullptr}, v_proj_{nullptr}, o_proj_{nullptr};
};
TORCH_MODULE(DecoderAttention);

class DecoderLayerImpl : public torch::nn::Module {
 public:
  explicit DecoderLayerImpl(const ModelConfig& config);

  RmsNorm input_layernorm{nullptr}, post_attention_layernorm{nullptr};
  DecoderAttention self_attn{nullptr};
  Mlp mlp{nullptr};
};
TORCH_MODULE(DecoderLayer);

class DecoderImpl : public torch::nn::Module {
 public:
  explicit DecoderImpl(const ModelConfig& config);

  // -> [B, S, D]; `index_L` defined (int64, of B * S): [L, D], of these positions. What
  // the last layer has for the others, behind their keys and values, nobody would read:
  // it is not computed.
  torch::Tensor forward(torch::Tensor x_BSD, const torch::Tensor& positions_3BS,
                        const torch::Tensor& segments_BS, const torch::Tensor& index_L,
                        KeyValues* cache);
  // The same for sequences whose beginnings are in `past` already. x_BSD: what comes
  // after, lengths_B[b] positions from the left; `cache` receives the whole sequences.
  torch::Tensor extend(torch::Tensor x_BSD, const torch::Tensor& positions_3BS,
                       const std::vector<std::int64_t>& lengths_B, const KeyValues& past,
                       KeyValues* cache);
  // One token per sample; see Qwen25VlImpl::decode_step.
  torch::Tensor step(torch::Tensor x_RD, const torch::Tensor& positions_R,
                     const KeyValues& prefix, const torch::Tensor& prefix_mask_BS,
                     KeyValues* own);

  void set_arithmetic(Arithmetic arithmetic);
  void set_gradient_checkpointing(bool on) { gradient_checkpointing_ = on; }

  EmbeddingTable embed_tokens{nullptr};

 private:
  ModelConfig config_;
  bool gradient_checkpointing_ = false;
  std::vector<DecoderLayer> layers_;
  RmsNorm norm_{nullptr};
};
TORCH_MODULE(Decoder);

}  // namespace paperphone::agent

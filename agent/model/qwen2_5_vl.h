// Qwen2.5-VL in LibTorch: window-attention vision tower with 2-D rotary angles,
// merger, decoder with three-axis rotary positions (M-RoPE), grouped-query attention,
// SwiGLU, RMSNorm.
//
//   patches_NP --> VisionTower --> tokens_GD --.
//   ids_BS ------> embed_tokens ---------------+--> Decoder --> norm --> lm_head
//   positions_3BS ------------------------------------^   (only where asked)
//
// Parameter names are those of the published checkpoints (visual.*, model.*,
// lm_head.weight), so state_dict-like code needs no table.
//
// Batches stay in the CPU's memory; the model moves what it needs to where its
// parameters are, and gives log-probabilities of targets back.
//
// Shape letters: N patches, P values per patch, V width of the vision tower, G merged
// tokens, B rows, S positions, D model width, H query heads, K key/value heads, E
// values per head, L targets, T vocabulary.
//
// Source: Qwen2.5-VL technical report, arXiv:2502.13923; transformers 4.50.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "agent/generation/vision_cache.h"
#include "agent/model/batch.h"
#include "agent/model/decoder.h"
#include "agent/model/model_config.h"
#include "agent/model/vision_tower.h"
#include "agent/ops/tensor.h"
#include "env/base/rng.h"

namespace paperphone::agent {

// Arithmetic of the forward pass. With bfloat16 the parameters stay in their own type
// (float32 masters when training) and are rounded on the way; norms' statistics,
// softmax and log-probabilities are float32 in both.
enum class ComputeType : std::uint8_t { kFloat32, kBfloat16 };

class Qwen25VlImpl : public torch::nn::Module {
 public:
  explicit Qwen25VlImpl(const ModelConfig& config);

  const ModelConfig& config() const { return config_; }
  // Where the parameters are.
  torch::Device device() const { return model->embed_tokens->weight.device(); }
  ComputeType compute_type() const { return compute_type_; }
  void set_compute_type(ComputeType type) { compute_type_ = type; }
  torch::ScalarType scalar_type() const {
    return compute_type_ == ComputeType::kFloat32 ? torch::kFloat32 : torch::kBFloat16;
  }

  // kExact: see agent/ops/exact.h.
  void set_arithmetic(Arithmetic arithmetic);
  Arithmetic arithmetic() const { return arithmetic_; }
  // Layers recompute their intermediate results on the way back
  // (agent/ops/gradient_checkpoint.h).
  void set_gradient_checkpointing(bool on);
  // Of the image tokens that are kept while the vision tower stands still.
  VisionCache& vision_cache() { return vision_cache_; }

  // Every parameter from its own stream of `rng`, forked by the parameter's name:
  // normal with deviation 0.02 (projections that end a residual branch: divided by
  // sqrt(2 * depth)), norms 1, biases 0.
  void initialize(const Rng& rng);
  std::int64_t num_parameters() const;
  // 128-bit hash of names, shapes and bytes, in name order: equal weights, equal hash.
  std::string weights_hash() const;

  // Training: logits of the targets' positions, float32. One call, one graph.
  torch::Tensor forward(const Batch& batch);  // -> logits_LT
  // Log-probabilities of batch.target_ids_L, float32, in the CPU's memory. The loss of
  // SFT is -mean(weighted), the ratio of GRPO exp(new - old): both start here.
  torch::Tensor target_logprobs(const Batch& batch);  // -> [L]

  // The pieces.
  // Image tokens and what leads to them, compute type.
  VisionFeatures embed_images(const VisionBatch& vision);
  // The tokens alone. While the tower stands still (none of its parameters wants a
  // gradient) and in exact arithmetic, pictures go through it one by one, so that their
  // tokens do not depend on the rest of the batch, and are kept by the pictures' hashes.
  torch::Tensor image_tokens(const VisionBatch& vision);  // -> tokens_GD
  // Final normed states. `image_tokens_GD` undefined: image_tokens(batch.vision).
  torch::Tensor hidden_states(const Batch& batch,
                              const torch::Tensor& image_tokens_GD = {});  // -> [B, S, D]
  // Those of some positions (int64, of B * S), for less. `cache` not null: receives each
  // layer's keys and values, of all positions.
  torch::Tensor hidden_states_at(const torch::Tensor& index_L, const Batch& batch,
                                 const torch::Tensor& image_tokens_GD = {},
                                 KeyValues* cache = nullptr);  // -> [L, D]
  // The states of what comes after the first past.lengths_B[b] tokens of each row, from
  // the left, and the keys and values of the whole rows. No gradient.
  //   batch  whole rows, without segments; every past is shorter than its row and does
  //          not end inside an image
  torch::Tensor extend_hidden_states(const Batch& batch, const KeyValues& past,
                                     KeyValues* cache);  // -> [B, S', D]
  // float32. Any leading shape.
  torch::Tensor logits(const torch::Tensor& states);

  // One more token per sample, with a prefix shared by groups: sample r of R = B * G
  // continues prefix row r / G. Appends to `own` ([R, K, t, E] per layer).
  //   ids_R, positions_R  int64; the position is the same on all three axes
  //   prefix_mask_BS      float32, 0 or a large negative number
  torch::Tensor decode_step(const torch::Tensor& ids_R,
                            const torch::Tensor& positions_R, const KeyValues& prefix,
                            const torch::Tensor& prefix_mask_BS,
                            KeyValues* own);  // -> logits_RT float32

  VisionTower visual{nullptr};
  Decoder model{nullptr};
  Projection lm_head{nullptr};  // empty if tied

 private:
  // What the decoder reads, [B, S, D].
  torch::Tensor embedded(const Batch& batch, const torch::Tensor& image_tokens_GD);

  ModelConfig config_;
  ComputeType compute_type_ = ComputeType::kFloat32;
  Arithmetic arithmetic_ = Arithmetic::kFast;
  CastCache tied_head_cast_;
  VisionCache vision_cache_{std::int64_t(256) << 20};
};
TORCH_MODULE(Qwen25Vl);

// How targets fare under the logits of their positions, in the CPU's memory: from here on
// a loss need not know where the model is. Log-probabilities carry their graph.
torch::Tensor target_logprobs(const torch::Tensor& logits_LT,
                              const torch::Tensor& target_ids_L);  // [L] float32
torch::Tensor argmax_is_target(const torch::Tensor& logits_LT,
                               const torch::Tensor& target_ids_L);  // [L] bool

// Once per process, before the first tensor: threads of torch (its default may be
// one), denormals flushed to zero.
void set_up_torch(int num_threads);

}  // namespace paperphone::agent

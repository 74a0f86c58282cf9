// The vision tower: patches -> image tokens.
//
//   patches_NP -> [stem ->] patch_embed -> window order -> blocks -> merger
//              -> processor order [-> + row and column embeddings]
//
// Shape letters as in qwen2_5_vl.h; F frames, L rows per frame or window.
#pragma once

#include <vector>

#include "agent/model/batch.h"
#include "agent/model/layers.h"
#include "agent/model/window_plan.h"
#include "agent/ops/tensor.h"

namespace paperphone::agent {

// What is computed once per batch and shared by all blocks.
struct VisionContext {
  WindowPlan plan;
  RotaryTables rotary;
};

class VisionAttentionImpl : public torch::nn::Module {
 public:
  explicit VisionAttentionImpl(const VisionConfig& config);
  torch::Tensor forward(const torch::Tensor& x_NV, const VisionContext& context,
                        bool full);

 private:
  int heads_;
  Projection qkv_{nullptr}, proj_{nullptr};
};
TORCH_MODULE(VisionAttention);

class VisionBlockImpl : public torch::nn::Module {
 public:
  explicit VisionBlockImpl(const VisionConfig& config);
  torch::Tensor forward(torch::Tensor x_NV, const VisionContext& context, bool full);

 private:
  RmsNorm norm1_{nullptr}, norm2_{nullptr};
  VisionAttention attn_{nullptr};
  Mlp mlp_{nullptr};
};
TORCH_MODULE(VisionBlock);

// Deviation: a small convolutional network in front of the patch projection, so that
// strokes are seen at stride 4 before patches are cut.
class VisionStemImpl : public torch::nn::Module {
 public:
  explicit VisionStemImpl(const VisionConfig& config);
  // Squares of 4x4 pixels, [F, height/4, width/4, 3 * 4 * 4] (color, row, column)
  // -> [F, height/4, width/4, C], type of the squares.
  torch::Tensor forward(const torch::Tensor& squares_FHWP);

 private:
  Projection patch_{nullptr};                   // one square
  Projection conv1_{nullptr}, conv2_{nullptr};  // 3x3
};
TORCH_MODULE(VisionStem);

class VisionMergerImpl : public torch::nn::Module {
 public:
  explicit VisionMergerImpl(const VisionConfig& config);
  torch::Tensor forward(const torch::Tensor& x_NV);

 private:
  std::int64_t group_width_;
  RmsNorm ln_q_{nullptr};
  Projection first_{nullptr}, second_{nullptr};
};
TORCH_MODULE(VisionMerger);

// What the tower makes of pictures, all of the forward's type.
struct VisionFeatures {
  torch::Tensor tokens_GD;   // image tokens in processor order, as the decoder gets them
  torch::Tensor content_GD;  // the same before learned positions are added, if any are
  std::vector<torch::Tensor> stem_HWC;  // per picture [height/4, width/4, C]; or empty
};

class VisionTowerImpl : public torch::nn::Module {
 public:
  explicit VisionTowerImpl(const VisionConfig& config);

  VisionFeatures forward(const VisionBatch& vision, torch::ScalarType type);
  void set_gradient_checkpointing(bool on) { gradient_checkpointing_ = on; }

 private:
  // [N, s * s * C] rows of features, channels last, in place of pixels.
  torch::Tensor run_stem(const torch::Tensor& patches_NP,
                         std::span<const PatchGrid> grids, torch::ScalarType type,
                         std::vector<torch::Tensor>* features);
  torch::Tensor positions(std::span<const PatchGrid> grids, torch::ScalarType type);

  VisionConfig config_;
  bool gradient_checkpointing_ = false;
  VisionStem stem_{nullptr};
  Projection patch_embed_{nullptr};
  std::vector<VisionBlock> blocks_;
  VisionMerger merger_{nullptr};
  EmbeddingTable rows_{nullptr}, columns_{nullptr};
};
TORCH_MODULE(VisionTower);

}  // namespace paperphone::agent

// Training rows (or bare prompts) -> padded tensors and the bookkeeping of attention,
// positions and targets.
//
// Shape letters: B rows, S padded positions, N patches of all distinct pictures, P
// values per patch, M image positions in the batch, L targets.
#pragma once

#include <span>
#include <vector>

#include "agent/image/image_processor.h"
#include "agent/model/model_config.h"
#include "agent/ops/tensor.h"
#include "agent/text/sample.h"

namespace paperphone::agent {

// The distinct pictures and videos of a batch. Their patches are made when asked for:
// whoever has the image tokens already does not need them.
class VisionBatch {
 public:
  VisionBatch() = default;
  // Of patches that are there, without pictures behind them.
  VisionBatch(torch::Tensor patches_NP, std::vector<PatchGrid> grids_of_patches)
      : grids(std::move(grids_of_patches)), given_(std::move(patches_NP)) {}
  explicit VisionBatch(const ImageProcessorConfig& images) : images_(images) {}

  // The first row of the picture's tokens in the vision tower's output.
  std::int64_t add(const VideoClip& clip, const Hash128& hash, PatchGrid grid);

  std::vector<PatchGrid> grids;  // one per picture or video
  std::vector<Hash128> hashes;   // of their contents; empty: unknown

  bool empty() const { return grids.empty(); }
  torch::Tensor patches_NP() const;               // of all, float32, processor order
  torch::Tensor patches_NP(std::size_t i) const;  // of one

 private:
  void write(std::size_t i, float* patches) const;

  ImageProcessorConfig images_;
  std::vector<VideoClip> clips_;
  std::vector<std::int64_t> first_rows_;
  torch::Tensor given_;
};

struct Batch {
  torch::Tensor ids_BS;             // int64; padding holds 0
  torch::Tensor positions_3BS;      // int64; axes t, h, w; padding holds 1
  torch::Tensor segments_BS;        // int64; 0 prefix, 1.. segments, -1 padding (right)
  std::vector<int> lengths;         // [B] tokens without padding
  std::vector<int> next_positions;  // [B] position after the prefix (for generation)

  VisionBatch vision;
  torch::Tensor image_index_M;   // int64; flat index b * S + s of each image pad
  torch::Tensor image_source_M;  // int64; its row in the vision tower's output

  // Targets in the order row, segment, token.
  torch::Tensor target_index_L;  // int64; flat index of the position that predicts
  torch::Tensor target_ids_L;    // int64
  // Number of targets of each segment, in the same order: a segment's targets are
  // contiguous. With one segment per response this splits L into responses.
  std::vector<int> segment_targets;

  bool single_segment = true;       // no row has more than one: plain causal attention
  std::int64_t num_tokens() const;  // without padding
};

// The number of image pads of each image must equal its merged tokens: a prompt that
// does not satisfy this throws DataError.
Batch make_batch(std::span<const TrainingRow> rows, const ModelConfig& model,
                 const ImageProcessorConfig& images);
// Prefixes only: no targets.
Batch make_prompt_batch(std::span<const Prompt> prompts, const ModelConfig& model,
                        const ImageProcessorConfig& images);

}  // namespace paperphone::agent

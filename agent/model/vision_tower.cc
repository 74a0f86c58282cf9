#include "agent/model/vision_tower.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "agent/ops/fused.h"
#include "agent/ops/gradient_checkpoint.h"
#include "agent/ops/index_tensor.h"
#include "env/base/check.h"
#include "env/base/error.h"

namespace paperphone::agent {
namespace {

constexpr double kNormEps = 1e-6;  // whatever the decoder's is
using Shape = std::vector<std::int64_t>;

// A module that only gives its children a longer name.
struct Scope : torch::nn::Module {};

template <class M>
M in_scope(torch::nn::Module& parent, const std::string& scope, const std::string& name,
           M module) {
  const auto children = parent.named_children();
  const auto* known = children.find(scope);
  const std::shared_ptr<torch::nn::Module> holder =
      known != nullptr ? *known
                       : parent.register_module(scope, std::make_shared<Scope>());
  return holder->register_module(name, module);
}

}  // namespace

VisionAttentionImpl::VisionAttentionImpl(const VisionConfig& config)
    : heads_(config.num_heads) {
  const std::int64_t V = config.hidden_size;
  qkv_ = register_module("qkv", Projection(Shape{3 * V, V}, Bias::kYes));
  proj_ = register_module("proj", Projection(Shape{V, V}, Bias::kYes));
}

torch::Tensor VisionAttentionImpl::forward(const torch::Tensor& x_NV,
                                           const VisionContext& context, bool full) {
  const std::int64_t N = x_NV.size(0), V = x_NV.size(1), H = heads_, E = V / H;
  const double scale = 1.0 / std::sqrt(double(E));
  const auto heads =
      split_heads(qkv_(x_NV), 1, H, {Rotary::kApply, Rotary::kApply, Rotary::kSkip},
                  context.rotary);
  std::vector<torch::Tensor> blocks;  // [H, F * L, E] each
  std::int64_t row = 0;
  for (const FrameBlock& block : context.plan.blocks) {
    const std::int64_t F = block.frames, L = block.rows_per_frame;
    std::vector<WindowRun> runs = block.runs;
    if (full) runs = {{int(L), 1}};
    std::vector<torch::Tensor> parts;  // [H, F, rows, E] each
    std::int64_t begin = 0;
    for (const WindowRun& run : runs) {
      const std::int64_t rows = std::int64_t(run.length) * run.count;
      const auto windows = [&](const torch::Tensor& x) {
        return x.view({H, N, E})
            .narrow(1, row, F * L)
            .reshape({H, F, L, E})
            .narrow(2, begin, rows)
            .reshape({H * F * run.count, run.length, E});
      };
      parts.push_back(
          full_attention(windows(heads[0]), windows(heads[1]), windows(heads[2]), scale)
              .view({H, F, rows, E}));
      begin += rows;
    }
    blocks.push_back(
        (parts.size() == 1 ? parts[0] : torch::cat(parts, 2)).view({H, F * L, E}));
    row += F * L;
  }
  const auto mixed = blocks.size() == 1 ? blocks[0] : torch::cat(blocks, 1);
  return proj_(merge_heads(mixed.view({1, H, N, E})));
}

VisionBlockImpl::VisionBlockImpl(const VisionConfig& config) {
  const std::int64_t V = config.hidden_size;
  norm1_ = register_module("norm1", RmsNorm(V, kNormEps));
  norm2_ = register_module("norm2", RmsNorm(V, kNormEps));
  attn_ = register_module("attn", VisionAttention(config));
  mlp_ = register_module("mlp", Mlp(V, config.intermediate_size, Bias::kYes));
}

torch::Tensor VisionBlockImpl::forward(torch::Tensor x_NV, const VisionContext& context,
                                       bool full) {
  x_NV = x_NV + attn_(norm1_(x_NV), context, full);
  return x_NV + mlp_(norm2_(x_NV));
}

VisionStemImpl::VisionStemImpl(const VisionConfig& config) {
  const std::int64_t C = config.stem_channels, half = std::max<std::int64_t>(1, C / 2);
  patch_ = register_module("patch", Projection(Shape{half, 3, 4, 4}, Bias::kYes));
  conv1_ = register_module("conv1", Projection(Shape{C, half, 3, 3}, Bias::kYes));
  conv2_ = register_module("conv2", Projection(Shape{C, C, 3, 3}, Bias::kYes));
}

// Channels stand last from end to end: so the library's convolutions need not reorder,
// and squares and patches are cut by copying whole runs of channels.
torch::Tensor VisionStemImpl::forward(const torch::Tensor& squares_FHWP) {
  const auto type = squares_FHWP.scalar_type();
  const auto conv = [&](const torch::Tensor& x_FHWC, Projection& p) {
    return torch::conv2d(x_FHWC.permute({0, 3, 1, 2}),
                         p->weight.to(type).contiguous(torch::MemoryFormat::ChannelsLast),
                         p->bias.to(type), 1, 1)
        .permute({0, 2, 3, 1});
  };
  auto x = agent::gelu(patch_(squares_FHWP));
  x = agent::gelu(conv(x, conv1_));
  return agent::gelu(conv(x, conv2_));
}

VisionMergerImpl::VisionMergerImpl(const VisionConfig& config)
    : group_width_(std::int64_t(config.hidden_size) * config.merge_group()) {
  ln_q_ = register_module("ln_q", RmsNorm(config.hidden_size, kNormEps));
  first_ = in_scope(*this, "mlp", "0",
                    Projection(Shape{group_width_, group_width_}, Bias::kYes));
  second_ =
      in_scope(*this, "mlp", "2",
               Projection(Shape{config.out_hidden_size, group_width_}, Bias::kYes));
}

torch::Tensor VisionMergerImpl::forward(const torch::Tensor& x_NV) {
  return second_(agent::gelu(first_(ln_q_(x_NV).view({-1, group_width_}))));
}

VisionTowerImpl::VisionTowerImpl(const VisionConfig& config) : config_(config) {
  const std::int64_t V = config.hidden_size, p = config.patch_size;
  Shape patch = {V, config.in_channels, config.temporal_patch_size, p, p};
  if (config.stem_channels > 0) {
    stem_ = register_module("paperphone_stem", VisionStem(config));
    patch = {V, config.stem_channels, p / 4, p / 4};
  }
  patch_embed_ = in_scope(*this, "patch_embed", "proj", Projection(patch, Bias::kNo));
  for (int i = 0; i < config.depth; ++i)
    blocks_.push_back(
        in_scope(*this, "blocks", std::to_string(i), VisionBlock(config)));
  merger_ = register_module("merger", VisionMerger(config));
  if (config.position_rows > 0) {
    rows_ = register_module("paperphone_rows", EmbeddingTable(config.position_rows,
                                                              config.out_hidden_size));
    columns_ = register_module(
        "paperphone_columns",
        EmbeddingTable(config.position_columns, config.out_hidden_size));
  }
}

namespace {

VisionContext make_context(const VisionConfig& config,
                           std::span<const PatchGrid> grids) {
  VisionContext context;
  context.plan = make_window_plan(grids, config);
  const int pairs = config.hidden_size / config.num_heads / 2, axis = pairs / 2;
  std::vector<float> inverse(axis);
  for (int i = 0; i < axis; ++i)
    inverse[i] = float(1.0 / std::pow(10000.0, 2.0 * i / pairs));
  const auto N = std::int64_t(context.plan.patch_rows.size());
  const auto angles = torch::empty({N, pairs}, torch::kFloat32);
  float* out = angles.data_ptr<float>();
  for (std::int64_t n = 0; n < N; ++n) {
    for (int i = 0; i < axis; ++i)
      *out++ = float(context.plan.patch_rows[n]) * inverse[i];
    for (int i = 0; i < axis; ++i)
      *out++ = float(context.plan.patch_columns[n]) * inverse[i];
  }
  context.rotary = {angles.cos(), angles.sin()};
  return context;
}

}  // namespace

torch::Tensor VisionTowerImpl::run_stem(const torch::Tensor& patches_NP,
                                        std::span<const PatchGrid> grids,
                                        torch::ScalarType type,
                                        std::vector<torch::Tensor>* features) {
  // Patches are in groups of merge x merge; equal grids go through together.
  const std::int64_t p = config_.patch_size, m = config_.spatial_merge_size, s = p / 4;
  std::vector<torch::Tensor> parts;
  std::int64_t row = 0;
  for (std::size_t i = 0; i < grids.size();) {
    std::size_t end = i;
    std::int64_t F = 0;
    const std::int64_t h = grids[i].h, w = grids[i].w;
    while (end < grids.size() && grids[end].h == h && grids[end].w == w)
      F += grids[end++].t;
    const auto maps =  // [F, h s, w s, C]
        stem_(pixel_unshuffle(patches_NP.narrow(0, row, F * h * w), {F, h, w, m, p},
                              type));
    const std::int64_t C = maps.size(3);
    for (std::int64_t f = 0; f < F; ++f) features->push_back(maps[f]);
    parts.push_back(maps.view({F, h / m, m, s, w / m, m, s, C})
                        .permute({0, 1, 4, 2, 5, 3, 6, 7})
                        .reshape({F * h * w, s * s * C}));
    row += F * h * w;
    i = end;
  }
  return parts.size() == 1 ? parts[0] : torch::cat(parts, 0);
}

torch::Tensor VisionTowerImpl::positions(std::span<const PatchGrid> grids,
                                         torch::ScalarType type) {
  std::vector<std::int64_t> rows, columns;
  const int m = config_.spatial_merge_size;
  for (const PatchGrid& grid : grids) {
    if (grid.h / m > config_.position_rows || grid.w / m > config_.position_columns)
      throw DataError(fmt::format(
          "an image of {}x{} tokens is larger than paperphone_vision_position ({}x{})",
          grid.h / m, grid.w / m, config_.position_rows, config_.position_columns));
    for (int t = 0; t < grid.t; ++t)
      for (int r = 0; r < grid.h / m; ++r)
        for (int c = 0; c < grid.w / m; ++c) {
          rows.push_back(r);
          columns.push_back(c);
        }
  }
  return rows_(index_tensor(rows), type) + columns_(index_tensor(columns), type);
}

VisionFeatures VisionTowerImpl::forward(const VisionBatch& vision,
                                        torch::ScalarType type) {
  VisionFeatures features;
  const auto patches_NP = vision.patches_NP();
  const torch::Device device = patch_embed_->weight.device();
  VisionContext context = make_context(config_, vision.grids);
  context.rotary = context.rotary.to(device);
  CHECK_EQ(patches_NP.size(0), std::int64_t(context.plan.patch_rows.size()));
  const auto patches =
      config_.stem_channels > 0
          ? run_stem(patches_NP.to(device), vision.grids, type, &features.stem_HWC)
          : patches_NP.to(device, type);
  auto x_NV = patch_embed_->forward(
      patches, config_.stem_channels > 0 ? Channels::kLast : Channels::kFirst);
  const std::int64_t V = x_NV.size(1), group = config_.merge_group();
  x_NV = x_NV.view({-1, group * V})
             .index_select(0, index_tensor(context.plan.order, device))
             .view({-1, V});
  const auto& full = config_.full_attention_blocks;
  for (int i = 0; i < int(blocks_.size()); ++i) {
    const bool all = std::find(full.begin(), full.end(), i) != full.end();
    auto run = [block = blocks_[i], context, all](const torch::Tensor& x) mutable {
      return block->forward(x, context, all);
    };
    x_NV = gradient_checkpointing_
               ? gradient_checkpoint(run, x_NV, blocks_[i]->parameters())
               : run(x_NV);
  }
  features.content_GD =
      merger_(x_NV).index_select(0, index_tensor(context.plan.inverse, device));
  features.tokens_GD = features.content_GD;
  if (config_.position_rows > 0)
    features.tokens_GD = features.tokens_GD + positions(vision.grids, type);
  return features;
}

}  // namespace paperphone::agent

#include "agent/model/flops.h"

#include <algorithm>

#include "agent/model/window_plan.h"

namespace paperphone::agent {

double decoder_flops(const ModelConfig& c, double tokens, double outputs, double pairs) {
  const double D = c.hidden_size, q = double(c.num_heads) * c.head_dim(),
               kv = double(c.num_kv_heads) * c.head_dim();
  const double in = D * q + 2 * D * kv, out = D * q + 3 * D * c.intermediate_size;
  return 2.0 * (c.num_layers * (tokens * in + pairs * 2 * q) +
                ((c.num_layers - 1) * tokens + outputs) * out);
}

double head_flops(const ModelConfig& c, double positions) {
  return 2.0 * positions * c.hidden_size * c.vocab_size;
}

double vision_flops(const VisionConfig& c, std::span<const PatchGrid> grids) {
  const double V = c.hidden_size, group = c.merge_group();
  double macs = 0;
  for (const PatchGrid& grid : grids) {
    const auto N = double(grid.num_patches()), frame = double(grid.h) * grid.w;
    const WindowOrder windows = reference_window_order(std::span(&grid, 1), c);
    double window_pairs = 0;
    for (std::size_t i = 0; i + 1 < windows.boundaries.size(); ++i) {
      const auto length = double(windows.boundaries[i + 1] - windows.boundaries[i]);
      window_pairs += length * length;
    }
    const auto full = double(c.full_attention_blocks.size());
    const double pairs = full * N * frame + (c.depth - full) * window_pairs;
    macs += c.depth * N * (4 * V * V + 3 * V * c.intermediate_size) + pairs * 2 * V;
    if (c.stem_channels > 0) {
      const double C = c.stem_channels, half = std::max(1, c.stem_channels / 2);
      const double places = double(c.patch_size) * c.patch_size / 16;
      macs += N * places * (48 * half + 9 * half * C + 9 * C * C + C * V);
    } else {
      macs += N * c.patch_values() * V;
    }
    macs += N / group * (group * V * group * V + group * V * c.out_hidden_size);
  }
  return 2 * macs;
}

}  // namespace paperphone::agent
